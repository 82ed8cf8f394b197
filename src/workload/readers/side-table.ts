import type { ByteSource } from '../../base/byte-source.ts';
import type { Interner } from '../../base/interner.ts';
import { type TableLayout, type TableRow, TableRows } from './table.ts';
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
  const rows = new TableRows(bytes.name, source, layout, () => () => 0);
  try {
    while (await source.more()) {
      for (let row = rows.next(); row !== null; row = rows.next()) {
        const reason = rows.isWhole ? take(row) : 'wrong number of cells';
        if (reason !== null) skip(reason, row.line);
      }
    }
  } finally {
    await source.close();
  }
  rows.finish();
  return rows.count;
}
