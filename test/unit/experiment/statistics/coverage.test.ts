import { describe, expect, it } from 'vitest';
import { drawStandardNormal } from '../../../../src/base/distributions/standard-normal.ts';
import { openStream, type Random } from '../../../../src/base/random.ts';
import { bcaInterval } from '../../../../src/experiment/statistics/bca-interval.ts';
import { meanInterval } from '../../../../src/experiment/statistics/mean-interval.ts';
import { pairedDifference } from '../../../../src/experiment/statistics/paired-difference.ts';
import { ratioOfMeans } from '../../../../src/experiment/statistics/ratio-of-means.ts';

const full = process.env['ALLOT_FULL'] === '1';
const REPLICATIONS = full ? 1_000 : 200;
/** Of 1,000 replications 93 to 97 %; of fewer, as far as chance goes. */
const [LEAST, MOST] = full ? [0.93, 0.97] : [0.9, 0.99];

/** Draws pairs that share a world: waits under two allocators, 60 and 20 s on average. */
function pairs(count: number, random: Random): { above: number[]; below: number[] } {
  const above: number[] = [];
  const below: number[] = [];
  for (let i = 0; i < count; i++) {
    const world = drawStandardNormal(random);
    above.push(60 + 12 * world + 4 * drawStandardNormal(random));
    below.push(20 + 5 * world + 2 * drawStandardNormal(random));
  }
  return { above, below };
}

/** Gives how often the truth lies in the interval. */
function coverage(holds: (random: Random) => boolean): number {
  const random = openStream('1', 'coverage');
  let held = 0;
  for (let i = 0; i < REPLICATIONS; i++) if (holds(random)) held++;
  return held / REPLICATIONS;
}

describe.each([5, 10, 30])('intervals of 95 %% hold the truth 19 times in 20, of %d seeds', (count) => {
  it('for a mean', () => {
    const share = coverage((random) => {
      const { mean, halfWidth } = meanInterval(pairs(count, random).above, 0.95);
      return Math.abs(mean - 60) <= halfWidth!;
    });
    expect(share).toBeGreaterThanOrEqual(LEAST);
    expect(share).toBeLessThanOrEqual(MOST);
  });

  it('for a paired difference', () => {
    const share = coverage((random) => {
      const { above, below } = pairs(count, random);
      const { mean, halfWidth } = pairedDifference(above, below, 0.95);
      return Math.abs(mean - 40) <= halfWidth!;
    });
    expect(share).toBeGreaterThanOrEqual(LEAST);
    expect(share).toBeLessThanOrEqual(MOST);
  });

  it('for a ratio of means', () => {
    const share = coverage((random) => {
      const { above, below } = pairs(count, random);
      const interval = ratioOfMeans(above, below, 0.95);
      return interval === null || (interval.low <= 3 && 3 <= interval.high);
    });
    expect(share).toBeGreaterThanOrEqual(LEAST);
    expect(share).toBeLessThanOrEqual(MOST);
  });
});

it.runIf(full)('the bootstrap of 100 weeks holds the ratio 93 to 97 times in 100', () => {
  const share = coverage((random) => {
    const { above, below } = pairs(100, random);
    const sum = (values: readonly number[], sample: ArrayLike<number>) => {
      let total = 0;
      for (let i = 0; i < sample.length; i++) total += values[sample[i]!]!;
      return total;
    };
    const statistic = (sample: ArrayLike<number>) => sum(above, sample) / sum(below, sample);
    const { low, high } = bcaInterval({ count: 100, statistic, confidence: 0.95, random, draws: 1_000 });
    return low <= 3 && 3 <= high;
  });
  expect(share).toBeGreaterThanOrEqual(0.93);
  expect(share).toBeLessThanOrEqual(0.97);
});
