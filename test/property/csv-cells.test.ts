import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interner } from '../../src/base/interner.ts';
import { ByteCells } from '../../src/workload/readers/cells.ts';
import { parseNumber } from '../../src/workload/readers/token-cursor.ts';

const digits = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.bigInt({ min: 0n, max: 10n ** 12n }));
const cell = fc.oneof(
  { weight: 1, arbitrary: digits.map(([whole]) => `${whole}`) },
  { weight: 1, arbitrary: digits.map(([whole, part]) => `${whole % 100_000n}.${part}`) },
  { weight: 4, arbitrary: fc.integer({ min: -99_999, max: 99_999 }).map(String) },
  { weight: 3, arbitrary: fc.tuple(fc.nat(99_999), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`) },
  fc.constantFrom(
    '',
    ' ',
    '-',
    '.',
    '-0',
    '-.5',
    '5.',
    '+5',
    '1e3',
    '1.2.3',
    '007',
    ' 7 ',
    '\t7',
    '1 2',
    'x',
    '12x',
    'é',
  ),
  fc.constantFrom(
    '999999999',
    '1000000000',
    '1700000000.123',
    '123456789012345',
    '1234567890123456',
    '0.1234567890123456',
  ),
);

describe('cells of a line without quotes', () => {
  it('are those that splitting the text gives, whatever separates them, and before and after columns are known', async () => {
    const row = fc.oneof(
      { weight: 20, arbitrary: fc.array(cell, { minLength: 1, maxLength: 12 }) },
      { weight: 1, arbitrary: fc.array(cell, { minLength: 60, maxLength: 140 }) },
    );
    const lines = fc.array(row, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.property(
        lines,
        fc.constantFrom(',', ';', '\t', '|', ' ', '-', '.', '5'),
        fc.boolean(),
        (rows, delimiter, crlf) => {
          const names = new Interner();
          const cells = new ByteCells(names);
          cells.delimiter = delimiter;
          const end = crlf ? '\r\n' : '\n';
          const bytes = new TextEncoder().encode(rows.map((row) => row.join(delimiter) + end).join(''));
          let at = 0;
          for (const row of rows) {
            const line = `${row.join(delimiter)}${crlf ? '\r' : ''}`;
            const expected = line.split(delimiter).map((text) => text.replace(/^[\0- ]+|[\0- ]+$/g, ''));
            at = cells.split(bytes, at) + 1;
            expect(cells.count).toBe(expected.length);
            for (const [i, text] of expected.entries()) {
              // The middle column is asked for text alone, so that columns that were never numbers come beside others.
              if (i % 3 !== 1) expect(cells.number(i) + 0).toBe(parseNumber(text) + 0);
              expect([cells.text(i), cells.isEmpty(i)]).toEqual([text, text === '']);
              const id = cells.nameId(i);
              expect(id < 0 ? '' : names.name(id)).toBe(text);
            }
          }
          expect(at).toBe(bytes.length);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
