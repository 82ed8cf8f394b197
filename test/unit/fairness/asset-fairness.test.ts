import { describe, expect, it } from 'vitest';
import { assetFairness } from '../../../src/fairness/asset-fairness.ts';

function expectTasks(capacity: number[], demands: number[][], expected: number[]): void {
  const { tasks } = assetFairness(
    capacity,
    demands.map((demand) => ({ demand })),
  );
  expected.forEach((count, u) => {
    expect(tasks[u]).toBeCloseTo(count, 12);
  });
}

describe('assetFairness', () => {
  it('makes the sums of shares equal', () => {
    // A: 1/9 + 4/18 = 1/3 a task, B: 3/9 + 1/18 = 7/18; x/3 = 7y/18 and x + 3y = 9
    expectTasks(
      [9, 18],
      [
        [1, 4],
        [3, 1],
      ],
      [63 / 25, 54 / 25],
    );
  });

  it('gives the second user less than half the cluster would: no sharing incentive', () => {
    // 4x = 2y and 3x + y = 30; half of the cluster would run 15 tasks of the second
    expectTasks(
      [30, 30],
      [
        [1, 3],
        [1, 1],
      ],
      [6, 12],
    );
    // 4x = 3y and 2x + 2y = 70
    expectTasks(
      [70, 70],
      [
        [2, 2],
        [1, 2],
      ],
      [15, 20],
    );
  });

  it('does not split the bottleneck in halves', () => {
    // 5x = 5y and 3x + 4y = 21
    expectTasks(
      [21, 21],
      [
        [3, 2],
        [4, 1],
      ],
      [3, 3],
    );
  });

  it('harms the first user when the second resource doubles: no resource monotonicity', () => {
    // 6x = 2y and 4x + y = 77: 11 tasks (44 of the first resource)
    expectTasks(
      [77, 77],
      [
        [4, 2],
        [1, 1],
      ],
      [11, 33],
    );
    // (4/77 + 2/154) x = (1/77 + 1/154) y, so 10x = 3y, and 4x + y = 77: 10.5 tasks (42)
    expectTasks(
      [77, 154],
      [
        [4, 2],
        [1, 1],
      ],
      [10.5, 35],
    );
  });

  it('leaves out a resource of which there is none', () => {
    expectTasks(
      [10, 0],
      [
        [1, 0],
        [1, 0],
      ],
      [5, 5],
    );
  });
});
