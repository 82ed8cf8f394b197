import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvWriter } from '../../../src/report/csv.ts';
import { type CsvTable, readCsvTables, type TableWish } from '../../../src/report/csv-table.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, wish: TableWish = {}, size = 7): Promise<CsvTable[]> {
  const tables: CsvTable[] = [];
  for await (const table of readCsvTables(inPieces(text, size), wish)) tables.push(table);
  return tables;
}

describe('reading a table of a run', () => {
  it('gives numbers and words, empty cells as NaN and the empty string', async () => {
    const [table] = await read('index,job,end_s\n0,a,1.5\n1,,\n');
    expect(table!.names).toEqual(['index', 'job', 'end_s']);
    expect([...table!.numbers('index')]).toEqual([0, 1]);
    expect([...table!.numbers('end_s')]).toEqual([1.5, Number.NaN]);
    expect([table!.word('job', 0), table!.word('job', 1)]).toEqual(['a', '']);
    expect([...table!.numbers('nothing')]).toEqual([Number.NaN, Number.NaN]);
  });

  it('gives the columns asked for, so many rows at a time', async () => {
    const tables = await read('index,job\n0,a\n1,b\n2,a\n', { rows: 2, isNeeded: (name) => name === 'job' });
    expect(tables.map((table) => [table.names, table.count, table.word('job', 0)])).toEqual([
      [['job'], 2, 'a'],
      [['job'], 1, 'a'],
    ]);
  });

  it('gives a table without rows once, and leaves out a line that was cut off', async () => {
    expect((await read('index\n')).map(({ count }) => count)).toEqual([0]);
    expect((await read('index\n1\n2')).map((table) => [...table.numbers('index')])).toEqual([[1]]);
    expect(await read('')).toEqual([]);
  });

  it('reads what the writer of tables has written, whatever words hold and however bytes are cut', async () => {
    const word = fc.stringMatching(/^[a,"\n\u00e4\u20ac ]{0,6}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(word, word), { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, size) => {
          let text = '';
          const writer = csvWriter(['job', 'node', 'index'], (block) => {
            text += block;
          });
          for (const [i, cells] of rows.entries()) writer.write([...cells, i]);
          writer.end();
          const [table] = await read(text, {}, size);
          expect(rows.map((_, i) => [table!.word('job', i), table!.word('node', i)])).toEqual(rows);
          expect([...table!.numbers('index')]).toEqual(rows.map((_, i) => i));
        },
      ),
    );
  });
});
