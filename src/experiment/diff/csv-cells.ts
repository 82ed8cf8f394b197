import { ScenarioError } from '../../base/errors.ts';

/** One record of a CSV file. */
export interface CsvRow {
  readonly cells: readonly string[];
  /** The line on which it begins. */
  readonly line: number;
}

/**
 * Splits a CSV text into records; blank lines are passed over.
 *
 * @throws ScenarioError with the line for quotes that do not close.
 */
export async function csvCells(source: string, text: string): Promise<CsvRow[]> {
  const { parse } = await ('Buffer' in globalThis ? import('csv-parse/sync') : import('csv-parse/browser/esm/sync'));
  try {
    const records = parse(text, {
      info: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines - breaksIn(record) }));
  } catch (error) {
    const { lines, message } = error as Error & { lines?: number };
    throw new ScenarioError(message, { file: source, ...(lines !== undefined && { line: lines }) });
  }
}

/** Line breaks inside cells: csv-parse counts the line on which a record ends. */
function breaksIn(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}
