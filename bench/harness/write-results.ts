import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../test/support/run-cli.ts';

const README = join(ROOT, 'bench/README.md');
const BEGIN = '<!-- results -->';
const END = '<!-- end of results -->';

/** Puts results between the markers of the README, in place of what stands there. */
export function writeResults(text: string): void {
  writeFileSync(README, between(readFileSync(README, 'utf8'), text));
}

/** Gives the document with another text between its markers. */
export function between(document: string, text: string): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from < 0 || to < from) throw new Error(`the document has no ${BEGIN} … ${END}`);
  return `${document.slice(0, from + BEGIN.length)}\n\n${text}\n\n${document.slice(to)}`;
}
