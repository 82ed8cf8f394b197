import { parse as parseInBrowser } from 'csv-parse/browser/esm/sync';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByteSource, bytesInMemory } from '../../../../src/base/byte-source.ts';
import { Interner } from '../../../../src/base/interner.ts';
import { CsvRecords } from '../../../../src/workload/readers/csv-records.ts';
import { parseNumber } from '../../../../src/workload/readers/token-cursor.ts';
import { cutAt } from './read-trace.ts';

interface Records {
  readonly cells: string[][];
  /** The line on which each begins. */
  readonly lines: number[];
}

async function recordsOf(source: ByteSource, delimiter?: string): Promise<Records> {
  const records = new CsvRecords(source, new Interner(), delimiter);
  const cells: string[][] = [];
  const lines: number[] = [];
  while (await records.more()) {
    while (records.next()) {
      cells.push(Array.from({ length: records.cells.count }, (_, i) => records.cells.text(i)));
      lines.push(records.line);
    }
  }
  return { cells, lines };
}

function recordsIn(text: string, cuts: readonly number[] = []): Promise<Records> {
  return recordsOf(cutAt(new TextEncoder().encode(text), cuts, 'jobs.csv'));
}

describe('records', () => {
  it('are taken out of their quotes, with the line on which they begin', async () => {
    const text = 'a,b\n1,"two, ""2"""\n\n3,"four\nand\r\nfive"\n6,7\n';
    expect(await recordsIn(text)).toEqual({
      cells: [
        ['a', 'b'],
        ['1', 'two, "2"'],
        ['3', 'four\nand\r\nfive'],
        ['6', '7'],
      ],
      lines: [1, 2, 4, 7],
    });
  });

  it('may begin in one block and end in another', async () => {
    const text = 'a,b\n1,"x\ny\nz"\n2,"w"\n';
    const whole = await recordsIn(text);
    for (let cut = 0; cut < text.length; cut++) expect(await recordsIn(text, [cut, cut + 5])).toEqual(whole);
    expect(whole.cells.at(-2)).toEqual(['1', 'x\ny\nz']);
    expect(whole.lines).toEqual([1, 2, 5]);
  });

  it('are what csv-parse makes of the whole file, wherever chunks end, and in its browser build too', async () => {
    const cell = fc.stringMatching(/^[a-c ,;"\r\n\té]{0,6}$/).map((text) => `"${text.replaceAll('"', '""')}"`);
    const bare = fc.stringMatching(/^[a-c é]{0,4}$/);
    const record = fc.tuple(fc.oneof(cell, bare), fc.oneof(cell, bare), fc.oneof(cell, bare));
    const file = fc
      .array(record, { minLength: 1 })
      .map((rows) => ['h,i,j', ...rows.map((row) => row.join(','))].join('\n'));
    await fc.assert(
      fc.asyncProperty(file, fc.array(fc.nat(), { maxLength: 6 }), async (text, cuts) => {
        const options = { trim: true, record_delimiter: ['\r\n', '\n'] };
        const expected = parse(text, options);
        expect((await recordsOf(cutAt(new TextEncoder().encode(text), cuts), ',')).cells).toEqual(expected);
        expect(parseInBrowser(new TextEncoder().encode(text), options)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('are what csv-parse makes of them where quotes stand around whole cells, with numbers read in passing', async () => {
    const quoted = fc.stringMatching(/^[a-c ,;\té0-9.-]{0,6}$/).map((text) => `"${text}"`);
    const bare = fc.stringMatching(/^([a-c é]{0,4}|-?[0-9]{1,4})$/);
    const cell = fc.oneof(quoted, bare);
    const file = fc.tuple(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
    );
    await fc.assert(
      fc.asyncProperty(file, fc.array(fc.nat(), { maxLength: 4 }), async ([rows, end], cuts) => {
        const text = ['h,i,j', ...rows.map((row) => row.join(','))].join(end);
        const expected: string[][] = parse(text, { trim: true, record_delimiter: ['\r\n', '\n'] });
        const records = new CsvRecords(cutAt(new TextEncoder().encode(text), cuts), new Interner(), ',');
        let row = 0;
        while (await records.more()) {
          while (records.next()) {
            for (const [i, written] of expected[row++]!.entries()) {
              const { cells } = records;
              if (i !== 1) expect(cells.number(i) + 0).toBe(parseNumber(written) + 0);
              expect([cells.text(i), cells.isEmpty(i)]).toEqual([written, written === '']);
            }
          }
        }
        expect(row).toBe(expected.length);
      }),
      { numRuns: 500 },
    );
  });

  it('with more cells than one line has room for at first are split all the same', async () => {
    const wide = Array.from({ length: 500 }, (_, i) => `${i}`);
    expect((await recordsIn(`${wide.join(',')}\n`)).cells).toEqual([wide]);
  });
});

describe('records that are broken', () => {
  it.each([
    ['a,b\n1,2,3\n', 'jobs.csv:2: 3 cells, but the first record has 2'],
    ['a,b\n1,2\n3\n', 'jobs.csv:3: 1 cell, but the first record has 2'],
    ['a,b\n"1",2\n\n"3"\n', 'jobs.csv:4: 1 cell, but the first record has 2'],
    ['a,b\n1,"2"x\n', 'jobs.csv:2: text behind the quote that closes a cell'],
    ['a,b\n1,"2" x\n', 'jobs.csv:2: text behind the quote that closes a cell'],
    ['a,b\n"1",2\n3,5" disk\n4,5\n', 'jobs.csv:3: a quote inside a cell that does not begin with one'],
    ['a,b\n"1",2\n3,"4\n5,6\n', 'jobs.csv:3: a quote that is not closed'],
  ])('%j', async (text, message) => {
    for (const cuts of [[], [5], [9]]) await expect(recordsIn(text, cuts)).rejects.toThrow(message);
  });

  it('by a quote that is not closed for a megabyte are given up there', async () => {
    let given = 0;
    const endless: ByteSource = {
      name: 'jobs.csv',
      async *chunks() {
        yield new TextEncoder().encode('a,b\n1,"');
        for (; given < 4_096; given++) yield new TextEncoder().encode('x,y\n'.repeat(65_536));
      },
    };
    await expect(recordsOf(endless)).rejects.toThrow('jobs.csv:2: a quote that is not closed');
    expect(given).toBeLessThan(8);
  });

  it('by a line of a gigabyte are given up after the first megabytes', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(0x2c);
    let given = 0;
    const endless: ByteSource = {
      name: 'jobs.csv',
      async *chunks() {
        for (; given < 1_024; given++) yield megabyte;
      },
    };
    await expect(recordsOf(endless)).rejects.toThrow('jobs.csv:1: a line longer than 1048576 bytes');
    expect(given).toBeLessThan(3);
  });

  it('by a NUL byte', async () => {
    await expect(recordsOf(bytesInMemory('jobs.csv', 'a,b\n1,\0\n'))).rejects.toThrow(
      'jobs.csv:2: a NUL byte: this does not look like CSV',
    );
  });
});
