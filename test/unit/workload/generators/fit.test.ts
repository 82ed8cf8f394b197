import { describe, expect, it } from 'vitest';
import { distanceBetween } from '../../../../src/workload/generators/fit/distance.ts';
import { fitModel, goodnessOf } from '../../../../src/workload/generators/fit/fit.ts';
import { fitWeek } from '../../../../src/workload/generators/fit/fit-diurnal.ts';
import { fitLublin } from '../../../../src/workload/generators/fit/fit-lublin.ts';
import { fitStates } from '../../../../src/workload/generators/fit/fit-mmpp.ts';
import { fitSizes, fitTimes } from '../../../../src/workload/generators/fit/laws.ts';
import { minimise } from '../../../../src/workload/generators/fit/minimise.ts';
import { gapsBetween, type Observed, observe } from '../../../../src/workload/generators/fit/observed.ts';
import { LUBLIN } from '../../../../src/workload/generators/lublin-feitelson.ts';
import { type Drawing, drawJobs, gapsOf, law, openDrawing } from '../../../support/draw-jobs.ts';

async function observed(model: string, drawing: Drawing): Promise<Observed> {
  const { source, resources } = openDrawing(model, drawing);
  return observe(source, resources);
}

const within = (found: number, share: number, expected: number) =>
  expect(Math.abs(found / expected - 1), `${found} for ${expected}`).toBeLessThan(share);

describe('a distance between samples', () => {
  it('is the largest difference of their distribution functions', () => {
    expect(distanceBetween([1, 2, 3, 4], [1, 2, 3, 4])).toBe(0);
    expect(distanceBetween([1, 2], [3, 4])).toBe(1);
    expect(distanceBetween([1, 1, 1, 2], [1, 2, 2, 2])).toBe(0.5);
    expect(distanceBetween([1, 2, 3, 4], [2, 3, 4, 5])).toBe(0.25);
  });
});

describe('the search for the least value', () => {
  it('finds the bottom of a bent valley', () => {
    const valley = ([x, y]: readonly number[]) => 100 * (y! - x! * x!) * (y! - x! * x!) + (1 - x!) * (1 - x!);
    const { at } = minimise(valley, [-1.2, 1], { tolerance: 1e-14 });
    expect(at[0]).toBeCloseTo(1, 3);
    expect(at[1]).toBeCloseTo(1, 3);
  });
});

describe('the law of run times', () => {
  const drawn = async (duration: unknown) =>
    (await drawJobs('poisson', { jobs: 10_000, template: { duration: law(duration, 'duration') } })).map(
      ({ runs }) => runs[0]!,
    );

  // Standard errors of these are about 1 % (mean), 3 % (cv 2, heavy) and 1 % (shape) at 10,000 draws; allowed is 3 or 4 of them.
  it('is found again, with its parameters', async () => {
    const exponential = fitTimes(await drawn({ exponential: { mean: '60s' } }));
    expect(['exponential', 'gamma', 'weibull']).toContain(exponential.name);
    const lognormal = fitTimes(await drawn({ lognormal: { mean: '60s', cv: 2 } }));
    expect(lognormal.name).toBe('lognormal');
    within(lognormal.parameters['mean'] as number, 0.06, 60);
    within(lognormal.parameters['cv'] as number, 0.1, 2);
    const weibull = fitTimes(await drawn({ weibull: { shape: 0.5, scale: '60s' } }));
    expect(weibull.name).toBe('weibull');
    within(weibull.parameters['shape'] as number, 0.04, 0.5);
    within(weibull.parameters['scale'] as number, 0.08, 60);
    const gamma = fitTimes(await drawn({ gamma: { shape: 4, scale: '15s' } }));
    expect(gamma.name).toBe('gamma');
    within(gamma.parameters['shape'] as number, 0.06, 4);
    for (const { distance } of [exponential, lognormal, weibull, gamma]) expect(distance).toBeLessThan(0.02);
  });

  it('is a constant where there is one run time', () => {
    expect(fitTimes([5, 5, 5])).toEqual({ name: 'constant', parameters: { value: 5 }, distance: 0 });
  });
});

describe('the law of sizes', () => {
  it('holds each size with its count', () => {
    expect(fitSizes([1, 2, 1, 8])).toEqual({
      name: 'empirical',
      parameters: { values: [1, 2, 8], weights: [2, 1, 1] },
      distance: 0,
    });
  });

  it('holds quantiles where there are more than 64 sizes', () => {
    const { parameters, distance } = fitSizes(Array.from({ length: 6_400 }, (_, i) => i));
    expect(parameters['values']).toHaveLength(64);
    expect(distance).toBeLessThan(0.02);
  });
});

describe('poisson', () => {
  it('has its rate found within four standard errors', async () => {
    const block = fitModel('poisson', await observed('poisson', { jobs: 10_000, parameters: { rate: 0.5e-6 } }));
    within(Number(String(block['rate']).replace('/s', '')), 0.04, 0.5);
    expect(block).toMatchObject({ model: 'poisson', jobs: 10_000, demand: { cpus: { constant: { value: 1 } } } });
  });
});

describe('mmpp', () => {
  // Some 300 stays in each state: 6 % standard error for a stay, 1 to 3 % for a rate.
  it('has its states found within four standard errors', async () => {
    const states = [
      { rate: 2e-6, stay: 30e6 },
      { rate: 0.1e-6, stay: 90e6 },
    ];
    const [busy, quiet] = fitStates(gapsOf(await drawJobs('mmpp', { jobs: 20_000, parameters: { states } })).slice(1));
    within(busy.rate, 0.05, 2);
    within(quiet.rate, 0.12, 0.1);
    within(busy.stay, 0.24, 30);
    within(quiet.stay, 0.24, 90);
  });
});

describe('diurnal', () => {
  it('has its weights and rate found within four standard errors', async () => {
    const hours = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 18 ? 2 : 0.5));
    const days = [1, 1, 1, 1, 1, 0.25, 0.25];
    const jobs = await drawJobs('diurnal', { until: '4838400s', parameters: { rate: 0.01e-6, hours, days } });
    const found = fitWeek(jobs.map(({ submit }) => submit));
    // 48,000 jobs: 0.5 % for the rate; some 900 in a quiet hour, 2,000 on a quiet day.
    within(found.rate, 0.02, 0.01);
    const scale = hours.reduce((a, b) => a + b, 0) / 24;
    for (const [hour, weight] of found.hours.entries()) within(weight, 0.14, hours[hour]! / scale);
    for (const [day, weight] of found.days.entries()) within(weight, 0.1, (days[day]! * 7) / 5.5);
  });

  it('is flat where too little was seen to tell', () => {
    const found = fitWeek(Array.from({ length: 100 }, (_, i) => i * 60));
    expect(found.hours).toEqual(new Array(24).fill(1));
    expect(found.days).toEqual(new Array(7).fill(1));
    within(found.rate, 0.02, 1 / 60);
  });
});

describe('lublin-feitelson', () => {
  it('has its parameters found', async () => {
    const jobs = await observed('lublin-feitelson', { jobs: 20_000, parameters: { processors: 256 } });
    const found = fitLublin(jobs, 256);
    const of = LUBLIN.all;
    // Shares of 20,000: standard errors of 0.0035 and less.
    expect(Math.abs(found.serial - of.serial)).toBeLessThan(0.014);
    expect(Math.abs(found.powerOfTwo - of.powerOfTwo)).toBeLessThan(0.02);
    expect(Math.abs(found.first - of.first)).toBeLessThan(0.014);
    expect(Math.abs(found.intercept - of.intercept)).toBeLessThan(0.04);
    expect(Math.abs(found.slope - of.slope)).toBeLessThan(0.0008);
    within(found.shape1 * found.scale1, 0.04, of.shape1 * of.scale1);
    within(found.shape2 * found.scale2, 0.01, of.shape2 * of.scale2);
    within(found.gapShape * found.gapScale, 0.01, of.gapShape * of.gapScale * of.rushToAll);
    within(found.gapShape, 0.06, of.gapShape);
  });
});

describe('a fit', () => {
  it('says how far what it draws is from what it was made of', async () => {
    const jobs = await observed('poisson', { jobs: 2_000 });
    expect(goodnessOf(jobs, jobs)).toEqual({ gaps: 0, runs: 0, sizes: 0 });
    expect(gapsBetween([1, 3, 7])).toEqual([2, 4]);
    const other = await observed('poisson', { jobs: 2_000, seed: '2' });
    // 1.95 sqrt(2 / n) is passed by one in a thousand.
    expect(goodnessOf(jobs, other).gaps).toBeLessThan(1.95 * Math.sqrt(2 / 2_000));
  });

  it.each([
    ['posson', 'there is no fit of `posson`; it is one of poisson, mmpp, diurnal, lublin-feitelson'],
    ['google-like', 'there is no fit of `google-like`'],
  ])('of a model that has none is refused: %s', async (model, message) => {
    const jobs = await observed('poisson', { jobs: 100 });
    expect(() => fitModel(model, jobs)).toThrow(message);
  });

  it('of too few jobs, or of jobs at one time, is refused', () => {
    const one = { submits: new Array<number>(50).fill(3), runs: [], sizes: [], sizeOf: 'cpus' };
    expect(() => fitModel('poisson', one)).toThrow('50 jobs at 1 times: too few to fit a model to');
  });
});
