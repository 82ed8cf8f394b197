import { ScenarioError } from '../../base/errors.ts';
import { Interner } from '../../base/interner.ts';
import { ByteCells } from '../../workload/readers/cells.ts';
import { hasPlainQuotes } from '../../workload/readers/plain-quotes.ts';
import type { ListPlace } from './list-book.ts';

/** One record of a list, its cells without the blanks around them. */
export interface ListRow extends ListPlace {
  readonly cells: readonly string[];
}

const LF = 10;
const TAB = 9;
const MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads a delimited file that is held whole, such as a list of nodes; tabs part the cells where the first line has one.
 *
 * Blank lines are passed over. Throws a ScenarioError where there is none else, for bytes that are no text, and for
 * quotes that are escaped, left open, or hold a line feed.
 */
export function listRows(content: Uint8Array, file: string): ListRow[] {
  if (content.subarray(0, 65_536).includes(0)) throw new ScenarioError('this is no text', { file });
  const first = MARK.every((byte, i) => content[i] === byte) ? MARK.length : 0;
  const bytes = new Uint8Array(content.length + 1);
  bytes.set(content);
  bytes[content.length] = LF;
  const cells = new ByteCells(new Interner());
  const delimiter = bytes.subarray(first, lineEnd(bytes, first)).includes(TAB) ? '\t' : ',';
  cells.delimiter = delimiter;
  const rows: ListRow[] = [];
  let line = 0;
  for (let at = first; at < bytes.length; ) {
    line++;
    const end = lineEnd(bytes, at);
    if (!hasPlainQuotes(bytes, at, end + 1, delimiter.charCodeAt(0))) {
      throw new ScenarioError('quotes must hold whole cells, without quotes or line breaks inside', { file, line });
    }
    cells.split(bytes, at);
    const texts = Array.from({ length: cells.count }, (_, i) => cells.text(i));
    if (texts.some((text) => text !== '')) rows.push({ line, cells: texts });
    at = end + 1;
  }
  if (rows.length === 0) throw new ScenarioError('the file is empty', { file });
  return rows;
}

function lineEnd(bytes: Uint8Array, start: number): number {
  return bytes.indexOf(LF, start);
}
