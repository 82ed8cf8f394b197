import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, parseNumber, TokenCursor } from '../../../../src/workload/readers/token-cursor.ts';

function numberIn(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const cursor = new TokenCursor();
  cursor.seek(bytes, 0, bytes.length);
  cursor.advance();
  return cursor.number();
}

describe('a number in a line', () => {
  it.each([
    ['0', 0],
    ['-1', -1],
    ['007', 7],
    ['+5', 5],
    ['1e5', 100_000],
    ['1E-2', 0.01],
    ['2.50', 2.5],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['5.', 5],
    ['123456789012345', 123_456_789_012_345],
    ['100000000000000000000', 1e20],
    ['9007199254740993', 9_007_199_254_740_992],
    ['0.1234567890123456789', 0.123_456_789_012_345_68],
  ])('reads %s', (text, value) => {
    expect(numberIn(text)).toBe(value);
  });

  it.each([
    'nan',
    'NaN',
    'inf',
    'Infinity',
    '-',
    '+',
    '.',
    '-.',
    '0x10',
    '1_000',
    '1,5',
    '1.2.3',
    '--1',
    '5s',
    '1e',
    'é',
  ])('is not %s', (text) => {
    expect(numberIn(text)).toBeNaN();
  });

  it('is what Number makes of any decimal', async () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(18)).map(([digits, places]) => {
      const text = `${digits < 0n ? -digits : digits}`.padStart(places + 1, '0');
      const whole = text.slice(0, text.length - places);
      return `${digits < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${text.slice(text.length - places)}`}`;
    });
    await fc.assert(
      fc.property(decimal, (text) => Object.is(numberIn(text), Number(text))),
      { numRuns: 2_000 },
    );
  });

  it('is what Number makes of any double', async () => {
    await fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => numberIn(`${value}`) === value),
      { numRuns: 2_000 },
    );
  });
});

describe('numbers of a line', () => {
  function numbersIn(text: string, room: number): { count: number; fields: number[] } {
    const bytes = new TextEncoder().encode(text);
    const cursor = new TokenCursor();
    cursor.seek(bytes, 0, bytes.length);
    const into = new Float64Array(room);
    return { count: cursor.numbers(into), fields: [...into] };
  }

  it('are taken between any blanks', () => {
    expect(numbersIn('  1\t-2   3.5\r', 3)).toEqual({ count: 3, fields: [1, -2, 3.5] });
  });

  it('are counted where the line is short', () => {
    expect(numbersIn('1 2', 3)).toEqual({ count: 2, fields: [1, 2, 0] });
  });

  it('end at a word', () => {
    expect(numbersIn('1 two 3', 3).count).toBe(-1);
  });

  it('leave the cursor behind the last', () => {
    const bytes = new TextEncoder().encode('1 2.5 rest');
    const cursor = new TokenCursor();
    cursor.seek(bytes, 0, bytes.length);
    cursor.numbers(new Float64Array(2));
    expect(cursor.advance()).toBe(true);
    expect(cursor.text()).toBe('rest');
    expect(cursor.advance()).toBe(false);
  });

  it('are what one number after the other gives', async () => {
    const token = fc.oneof(
      fc.integer().map(String),
      fc.double().map(String),
      fc.constantFrom('x', '+5', '1e5', '.', '-'),
    );
    await fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const bytes = new TextEncoder().encode(tokens.join(' '));
        const cursor = new TokenCursor();
        cursor.seek(bytes, 0, bytes.length);
        const bad = tokens.slice(0, 9).some((text) => Number.isNaN(parseNumber(text)));
        const into = new Float64Array(9);
        expect(cursor.numbers(into)).toBe(bad ? -1 : Math.min(9, tokens.length));
        if (!bad) expect([...into.subarray(0, tokens.length)]).toEqual(tokens.slice(0, 9).map(parseNumber));
      }),
    );
  });
});

describe('text in bytes', () => {
  it('is decoded the same by hand and by the decoder', async () => {
    await fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const bytes = new TextEncoder().encode(`,${text},`);
        expect(decode(bytes, 1, bytes.length - 1)).toBe(
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(1, bytes.length - 1)),
        );
      }),
    );
  });
});
