import { ScenarioError } from '../../base/errors.ts';
import { LINE_LIMIT, type LineReader } from './line-reader.ts';

/** A record out of its quotes, and the line on which it begins, from 1. */
export interface TextRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

const QUOTE = 34;
const NOTHING = new Uint8Array(0);

/** What csv-parse's errors mean to the one who wrote the file; its own texts count lines from where it was set in. */
const MEANINGS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'a quote inside a cell that does not begin with one',
  CSV_INVALID_CLOSING_QUOTE: 'text behind the quote that closes a cell',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'text behind the quote that closes a cell',
  CSV_QUOTE_NOT_CLOSED: 'a quote that is not closed',
  CSV_MAX_RECORD_SIZE: `a record longer than ${LINE_LIMIT} bytes`,
};

/**
 * Takes blocks of lines with quotes apart, through csv-parse; a record may go on from one block to the next.
 *
 * Blank lines give a record of one empty cell. Broken quotes are a ScenarioError with their line.
 */
export class QuotedRecords {
  readonly #file: string;
  readonly #delimiter: string;
  /** The lines of a record whose quote is still open, and the number of the first of them. */
  #open: Uint8Array = NOTHING;
  #openLine = 0;

  constructor(file: string, delimiter: string) {
    this.#file = file;
    this.#delimiter = delimiter;
  }

  /** Says whether a record waits for its quote to be closed. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Takes the block that `lines` stands before, up to the last line that ends outside quotes. */
  async take(lines: LineReader): Promise<TextRecord[]> {
    const block = lines.block();
    const start = this.isOpen ? this.#openLine : lines.line + 1;
    let inside = this.isOpen;
    let cut = 0;
    let length = 0;
    let line = start;
    while (lines.next()) {
      length += lines.end + 1 - lines.start;
      if (hasOddQuotes(lines)) inside = !inside;
      if (inside) continue;
      cut = length;
      line = lines.line + 1;
    }
    if (cut === 0) {
      this.#open = joined(this.#open, block);
      this.#openLine = start;
      return this.#open.length > LINE_LIMIT ? this.finish() : [];
    }
    const whole = joined(this.#open, block.subarray(0, cut));
    this.#open = block.slice(cut);
    this.#openLine = line;
    return this.#parse(whole, start);
  }

  /** Takes what is left when no more lines come. */
  finish(): Promise<TextRecord[]> {
    const rest = this.#open;
    this.#open = NOTHING;
    return this.#parse(rest, this.#openLine);
  }

  async #parse(bytes: Uint8Array, start: number): Promise<TextRecord[]> {
    const parse = await loadParser();
    let line = start;
    try {
      const options = { delimiter: this.#delimiter, trim: true, relax_column_count: true, max_record_size: LINE_LIMIT };
      return parse(bytes, { ...options, record_delimiter: ['\r\n', '\n'] }).map((cells) => {
        const record = { cells, line };
        line += 1 + lineFeeds(cells);
        return record;
      });
    } catch (error) {
      throw this.#explained(error as Error & { code?: string; lines?: number }, start);
    }
  }

  #explained(error: Error & { code?: string; lines?: number }, start: number): Error {
    if (error.code === undefined) return error;
    const offset = error.lines === undefined || error.code === 'CSV_QUOTE_NOT_CLOSED' ? 0 : error.lines - 1;
    return new ScenarioError(MEANINGS[error.code] ?? error.message, { file: this.#file, line: start + offset });
  }
}

/** Loads csv-parse when the first quote is met; a browser has no Buffer and takes the build that brings its own. */
async function loadParser() {
  const build = 'Buffer' in globalThis ? import('csv-parse/sync') : import('csv-parse/browser/esm/sync');
  return (await build).parse;
}

function hasOddQuotes({ bytes, start, end }: LineReader): boolean {
  let odd = false;
  for (let at = start; at < end; at++) if (bytes[at] === QUOTE) odd = !odd;
  return odd;
}

function lineFeeds(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
