import { formatNumber } from '../report/quantity.ts';

/** Gives a count with its noun: `1 seed`, `30 seeds`. */
export function counted(count: number, what: string): string {
  return `${formatNumber(count)} ${count === 1 ? what : `${what}s`}`;
}

/** Gives the columns of the longest line; escape sequences of colour take none. */
export function widest(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours begin with.
  return Math.max(...text.split('\n').map((line) => line.replace(/\u001b\[[0-9;]*m/g, '').length));
}

/** Breaks a text between words, so that no line has more than so many columns unless a word alone has. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widest(`${line} ${word}`) > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Gives the exact seconds behind a time that is written shorter: ` (142.367845 s)`; nothing where it is whole. */
export function exactly(shown: string, seconds: number): string {
  const exact = `${seconds} s`;
  return exact === shown ? '' : ` (${exact})`;
}
