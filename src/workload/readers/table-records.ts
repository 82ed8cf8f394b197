import { type ByteSource, readHead } from '../../base/byte-source.ts';
import type { Interner } from '../../base/interner.ts';
import type { Cells } from './cells.ts';
import { CsvRecords } from './csv-records.ts';
import { isParquet } from './parquet/parquet-file.ts';
import { ParquetRecords } from './parquet/parquet-records.ts';

/** The records of a table, the first of which may name the columns. */
export interface TableRecordSource {
  /** The cells of the record; good until the next. */
  readonly cells: Cells;
  /** Where the record stands, from 1. */
  readonly line: number;
  /** What separates cells; empty where nothing does. */
  readonly delimiter: string;
  /** Says whether nothing at all was read. */
  readonly isEmpty: boolean;
  /** Reads the next block; false at the end of the source. */
  more(): Promise<boolean>;
  /** Moves to the next record of the block; false when the block is used up. */
  next(): boolean;
  /** Lets go of the source; to be called when reading ends early. */
  close(): Promise<void>;
}

/** How the records of a table are asked for. */
export interface TableRecordOptions {
  /** Of delimited text; found by the first line where left out. */
  readonly delimiter?: string | undefined;
  /** Whether records of delimited text may have other numbers of cells than the first. */
  readonly isRagged?: boolean;
  /** The columns that are read, where a file lets one choose; all where left out. */
  readonly wanted?: ReadonlySet<string>;
}

/** Opens a table, be it delimited text or Parquet, which the first bytes tell. */
export async function openTable(
  bytes: ByteSource,
  names: Interner,
  { delimiter, isRagged, wanted }: TableRecordOptions = {},
): Promise<TableRecordSource> {
  if (isParquet(await readHead(bytes, 4))) return new ParquetRecords(bytes, names, wanted);
  return new CsvRecords(bytes, names, delimiter, isRagged);
}

/** Reads the names in the first record of a table. */
export async function readColumnNames(bytes: ByteSource, names: Interner): Promise<readonly string[]> {
  const records = await openTable(bytes, names);
  try {
    while (await records.more()) {
      if (records.next()) return Array.from({ length: records.cells.count }, (_, i) => records.cells.text(i));
    }
    return [];
  } finally {
    await records.close();
  }
}
