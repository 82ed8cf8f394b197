import { stringify } from 'csv-stringify/sync';
import type { Cell } from '../metrics/job-rows.ts';

/** Takes rows and hands them on as CSV text in blocks, so that a long table is never held whole. */
export interface CsvWriter {
  write(row: readonly Cell[]): void;
  /** Hands on what is left. */
  end(): void;
}

const BLOCK = 4_096;

/** Opens a CSV table with a header line; cells are quoted where they must be, numbers as JavaScript writes them. */
export function csvWriter(columns: readonly string[], sink: (text: string) => void): CsvWriter {
  let rows: (readonly Cell[])[] = [columns];
  const flush = (): void => {
    if (rows.length > 0) sink(stringify(rows as Cell[][]));
    rows = [];
  };
  return {
    write: (row) => {
      rows.push(row);
      if (rows.length >= BLOCK) flush();
    },
    end: flush,
  };
}
