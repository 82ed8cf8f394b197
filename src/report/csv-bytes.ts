import type { Cell } from '../metrics/job-rows.ts';
import type { CsvWriter } from './csv.ts';
import { LONGEST_NUMBER, writeNumber } from './number-bytes.ts';

/** Bytes after which rows are handed on: few enough to stay in the processor's cache. */
const BLOCK = 256 * 1024;

/** Room behind a block for the row that passes its end; a longer row makes more. */
const SLACK = 16 * 1024;

const COMMA = 44;
const NEWLINE = 10;
const encoder = new TextEncoder();

/** By code: 1 for characters that stand in a cell as they are, in one byte. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) => ('",\n\r'.includes(String.fromCharCode(code)) ? 0 : 1));

/**
 * Opens a CSV table with a header line, for tables with a row a job: the same bytes as `csvWriter` gives, without making
 * a string for each cell.
 *
 * @param sink takes whole rows in UTF-8, about 256 KiB at a time; a block is good until the sink returns.
 */
export function csvByteWriter(columns: readonly string[], sink: (block: Uint8Array) => void): CsvWriter {
  const rows = new RowBytes(sink);
  rows.write(columns);
  return rows;
}

class RowBytes implements CsvWriter {
  readonly #sink: (block: Uint8Array) => void;
  #bytes = new Uint8Array(BLOCK + SLACK);
  #at = 0;

  constructor(sink: (block: Uint8Array) => void) {
    this.#sink = sink;
  }

  write(row: readonly Cell[]): void {
    let bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < row.length; i++) {
      const cell = row[i]!;
      // A character takes three bytes at most, or two if it is a quote; with quotes around, and what follows the cell.
      const room = (typeof cell === 'string' ? 3 * cell.length + 2 : LONGEST_NUMBER) + 1;
      if (at + room > bytes.length) bytes = this.#grow(at, room);
      if (typeof cell === 'number') at = writeNumber(bytes, at, cell);
      else if (cell !== null) at = writeText(bytes, at, cell);
      bytes[at++] = COMMA;
    }
    if (row.length === 0) bytes[at++] = NEWLINE;
    else bytes[at - 1] = NEWLINE;
    this.#at = at;
    if (at >= BLOCK) this.end();
  }

  end(): void {
    if (this.#at > 0) this.#sink(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
  }

  /** Gives a buffer with `room` bytes behind the first `used`, which it keeps. */
  #grow(used: number, room: number): Uint8Array<ArrayBuffer> {
    const longer = new Uint8Array(2 * (used + room));
    longer.set(this.#bytes.subarray(0, used));
    this.#bytes = longer;
    return longer;
  }
}

/** Writes a cell and gives where it ends; the bytes must have room. */
function writeText(bytes: Uint8Array, from: number, text: string): number {
  let at = from;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 128 || PLAIN[code] === 0) return writeOddText(bytes, from, text);
    bytes[at++] = code;
  }
  return at;
}

/** Writes a cell with quotes where it must have them, and letters of several bytes. */
function writeOddText(bytes: Uint8Array, from: number, text: string): number {
  const cell = /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return from + encoder.encodeInto(cell, bytes.subarray(from)).written;
}
