import type { ColumnSource, SchemaElement } from 'hyparquet-writer';
import { type CsvTable, holdsWords } from './csv-table.ts';

/** Columns of whole numbers. */
const COUNTS: ReadonlySet<string> = new Set(['index', 'task', 'tasks']);

/** Gives the schema of a table: words as text, counts as INT32, all else as DOUBLE; empty cells are null. */
export function parquetSchema(names: readonly string[]): SchemaElement[] {
  return [
    { name: 'root', num_children: names.length },
    ...names.map((name): SchemaElement => {
      if (holdsWords(name)) return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' };
      return { name, type: COUNTS.has(name) ? 'INT32' : 'DOUBLE', repetition_type: 'OPTIONAL' };
    }),
  ];
}

/** Gives the rows of a table as columns for Parquet. */
export function parquetColumns(table: CsvTable): ColumnSource[] {
  return table.names.map((name) => {
    if (holdsWords(name)) {
      const { codes, words } = table.words(name);
      return { name, data: Array.from(codes, (code) => (words[code] === '' ? null : words[code])) };
    }
    return { name, data: Array.from(table.numbers(name), (value) => (Number.isNaN(value) ? null : value)) };
  });
}
