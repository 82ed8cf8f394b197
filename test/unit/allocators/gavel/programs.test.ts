import { beforeAll, describe, expect, it } from 'vitest';
import { leastFinishTimes } from '../../../../src/allocators/gavel/assignment.ts';
import { isolatedShares, normalised, proportionalThroughputs } from '../../../../src/allocators/gavel/equal-split.ts';
import { leastFinishRatio } from '../../../../src/allocators/gavel/finish-time-fairness.ts';
import { entityRates } from '../../../../src/allocators/gavel/level-rates.ts';
import { leastMakespan, publishedMakespan } from '../../../../src/allocators/gavel/makespan.ts';
import { maxMinObjective, maxMinShares } from '../../../../src/allocators/gavel/max-min.ts';
import { mostThroughput } from '../../../../src/allocators/gavel/max-throughput.ts';
import { nashShares, strategyProofShares } from '../../../../src/allocators/gavel/nash-welfare.ts';
import { type TimeProblem, weigh } from '../../../../src/allocators/gavel/time-problem.ts';
import { fill } from '../../../../src/allocators/gavel/water-filling.ts';
import { loadSolver } from '../../../../src/optimization/load-solver.ts';
import type { Solver } from '../../../../src/optimization/solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

/** Two types of one worker each: job 0 is four times as fast on the first, job 1 as fast on both. */
const pair: TimeProblem = {
  throughputs: [
    [4, 1],
    [1, 1],
  ],
  counts: [1, 1],
  scales: [1, 1],
};

const close = (got: readonly number[], expected: readonly number[]) => {
  expect(got.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, 8);
};

describe('the equal split', () => {
  it('gives a job its part of each type, and no more than all of its time', () => {
    expect(isolatedShares(pair)).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    expect(isolatedShares({ ...pair, counts: [4, 4], scales: [2, 8] })).toEqual([
      [0.5, 0.5],
      [0.25, 0.25],
    ]);
  });

  it('gives a type where a job cannot run to nobody', () => {
    expect(isolatedShares({ throughputs: [[2, 0]], counts: [1, 1], scales: [1] })).toEqual([[1, 0]]);
  });

  it('measures throughputs by time spent in proportion to the workers', () => {
    expect(proportionalThroughputs({ ...pair, counts: [1, 3] })).toEqual([1.75, 1]);
    expect(normalised(pair)).toEqual([
      [1.6, 0.4],
      [1, 1],
    ]);
  });
});

describe('max-min', () => {
  it('gives the fast worker to the job that gains by it: 1.6 times the equal split against 1', () => {
    expect(maxMinObjective(solver, pair, [1, 1])).toBeCloseTo(1, 8);
    // Job 1 can have no more than 1; job 0 then has all of the first type.
    const shares = maxMinShares(solver, pair, [1, 1]);
    close(shares.flat(), [1, 0, 0, 1]);
  });

  it('counts a weight of two twice, and knows no types where it is told so', () => {
    // x of the one worker for job 0 of weight 2: x / 2 = 1 - x.
    const one = { throughputs: [[3], [5]], counts: [1], scales: [1, 1] };
    close(maxMinShares(solver, one, [2, 1]).flat(), [2 / 3, 1 / 3]);
    close(maxMinShares(solver, pair, [1, 1], true).flat(), [0.5, 0.5, 0.5, 0.5]);
  });
});

describe('filling entities', () => {
  const alike = (jobs: number): TimeProblem => ({
    throughputs: Array.from({ length: jobs }, () => [1]),
    counts: [1],
    scales: new Array<number>(jobs).fill(1),
  });
  const heights = (inner: 'fairness' | 'fifo', of: readonly number[], weights: readonly number[]) => {
    const problem = alike(of.length);
    return fill(
      solver,
      problem,
      normalised(problem),
      entityRates(
        { weights, of, inner },
        of.map(() => 1),
      ),
    );
  };

  it('shares by the weights of entities, then among their jobs: 1/3 for two, 2/3 for one', () => {
    close(heights('fairness', [0, 0, 1], [1, 2]), [1 / 6, 1 / 6, 2 / 3]);
  });

  it('serves the first of an entity alone while it can rise', () => {
    close(heights('fifo', [0, 0, 1], [1, 2]), [1 / 3, 0, 2 / 3]);
  });

  it('goes on after one is stuck: three workers for four jobs, of which one entity has three', () => {
    const problem = { ...alike(4), counts: [3] };
    const rates = entityRates({ weights: [1, 1], of: [0, 0, 0, 1], inner: 'fairness' }, [1, 1, 1, 1]);
    close(fill(solver, problem, normalised(problem), rates), [2 / 3, 2 / 3, 2 / 3, 1]);
  });
});

describe('the least makespan', () => {
  it('is 1 h for 6 h of work of which 6 h can be done in one', () => {
    const problem = {
      throughputs: [
        [3, 1, 1],
        [3, 2, 1],
        [3, 2, 1],
      ],
      counts: [1, 1, 1],
      scales: [1, 1, 1],
    };
    expect(leastMakespan(solver, problem, [2, 2, 2])).toBeCloseTo(1, 9);
    expect(leastMakespan(solver, problem, [0, 0, 0])).toBe(0);
  });

  it('is missed by the published search by up to 5 %, and never below 100 s', () => {
    expect(publishedMakespan(200)).toBe(206.80084228515625);
    expect(publishedMakespan(1)).toBeGreaterThan(100);
  });
});

describe('the least finish ratio', () => {
  it('is 1 where jobs share one worker alike, and more where one has waited', () => {
    const one = { throughputs: [[1], [1]], counts: [1], scales: [1, 1] };
    const fresh = { age: 0, work: 10, alone: 20 };
    expect(leastFinishRatio(solver, one, [fresh, fresh])).toBeCloseTo(1, 10);
    const ratio = leastFinishRatio(solver, one, [{ ...fresh, age: 20 }, fresh]);
    const e = 10 / (20 * ratio - 20);
    expect(10 / (1 - e) / 20).toBeCloseTo(ratio, 10);
  });

  it('is nothing where no work is left', () => {
    expect(
      leastFinishRatio(solver, pair, [
        { age: 5, work: 0, alone: 1 },
        { age: 5, work: 0, alone: 1 },
      ]),
    ).toBe(0);
  });
});

describe('the most throughput', () => {
  it('goes where most is done, or most for the money', () => {
    expect(mostThroughput(solver, pair).sum).toBeCloseTo(5, 9);
    expect(mostThroughput(solver, pair, [8, 1]).sum).toBeCloseTo(1.5, 9);
  });

  it('keeps least throughputs, or drops all of them where one cannot be had', () => {
    expect(mostThroughput(solver, pair, undefined, [0, 1])).toMatchObject({ dropped: false });
    const dropped = mostThroughput(solver, pair, undefined, [0.1, 3]);
    expect(dropped).toMatchObject({ dropped: true });
    expect(dropped.sum).toBeCloseTo(5, 9);
  });
});

describe('Nash welfare', () => {
  it('halves one worker, and takes from each what its presence costs the other', () => {
    const one = { throughputs: [[3], [5]], counts: [1], scales: [1, 1] };
    for (const share of nashShares(solver, one).flat()) expect(share).toBeCloseTo(0.5, 4);
    const { shares, kept } = strategyProofShares(solver, one);
    for (const part of kept) expect(part).toBeCloseTo(0.5, 4);
    for (const got of weigh([[1], [1]], shares)) expect(got).toBeCloseTo(0.25, 4);
  });

  it('is refused for a job that can run nowhere', () => {
    expect(() => nashShares(solver, { throughputs: [[0]], counts: [1], scales: [1] })).toThrow('a job can run nowhere');
  });
});

describe('least finish times', () => {
  it('put the short job before the long one: 1 + (1 + 3) on one worker', () => {
    const { places, total } = leastFinishTimes(solver, [[3], [1]]);
    expect(total).toBeCloseTo(5, 9);
    expect(places.map(({ fromEnd }) => fromEnd)).toEqual([1, 2]);
  });
});
