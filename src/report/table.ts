import Table from 'cli-table3';
import type { Style } from './style.ts';

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * Sets rows out in columns without rules; `head` stands quietly above.
 *
 * Names stand to the left (the first column unless `isName` says otherwise), numbers to the right.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
  isName: (column: number) => boolean = (column) => column === 0,
): string {
  const columns = Math.max(head.length, ...rows.map((row) => row.length));
  const sheet = new Table({
    chars: BORDERLESS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: Array.from({ length: columns }, (_, i) => (isName(i) ? 'left' : 'right')),
  });
  if (head.length > 0) sheet.push(head.map((cell) => style.quiet(cell)));
  for (const row of rows) sheet.push([...row]);
  return sheet
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}
