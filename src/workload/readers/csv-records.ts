import type { ByteSource } from '../../base/byte-source.ts';
import { ScenarioError } from '../../base/errors.ts';
import type { Interner } from '../../base/interner.ts';
import { ByteCells, type Cells, TextCells } from './cells.ts';
import { LineReader } from './line-reader.ts';
import { hasPlainQuotes } from './plain-quotes.ts';
import { QuotedRecords, type TextRecord } from './quoted-records.ts';
import { decode } from './token-cursor.ts';

const QUOTE = 34;

/** What may separate cells; the one that the first line has most of is taken, of two the earlier. */
const DELIMITERS = [',', '\t', ';', '|'] as const;

/**
 * Walks the records of a delimited file: `while (await records.more()) while (records.next()) { … }`.
 *
 * Lines are split where they lie; blocks with quotes that are escaped, hold a line feed, or stand elsewhere than
 * around a whole cell go through csv-parse. Blank lines are passed over.
 * Throws a ScenarioError for a record with more or fewer cells than the first, and for broken quotes.
 */
export class CsvRecords {
  /** The cells of the record; good until the next. */
  cells: Cells;
  /** Where the record begins, from 1. */
  line = 0;
  /** What separates cells; empty before the first block where it was not given. */
  delimiter: string;
  readonly #file: string;
  readonly #lines: LineReader;
  readonly #plainCells: ByteCells;
  readonly #quotedCells: TextCells;
  #quoted: QuotedRecords | undefined;
  /** The records of a block with quotes. */
  #records: TextRecord[] | undefined;
  #taken = 0;
  /** Whether a line of blanks can be told by its having one cell. */
  #blankIsOneCell = true;
  /** How many cells the first record has. */
  #width = 0;

  /** Whether records of another width than the first are handed over, and not refused. */
  readonly #isRagged: boolean;

  /**
   * Names are numbered by `names`. Without a delimiter, one is found by the first line. Where records may be `ragged`, the
   * caller looks at how many cells there are.
   */
  constructor(bytes: ByteSource, names: Interner, delimiter = '', ragged = false) {
    this.#isRagged = ragged;
    this.#plainCells = new ByteCells(names);
    this.#quotedCells = new TextCells(names);
    this.cells = this.#quotedCells;
    this.delimiter = delimiter;
    this.#file = bytes.name;
    this.#lines = new LineReader(bytes, 'CSV');
  }

  /** Reads the next block; false at the end of the source. */
  async more(): Promise<boolean> {
    const lines = this.#lines;
    this.#records = undefined;
    this.#taken = 0;
    if (await lines.more()) {
      if (this.delimiter === '') this.delimiter = likelyDelimiter(lines.block());
      this.#plainCells.delimiter = this.delimiter;
      this.#blankIsOneCell = this.delimiter > ' ';
      if (this.#quoted?.isOpen || (lines.includes(QUOTE) && !this.#hasPlainQuotes())) {
        this.#quoted ??= new QuotedRecords(this.#file, this.delimiter);
        this.#records = await this.#quoted.take(lines);
      }
      return true;
    }
    if (!this.#quoted?.isOpen) return false;
    this.#records = await this.#quoted.finish();
    return true;
  }

  #hasPlainQuotes(): boolean {
    const { bytes, cursor, stop } = this.#lines;
    return hasPlainQuotes(bytes, cursor, stop, this.delimiter.charCodeAt(0));
  }

  /** Moves to the next record of the block; false when the block is used up. */
  next(): boolean {
    while (this.#records === undefined ? this.#nextLine() : this.#nextRecord()) {
      if (this.#isBlank()) continue;
      const { count } = this.cells;
      if (this.#width === 0) this.#width = count;
      if (count === this.#width || this.#isRagged) return true;
      const message = `${count} ${count === 1 ? 'cell' : 'cells'}, but the first record has ${this.#width}`;
      throw new ScenarioError(message, { file: this.#file, line: this.line });
    }
    return false;
  }

  /** Says whether nothing at all was read. */
  get isEmpty(): boolean {
    return this.#lines.line === 0;
  }

  /** Lets go of the source; to be called when reading ends early. */
  close(): Promise<void> {
    return this.#lines.close();
  }

  #nextLine(): boolean {
    const lines = this.#lines;
    const cells = this.#plainCells;
    // The first line is left to the line reader, which checks how it ends.
    if (lines.line === 0) {
      if (!lines.next()) return false;
      cells.split(lines.bytes, lines.start);
    } else {
      if (lines.cursor >= lines.stop) return false;
      lines.pass(cells.split(lines.bytes, lines.cursor));
    }
    this.cells = cells;
    this.line = lines.line;
    return true;
  }

  #nextRecord(): boolean {
    const record = this.#records![this.#taken++];
    if (record === undefined) return false;
    this.#quotedCells.record = record.cells;
    this.cells = this.#quotedCells;
    this.line = record.line;
    return true;
  }

  /** A line of blanks only; where blanks separate cells, any number of empty ones. */
  #isBlank(): boolean {
    const { cells } = this;
    if (cells.count > 1 && this.#blankIsOneCell) return false;
    for (let i = 0; i < cells.count; i++) if (!cells.isEmpty(i)) return false;
    return true;
  }
}

/** Counts the candidates in the first line that is not blank; the empty string where all are. */
function likelyDelimiter(block: Uint8Array): string {
  const text = decode(block, 0, block.length).trimStart();
  if (text === '') return '';
  const line = text.split('\n', 1)[0]!;
  let best: string = DELIMITERS[0];
  for (const candidate of DELIMITERS) if (occurrences(line, candidate) > occurrences(line, best)) best = candidate;
  return best;
}

function occurrences(line: string, part: string): number {
  return line.split(part).length - 1;
}
