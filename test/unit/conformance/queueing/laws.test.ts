import { describe, expect, it } from 'vitest';
import { openStream } from '../../../../src/base/random.ts';
import { SECOND } from '../../../../src/base/time.ts';
import { Fields } from '../../../../src/conformance/fields.ts';
import { readLaw } from '../../../../src/conformance/queueing/laws.ts';

const read = (dist: unknown, more: object = {}) => readLaw(new Fields({ dist, ...more }, 'params'), 'dist');

describe('a law of service times', () => {
  it.each([
    ['deterministic 1', 1, 1],
    ['exponential 2', 2, 8],
    ['Erlang-2 mean 1', 1, 1.5],
    ['uniform(0,2)', 1, 4 / 3],
    [{ type: 'boundedPareto', alpha: 1.5, min: 1 / 3, max: 1_000 }, 0.981748556147939, 17.92419433334511],
    [{ type: 'hyperexponential', p: 0.5, rate1: 1, rate2: 0.5 }, 1.5, 5],
  ])('%j has the moments of its formula, and draws that fit them', (dist, mean, secondMoment) => {
    const law = read(dist);
    expect(law.mean).toBeCloseTo(mean, 12);
    expect(law.secondMoment).toBeCloseTo(secondMoment, 9);
    const random = openStream('laws', JSON.stringify(dist));
    const draws = 200_000;
    let sum = 0;
    for (let i = 0; i < draws; i++) sum += law.distribution.draw(random) / SECOND;
    const error = Math.sqrt((secondMoment - mean * mean) / draws);
    expect(Math.abs(sum / draws - mean)).toBeLessThanOrEqual(4 * error + 1e-9);
  });

  it('is a hyperexponential with the moments of the case where its phases are not told', () => {
    const law = read('H2, balanced means', { ES: 1, ES2: 5 });
    expect(law.mean).toBeCloseTo(1, 12);
    expect(law.secondMoment).toBeCloseTo(5, 12);
  });

  it.each([
    ['cauchy', 'dist: the law "cauchy" is not known'],
    ['uniform(0)', 'dist: the law "uniform(0)" is not known'],
    [{ type: 'cauchy' }, 'params.dist: the law `cauchy` is not known'],
    [{ type: 'uniform', min: 0 }, 'params.dist.max is missing'],
    [{ type: 'exponential', mean: -1 }, 'params.dist.mean: expected a number above zero, got -1'],
    [3, 'params.dist: expected an object, got 3'],
  ])('%j is refused', (dist, message) => {
    expect(() => read(dist)).toThrow(message);
  });
});
