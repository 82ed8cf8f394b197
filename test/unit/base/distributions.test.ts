import { describe, expect, it } from 'vitest';
import { parseQuantity, resource } from '../../../src/base/amounts.ts';
import { type Distribution, parseDistribution } from '../../../src/base/distributions.ts';
import { openStream } from '../../../src/base/random.ts';
import { parseDuration, SECOND } from '../../../src/base/time.ts';

function parse(spec: unknown): Distribution {
  const outcome = parseDistribution(spec, parseDuration);
  if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems));
  return outcome.distribution;
}

function problems(spec: unknown): string[] {
  const outcome = parseDistribution(spec, parseDuration, 'a duration such as `90s`');
  if (!('problems' in outcome)) return [];
  return outcome.problems.map(({ path, message, suggestion }) =>
    [path, message, suggestion].filter((part) => part !== undefined && part !== '').join(' | '),
  );
}

describe('parseDistribution', () => {
  it('takes a bare duration for a constant', () => {
    expect(parse('60s').mean).toBe(60 * SECOND);
    expect(parse(60).mean).toBe(60 * SECOND);
  });

  it('takes a constant by name, with its value beside or below it', () => {
    expect(parse({ constant: '1m' }).mean).toBe(60 * SECOND);
    expect(parse({ constant: { value: '1m' } }).mean).toBe(60 * SECOND);
  });

  it('reads what has the unit of the draws and leaves pure numbers alone', () => {
    const mean = (spec: unknown) => parse(spec).mean! / SECOND;
    expect(mean({ exponential: { mean: '2m' } })).toBe(120);
    expect(mean({ uniform: { min: '10s', max: 30 } })).toBe(20);
    expect(mean({ normal: { mean: '1h', sd: '1s' } })).toBe(3600);
    expect(mean({ lognormal: { mean: '60s', cv: 2 } })).toBe(60);
    expect(mean({ gamma: { mean: '60s', cv: 0.5 } })).toBe(60);
    expect(mean({ gamma: { shape: 4, scale: '15s' } })).toBe(60);
    expect(mean({ weibull: { shape: 1, scale: '1m' } })).toBeCloseTo(60, 9);
    expect(mean({ pareto: { shape: 2, min: '30s' } })).toBe(60);
    expect(mean({ pareto: { shape: 2, min: '30s', max: '60s' } })).toBeCloseTo(40, 9);
    expect(mean({ hyperexponential: { probabilities: [0.5, 0.5], means: ['1m', '2m'] } })).toBe(90);
    expect(mean({ hyperexponential: { mean: '1m', cv: 3 } })).toBeCloseTo(60, 9);
    expect(mean({ empirical: { values: ['1s', '2s'], weights: [1, 3] } })).toBe(1.75);
    expect(mean({ empirical: { values: ['1s', '2s', '9s'], interpolate: true } })).toBe(3.5);
  });

  it('reads amounts as well as durations', () => {
    const outcome = parseDistribution({ uniform: { min: '1GB', max: '3GB' } }, (text) =>
      parseQuantity(text, resource('mem')),
    );
    expect(outcome).toMatchObject({ distribution: { mean: 2048 } });
  });

  it('knows no mean for a Pareto of shape 1 or less, unless it is bounded', () => {
    expect(parse({ pareto: { shape: 1, min: '1s' } }).mean).toBeNull();
    expect(parse({ pareto: { shape: 0.5, min: '1s' } }).mean).toBeNull();
    // The integral of x times the density (4/3) / x^2 from 1 to 4.
    expect(parse({ pareto: { shape: 1, min: '1s', max: '4s' } }).mean! / SECOND).toBeCloseTo((4 / 3) * Math.log(4), 12);
  });

  it('gives the bounded mean without loss where the shape is next to 1', () => {
    const mean = (shape: number) => parse({ pareto: { shape, min: '1s', max: '4s' } }).mean! / SECOND;
    expect(mean(1 + 1e-12)).toBeCloseTo(mean(1), 9);
  });

  it('gives the constant for a spread of 0', () => {
    for (const spec of [
      { lognormal: { mean: '60s', cv: 0 } },
      { gamma: { mean: '60s', cv: 0 } },
      { normal: { mean: '60s', sd: 0 } },
    ]) {
      expect(parse(spec).draw(openStream('1', 'constant'))).toBe(60 * SECOND);
    }
  });

  it('lets one distribution serve two streams without carrying chance from one to the other', () => {
    for (const spec of [{ normal: { mean: '60s', sd: '9s' } }, { gamma: { mean: '60s', cv: 2 } }]) {
      const shared = parse(spec);
      const [a, b] = [openStream('1', 'a'), openStream('1', 'b')];
      const mixed = Array.from({ length: 100 }, () => [shared.draw(a), shared.draw(b)]);

      const alone = openStream('1', 'a');
      expect(mixed.map(([first]) => first)).toEqual(Array.from({ length: 100 }, () => parse(spec).draw(alone)));
    }
  });
});

describe('what is wrong with a distribution', () => {
  it('is nothing when nothing is', () => {
    expect(problems({ exponential: { mean: '60s' } })).toEqual([]);
  });

  it.each([
    [null, 'must be a duration such as `90s` or a distribution, not nothing | write { exponential: { mean: … } }'],
    [[1, 2], 'must be a duration such as `90s` or a distribution, not a list | write { exponential: { mean: … } }'],
    ['60x', 'must be a duration such as `90s`, not `60x`'],
    ['-5s', 'must be at least 0, not `-5s`'],
    [1e300, 'must be at most 9007199254740991, not `1e+300`'],
    ['lognormal', 'lognormal lacks its parameters | write lognormal: { mean, cv }'],
    [
      {},
      'must have one key, the name of a distribution with its parameters below it; this has 0 | write { exponential: { mean: … } }',
    ],
    [
      { mean: '60s', cv: 2 },
      'must have one key, the name of a distribution with its parameters below it; this has 2 | write { exponential: { mean: … } }',
    ],
    [{ exponentail: { mean: 1 } }, 'exponentail | unknown distribution `exponentail` | did you mean `exponential`?'],
    [
      { zipf: { s: 1 } },
      'zipf | unknown distribution `zipf` | there are constant, exponential, uniform, normal, lognormal, gamma, weibull, pareto, hyperexponential, empirical',
    ],
    [{ toString: {} }, /^toString \| unknown distribution `toString`/],
    [{ constant: '60x' }, 'constant | must be a duration such as `90s`, not `60x`'],
    [{ constant: {} }, 'constant | `value` is missing | write constant: { value }'],
    [
      { exponential: '60s' },
      'exponential | must have its parameters below it, not `60s` | write exponential: { mean }',
    ],
    [
      { exponential: null },
      'exponential | must have its parameters below it, not nothing | write exponential: { mean }',
    ],
    [{ exponential: { mean: null } }, 'exponential.mean | must be a duration such as `90s`, not nothing'],
    [{ exponential: { mean: '-1s' } }, 'exponential.mean | must be above 0, not `-1s`'],
    [{ exponential: { mean: 0 } }, 'exponential.mean | must be above 0, not `0`'],
    [{ uniform: { min: '3s', max: '3s' } }, 'uniform.max | must be above `min`'],
    [{ uniform: { min: '-3s', max: '3s' } }, 'uniform.min | must be at least 0, not `-3s`'],
    [{ normal: { mean: '1s', sd: '1s', min: '2s' } }, 'normal.min | must not be above `mean`'],
    [{ normal: { mean: '-1s', sd: '1s' } }, 'normal.mean | must be at least 0, not `-1s`'],
    [{ normal: { mean: '1s', sd: '-1s' } }, 'normal.sd | must be at least 0, not `-1s`'],
    [{ lognormal: { mean: '1s', cv: -1 } }, 'lognormal.cv | must be at least 0, not `-1`'],
    [{ lognormal: { mean: '1s', cv: '2' } }, 'lognormal.cv | must be a number without a unit, not `2`'],
    [{ lognormal: { mean: '1s', cv: Number.NaN } }, 'lognormal.cv | must be a number without a unit, not `NaN`'],
    [{ lognormal: { mean: '1s', cv: 1001 } }, 'lognormal.cv | must be at most 1000, not `1001`'],
    [{ gamma: { mean: '1s', cv: -1 } }, 'gamma.cv | must be at least 0, not `-1`'],
    [{ gamma: { mean: '1s', cv: 0.0001 } }, 'gamma.cv | must be 0 or at least 0.001'],
    [{ weibull: { shape: 0, scale: '1s' } }, 'weibull.shape | must be at least 0.1, not `0`'],
    [{ pareto: { shape: 1, min: '2s', max: '1s' } }, 'pareto.max | must be above `min`'],
    [{ pareto: { shape: 1, min: 0 } }, 'pareto.min | must be above 0, not `0`'],
    [{ hyperexponential: { mean: '1s', cv: 0.5 } }, 'hyperexponential.cv | must be at least 1, not `0.5`'],
    [
      { hyperexponential: { probabilities: [0.5, 0.4], means: [1, 2] } },
      'hyperexponential.probabilities | must sum to 1, not to 0.9',
    ],
    [
      { hyperexponential: { probabilities: [1], means: [1, 2] } },
      'hyperexponential.means | must have as many values as `probabilities` (1), not 2',
    ],
    [
      { hyperexponential: { probabilities: [], means: 3 } },
      'hyperexponential.probabilities | must be a list of at least one value, not an empty list',
      'hyperexponential.means | must be a list of at least one value, not `3`',
    ],
    [
      { empirical: { values: ['1s', '2x', 'x'] } },
      'empirical.values.1 | must be a duration such as `90s`, not `2x`',
      'empirical.values.2 | must be a duration such as `90s`, not `x`',
    ],
    [
      { empirical: { values: [1], weights: [0, 0], interpolate: true } },
      'empirical.weights | must have as many values as `values` (1), not 2',
      'empirical.weights | must not all be 0',
      'empirical.values | must hold at least two values to interpolate between',
    ],
    [
      { empirical: { values: [1], weights: [-1], interpolate: 'yes' } },
      'empirical.weights.0 | must be at least 0, not `-1`',
      'empirical.interpolate | must be true or false, not `yes`',
    ],
  ])('in %j is said', (spec: unknown, ...expected: (string | RegExp)[]) => {
    const found = problems(spec);
    expect(found).toHaveLength(expected.length);
    for (const [i, text] of expected.entries()) expect(found[i]).toMatch(text instanceof RegExp ? text : exactly(text));
  });

  it('is reported all at once', () => {
    expect(problems({ weibull: { shap: 2, scale: '-1s' } })).toEqual([
      'weibull.shap | weibull has no parameter `shap` | did you mean `shape`?',
      'weibull | `shape` is missing | write weibull: { shape, scale }',
      'weibull.scale | must be above 0, not `-1s`',
    ]);
  });

  it('includes what is wrong between two values of which one is out of range', () => {
    expect(problems({ pareto: { shape: 0, min: '2s', max: '1s' } })).toEqual([
      'pareto.shape | must be at least 0.1, not `0`',
      'pareto.max | must be above `min`',
    ]);
  });

  it('includes mixing two sets of parameters, told by the set that most of them belong to', () => {
    const either = 'write gamma: { mean, cv } or { shape, scale }';
    expect(problems({ gamma: { shape: 2, scale: '1s', mean: '1s' } })).toEqual([
      `gamma.mean | does not go with \`shape\` and \`scale\` | ${either}`,
    ]);
    expect(problems({ gamma: { mean: '1s', scale: '1s' } })).toEqual([
      `gamma.scale | does not go with \`mean\` and \`cv\` | ${either}`,
      `gamma | \`cv\` is missing | ${either}`,
    ]);
  });
});

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
