import { describe, expect, it } from 'vitest';
import { commonScale, inSteps, parseFraction, toNumber } from '../../../src/conformance/fraction.ts';

const read = (value: unknown) => {
  const fraction = parseFraction(value);
  return fraction && `${fraction.top}/${fraction.bottom}`;
};

describe('a fraction', () => {
  it.each([
    [3, '3/1'],
    [2.6, '26/10'],
    [-0.5, '-5/10'],
    [1e-7, '1/10000000'],
    [1e21, '1000000000000000000000/1'],
    ['63/25', '63/25'],
    [' 1 / 3 ', '1/3'],
    ['0.2', '2/10'],
    ['1.5/2', '15/20'],
    ['60%', '60/100'],
  ])('is read from %j', (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  it.each([
    [
      '',
      'one',
      '1/',
      '/2',
      '1/0',
      '1/-2',
      '1/2/3',
      '0x10',
      '1 2',
      null,
      undefined,
      true,
      [1],
      Number.NaN,
      Infinity,
      '1e999',
    ],
  ])('is none of these', (...values) => {
    expect(values.filter((value) => parseFraction(value) !== null)).toEqual([]);
  });

  it('gives the nearest number', () => {
    expect(toNumber(parseFraction('1/3')!)).toBe(1 / 3);
    expect(toNumber(parseFraction(2.6)!)).toBe(2.6);
  });

  it('has a scale in which several are whole', () => {
    const amounts = ['1/3', 0.25, 2, '4/8'].map((value) => parseFraction(value)!);
    expect(commonScale(amounts)).toBe(12);
    expect(amounts.map((amount) => inSteps(amount, 12))).toEqual([4, 3, 24, 6]);
    expect(commonScale([])).toBe(1);
  });
});
