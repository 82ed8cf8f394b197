import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/metrics/job-rows.ts';
import { csvWriter } from '../../src/report/csv.ts';
import { csvByteWriter } from '../../src/report/csv-bytes.ts';
import { LONGEST_NUMBER, writeNumber } from '../../src/report/number-bytes.ts';

const YEAR = 31_556_952_000_000;

/** Whole microseconds of up to 285 years as seconds, most of them whole, as in logs. */
const time = fc
  .oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 3_000_000_000 }).map((seconds) => seconds * 1_000_000) },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 285 * YEAR }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 99_999_999 }) },
    // Some digits, then zeros: what stands behind the point must end where it ends.
    {
      weight: 2,
      arbitrary: fc.tuple(fc.nat(999_999), fc.nat(9)).map(([digits, zeros]) => digits * Number(`1e${zeros}`)),
    },
    // Around 2^31, 2^32 and 2^33 s, where doubles of 10^-6 begin to coincide, and around whole powers of ten.
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(2_147_483_648, 4_294_967_296, 8_589_934_592, 1e9, 1e8, 1e6, 1_000, 1),
          fc.integer({ min: -50, max: 50 }),
        )
        .map(([seconds, micros]) => seconds * 1_000_000 + micros),
    },
  )
  .map((micros) => micros / 1_000_000);

const number = fc.oneof(
  { weight: 6, arbitrary: time },
  { weight: 1, arbitrary: time.map((seconds) => -seconds) },
  // A double beside a time must not be taken for it.
  { weight: 2, arbitrary: time.map((seconds) => seconds * (1 + 2 * Number.EPSILON)) },
  { weight: 2, arbitrary: fc.tuple(time, time).map(([response, run]) => Math.max(1, response / Math.max(run, 10))) },
  { weight: 2, arbitrary: fc.double() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-0, 1e-6, 1e-7, 9.999999e-7, 1e21, Number.MAX_VALUE, Number.MIN_VALUE, -1.5e-300),
  },
);

const name = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'Z', '0', ' ', '-', '_', '/', '.') }),
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', '\t', "'", '\\') }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '"', '""', ',', '\n', '\r\n', 'é', '√', '😀', '\ud800', '\udc00a', '\u0000', '\u007f', '\u0080'),
);

const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 5, arbitrary: number },
  { weight: 4, arbitrary: name },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Writes with one of the two writers and gives the blocks as bytes. */
function written(columns: readonly string[], rows: readonly (readonly Cell[])[], fast: boolean): Buffer[] {
  const blocks: Buffer[] = [];
  const writer = fast
    ? csvByteWriter(columns, (block) => blocks.push(Buffer.from(block)))
    : csvWriter(columns, (text) => blocks.push(Buffer.from(text)));
  for (const row of rows) writer.write(row);
  writer.end();
  return blocks;
}

describe('a table written as bytes', () => {
  it('is the one that csv-stringify writes, whatever stands in the cells', async () => {
    const header = fc.array(name, { minLength: 1, maxLength: 5 });
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 14 }), { maxLength: 30 });
    await fc.assert(
      fc.property(header, rows, (columns, table) => {
        const expected = Buffer.concat(written(columns, table, false));
        expect(`${Buffer.concat(written(columns, table, true))}`).toBe(`${expected}`);
        expect(Buffer.concat(written(columns, table, true)).equals(expected)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same where blocks end within it, and a block holds whole rows', async () => {
    const letters = fc.string({ unit: fc.constantFrom('a', '"', '\n', 'é', '√'), minLength: 1, maxLength: 8 });
    const long = fc
      .tuple(letters, fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5_000 })))
      .map(([text, times]) => text.repeat(times));
    const huge = letters.map((text) => text.repeat(300_000 / text.length));
    const cells = fc.oneof(
      { weight: 20, arbitrary: long },
      { weight: 20, arbitrary: cell },
      { weight: 1, arbitrary: huge },
    );
    await fc.assert(
      fc.property(fc.array(fc.array(cells, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 6 }), (some) => {
        // A mark that no other cell holds shows where rows end.
        const rows = some.map((row) => [...row, 'END']);
        const once = Buffer.concat(written([], rows, true)).length;
        const table = Array.from({ length: Math.min(2_000, Math.ceil(600_000 / once)) }, () => rows).flat();
        const blocks = written(['a', 'END'], table, true);
        expect(Buffer.concat(blocks).equals(Buffer.concat(written(['a', 'END'], table, false)))).toBe(true);
        for (const block of blocks) expect(`${block.subarray(-5)}`).toBe(',END\n');
        for (const block of blocks.slice(0, -1)) expect(block.length).toBeGreaterThanOrEqual(256 * 1024);
      }),
      { numRuns: 50 },
    );
  });

  it('has numbers as JavaScript writes them', async () => {
    const bytes = new Uint8Array(LONGEST_NUMBER + 2);
    await fc.assert(
      fc.property(number, (value) => {
        bytes.fill(7);
        const end = writeNumber(bytes, 1, value);
        expect(String.fromCharCode(...bytes.subarray(1, end))).toBe(String(value));
        expect([bytes[0], ...bytes.subarray(end)].every((byte) => byte === 7)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});
