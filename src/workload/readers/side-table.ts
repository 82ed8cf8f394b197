import type { ByteSource } from '../../base/byte-source.ts';
import { ScenarioError } from '../../base/errors.ts';
import type { Interner } from '../../base/interner.ts';
import { readHeader, type TableLayout, TableRow } from './table.ts';
import { openTable } from './table-records.ts';

/** What is done with the records of a table that belongs to a trace. */
export interface SideRecords {
  /** Takes one record, or gives the reason why it is left out. */
  take(row: TableRow): string | null;
  /** Hears of a record that is left out, and where it stands. */
  skip(reason: string, line: number): void;
}

/**
 * Reads all of a table that belongs to a trace, such as profiles of its applications; gives how many records that is.
 *
 * Throws a ScenarioError where the file is not such a table or has no record.
 */
export async function readSideTable(
  bytes: ByteSource,
  layout: TableLayout,
  names: Interner,
  { take, skip }: SideRecords,
): Promise<number> {
  const source = await openTable(bytes, names, { isRagged: true });
  let row: TableRow | undefined;
  let width = 0;
  let count = 0;
  try {
    while (await source.more()) {
      while (source.next()) {
        if (row === undefined) {
          const header = readHeader(layout, source.cells, { file: bytes.name, line: source.line });
          width = source.cells.count;
          row = new TableRow(source.cells, header.places, () => 0);
          if (header.isRecord) continue;
        }
        row.cells = source.cells;
        row.line = source.line;
        count++;
        const reason = row.cells.count === width ? take(row) : 'wrong number of cells';
        if (reason !== null) skip(reason, row.line);
      }
    }
  } finally {
    await source.close();
  }
  if (count > 0) return count;
  throw new ScenarioError(source.isEmpty ? 'the file is empty' : 'no data row', { file: bytes.name });
}
