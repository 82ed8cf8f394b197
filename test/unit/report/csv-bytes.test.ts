import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/metrics/job-rows.ts';
import { csvByteWriter } from '../../../src/report/csv-bytes.ts';

function tableOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  let table = '';
  const writer = csvByteWriter(columns, (block) => {
    table += Buffer.from(block);
  });
  for (const row of rows) writer.write(row);
  writer.end();
  return table;
}

describe('a table written as bytes', () => {
  it('has quotes around what would not be one cell without, and nothing for null', () => {
    const rows = [
      ['plain', 1.5, null],
      ['a,b', '5" disk', 'two\nlines'],
      ['', 'naïve √', '😀'],
    ];
    expect(tableOf(['name', 'x,y', 'z'], rows)).toBe(
      'name,"x,y",z\nplain,1.5,\n"a,b","5"" disk","two\nlines"\n,naïve √,😀\n',
    );
  });

  it('is its header where there are no rows', () => {
    expect(tableOf(['a', 'b'], [])).toBe('a,b\n');
  });

  it('is handed on a block at a time, as rows come', () => {
    const lengths: number[] = [];
    const writer = csvByteWriter(['a'], (block) => lengths.push(block.length));
    const row = ['x'.repeat(99)];
    // The header has 2 bytes and a row 100: the 2,622nd passes 262,144.
    for (let i = 0; i < 2_621; i++) writer.write(row);
    expect(lengths).toEqual([]);
    writer.write(row);
    expect(lengths).toEqual([262_202]);
    for (let i = 0; i < 2_622; i++) writer.write(row);
    expect(lengths).toEqual([262_202, 262_200]);
    writer.end();
    writer.end();
    expect(lengths.length).toBe(2);
  });

  it('takes a row that is longer than a block', () => {
    const long = '"√'.repeat(300_000);
    expect(tableOf(['a'], [['first'], [long, 1], ['last']])).toBe(`a\nfirst\n"${'""√'.repeat(300_000)}",1\nlast\n`);
  });
});
