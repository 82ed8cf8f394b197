/** Colours that the style sheet has in force. */
export interface PageInk {
  readonly series: readonly string[];
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly plot: string;
}

/** Reads the colours of the theme of the moment. */
export function inkNow(): PageInk {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  const series = Array.from({ length: 8 }, (_, i) => value(`--series-${i}`));
  return { series, text: value('--text'), quiet: value('--quiet'), line: value('--line'), plot: value('--plot') };
}

/** Calls back whenever the theme has changed: by the button, by the system, or for print. */
export function onInkChange(redraw: () => void): void {
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  matchMedia('print').addEventListener('change', redraw);
}

/** Lets the button change between light and dark, and say which of them comes next. */
export function armThemeButton(button: HTMLElement): void {
  const root = document.documentElement;
  const isDark = (): boolean =>
    (root.dataset['theme'] ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const show = (): void => {
    button.textContent = isDark() ? 'Light colours' : 'Dark colours';
  };
  button.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark';
    show();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  show();
}
