/** How text is set off; without a terminal each gives its text unchanged. */
export interface Style {
  strong(text: string): string;
  quiet(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  /** Bars, names of things. */
  accent(text: string): string;
}

export const plainStyle: Style = {
  strong: (text) => text,
  quiet: (text) => text,
  good: (text) => text,
  bad: (text) => text,
  accent: (text) => text,
};
