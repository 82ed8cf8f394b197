import { describe, expect, it } from 'vitest';
import { LUBLIN, meanGap } from '../../../../src/workload/generators/lublin-feitelson.ts';
import { meanRate } from '../../../../src/workload/generators/mmpp.ts';
import { drawJobs, gapsOf, meanOf } from '../../../support/draw-jobs.ts';

/** Jobs in each window of so many seconds. */
function counts(submits: readonly number[], window: number, windows: number): number[] {
  const result = new Array<number>(windows).fill(0);
  for (const submit of submits) {
    const at = Math.floor(submit / window);
    if (at < windows) result[at]!++;
  }
  return result;
}

function dispersion(values: readonly number[]): number {
  const { mean, error } = meanOf(values);
  return (error * error * values.length) / mean;
}

/** Four standard errors: one test in 16,000 would fail of itself. */
function expectMean(values: readonly number[], expected: number): void {
  const { mean, error } = meanOf(values);
  expect(Math.abs(mean - expected) / error, `mean ${mean}, expected ${expected}`).toBeLessThan(4);
}

describe('poisson', () => {
  it('has the gaps of an exponential: their mean is their standard deviation', async () => {
    const gaps = gapsOf(await drawJobs('poisson', { jobs: 20_000, parameters: { rate: 0.5e-6 } }));
    expectMean(gaps, 2);
    expectMean(
      gaps.map((gap) => gap * gap),
      8,
    );
  });

  it('has counts whose variance is their mean', async () => {
    const jobs = await drawJobs('poisson', { until: '20000s', parameters: { rate: 1e-6 } });
    // The variance of the ratio over n windows is 2 / n.
    expect(
      Math.abs(
        dispersion(
          counts(
            jobs.map(({ submit }) => submit),
            20,
            1_000,
          ),
        ) - 1,
      ),
    ).toBeLessThan(4 * Math.sqrt(2 / 1_000));
  });
});

describe('mmpp', () => {
  // Bursts of 10 a second and silence, both for 10 s on average.
  const states = [
    { rate: 10e-6, stay: 10e6 },
    { rate: 0, stay: 10e6 },
  ];

  it('has the mean rate of its states by the time spent in them', () => {
    expect(meanRate(states)).toBe(5e-6);
    expect(
      meanRate([
        { rate: 3, stay: 1 },
        { rate: 1, stay: 3 },
      ]),
    ).toBe(1.5);
  });

  it('is stationary from time 0 on, and more dispersed than Poisson by what theory says', async () => {
    const window = 10;
    const batches = await Promise.all(
      Array.from({ length: 30 }, (_, seed) =>
        drawJobs('mmpp', { until: '10000s', seed: `s${seed}`, parameters: { states } }),
      ),
    );
    const windows = batches.map((jobs) =>
      counts(
        jobs.map(({ submit }) => submit),
        window,
        1_000,
      ),
    );
    expectMean(
      windows.map((all) => meanOf(all).mean),
      5 * window,
    );
    expectMean(
      windows.map((all) => all[0]!),
      5 * window,
    );
    // 1 + 2 p1 p2 (l1 - l2)^2 / (r l) (1 - (1 - exp(-r t)) / (r t)), r = 0.1 + 0.1 a second: Fischer, section 3.
    const rt = 0.2 * window;
    const expected = 1 + ((2 * 0.25 * 100) / (0.2 * 5)) * (1 - (1 - Math.exp(-rt)) / rt);
    expectMean(windows.map(dispersion), expected);
    expect(expected).toBeGreaterThan(29);
  });

  it('is Poisson where it has a single state', async () => {
    const gaps = gapsOf(await drawJobs('mmpp', { jobs: 10_000, parameters: { states: [{ rate: 1e-6, stay: 1e6 }] } }));
    expectMean(gaps, 1);
    expectMean(
      gaps.map((gap) => gap * gap),
      2,
    );
  });

  it('goes from each of three states to the others alike', async () => {
    const three = [
      { rate: 1e-6, stay: 10e6 },
      { rate: 4e-6, stay: 20e6 },
      { rate: 0, stay: 70e6 },
    ];
    const batches = await Promise.all(
      Array.from({ length: 30 }, (_, seed) =>
        drawJobs('mmpp', { until: '10000s', seed: `${seed}`, parameters: { states: three } }),
      ),
    );
    expectMean(
      batches.map((jobs) => jobs.length / 10_000),
      0.9,
    );
  });
});

describe('diurnal', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => (hour < 8 ? 0 : hour < 16 ? 3 : 1));
  const days = [1, 1, 1, 1, 1, 0.5, 0];
  const week = 7 * 86_400;

  it('has the rate of each hour and day', async () => {
    const jobs = await drawJobs('diurnal', { until: `${20 * week}s`, parameters: { rate: 0.01e-6, hours, days } });
    // 0.01 a second x 168 h of a week; 4/3 is the mean weight of an hour, 5.5/7 that of a day.
    for (const [day, hour] of [
      [0, 3],
      [0, 9],
      [2, 20],
      [5, 12],
      [6, 12],
    ] as const) {
      const found = jobs.filter(({ submit }) => Math.floor((submit % week) / 3_600) === day * 24 + hour).length;
      const expected = 20 * 36 * (hours[hour]! / (4 / 3)) * (days[day]! / (5.5 / 7));
      if (expected === 0) expect(found).toBe(0);
      else expect(Math.abs(found - expected) / Math.sqrt(expected)).toBeLessThan(4);
    }
    expect(Math.abs(jobs.length - 20 * 6_048) / Math.sqrt(20 * 6_048)).toBeLessThan(4);
  });

  it('begins at the time of the week that it is told', async () => {
    const monday = await drawJobs('diurnal', { jobs: 100, parameters: { hours, days } });
    expect(monday[0]!.submit).toBeGreaterThan(8 * 3_600);
    const atEight = await drawJobs('diurnal', { jobs: 100, parameters: { hours, days, offset: 8 * 3_600e6 } });
    expect(atEight.map(({ submit }) => Math.round((submit + 8 * 3_600) * 1e3))).toEqual(
      monday.map(({ submit }) => Math.round(submit * 1e3)),
    );
  });

  it('is poisson, to the microsecond, where no weight is given', async () => {
    const plain = await drawJobs('poisson', { jobs: 500 });
    const flat = await drawJobs('diurnal', { jobs: 500 });
    for (const [i, { submit }] of flat.entries()) expect(Math.abs(submit - plain[i]!.submit)).toBeLessThan(1e-5);
  });
});

describe('lublin-feitelson', () => {
  it.each(['all', 'batch', 'interactive'] as const)(
    'has the mean gap of its gamma, whatever the hour: %s',
    async (kind) => {
      const batches = await Promise.all(
        Array.from({ length: 30 }, (_, seed) =>
          drawJobs('lublin-feitelson', { until: '8640000s', seed: `${seed}`, parameters: { class: kind } }),
        ),
      );
      expectMean(
        batches.map((jobs) => jobs.length),
        8_640_000 / meanGap(LUBLIN[kind]),
      );
    },
  );

  it('has its quiet hour before dawn and its busy one in the afternoon', async () => {
    const jobs = await drawJobs('lublin-feitelson', { jobs: 30_000 });
    const byHour = counts(
      jobs.map(({ submit }) => submit % 86_400),
      3_600,
      24,
    );
    expect(byHour.indexOf(Math.max(...byHour))).toBeGreaterThanOrEqual(12);
    expect(byHour.indexOf(Math.max(...byHour))).toBeLessThanOrEqual(16);
    expect(byHour.indexOf(Math.min(...byHour))).toBeGreaterThanOrEqual(3);
    expect(byHour.indexOf(Math.min(...byHour))).toBeLessThanOrEqual(6);
  });

  it('has the rate that it is told', async () => {
    const batches = await Promise.all(
      Array.from({ length: 30 }, (_, seed) =>
        drawJobs('lublin-feitelson', { until: '864000s', seed: `${seed}`, parameters: { rate: 0.01e-6 } }),
      ),
    );
    expectMean(
      batches.map((jobs) => jobs.length),
      8_640,
    );
  });
});
