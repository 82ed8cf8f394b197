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
