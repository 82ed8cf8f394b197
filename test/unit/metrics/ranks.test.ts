import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStream, type Random } from '../../../src/base/random.ts';
import { valuesOfRanks } from '../../../src/metrics/ranks.ts';

describe('valuesOfRanks', () => {
  it('gives the values that sorting would put there, of a part of a column', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 80 }),
        fc.array(fc.nat(), { maxLength: 5 }),
        (part, picks) => {
          const ranks = picks.map((pick) => pick % part.length).sort((a, b) => a - b);
          const column = Float64Array.from([1e9, ...part, 0]);
          const sorted = part.toSorted((a, b) => a - b);
          expect(valuesOfRanks(column, 1, part.length + 1, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
        },
      ),
    );
  });

  it.each<[string, (random: Random) => number]>([
    ['spread over many decades', (random) => Math.exp(30 * random())],
    ['of few kinds', (random) => Math.floor(3 * random())],
    ['all alike', () => 7],
    ['all zero', () => 0],
    ['close together', (random) => 1 + random() * 1e-9],
  ])('gives the same of many values: %s', (_, value) => {
    const random = openStream('1', 'ranks');
    const column = Float64Array.from({ length: 40_000 }, () => value(random));
    const sorted = column.toSorted();
    const ranks = [0, 1, 19_999, 20_000, 37_999, 38_000, 39_998, 39_999];
    expect(valuesOfRanks(column, 0, 40_000, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
  });
});
