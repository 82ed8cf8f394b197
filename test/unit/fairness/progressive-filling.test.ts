import { describe, expect, it } from 'vitest';
import { progressiveFilling } from '../../../src/fairness/progressive-filling.ts';

/** Nine cpus and 18 GB; A's tasks take (1, 4), B's (3, 1). */
const A = { demand: [1, 4] };
const B = { demand: [3, 1] };
const tasks = (capacity: number[], users: Parameters<typeof progressiveFilling>[1]) =>
  progressiveFilling(capacity, users).tasks;

function expectTasks(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((count, u) => {
    expect(count).toBeCloseTo(expected[u]!, 12);
  });
}

describe('progressiveFilling', () => {
  it('gives the example of the DRF paper: three tasks and two, both with a share of 2/3', () => {
    // 2x/9 = y/3 and x + 3y = 9
    const { tasks, shares } = progressiveFilling([9, 18], [A, B]);
    expectTasks(tasks, [3, 2]);
    expectTasks(shares, [2 / 3, 2 / 3]);
  });

  it('raises shares in proportion to weights', () => {
    // 2x/9 = 2 (y/3), x + 3y = 9: x = 3y, but 4x + y <= 18 is tight first: 13y = 18
    expectTasks(tasks([9, 18], [{ ...A, weight: 2 }, B]), [54 / 13, 18 / 13]);
    // 2 (2x/9) = y/3, x + 3y = 9: y = 4x/3, 5x = 9
    expectTasks(tasks([9, 18], [A, { ...B, weight: 2 }]), [9 / 5, 12 / 5]);
  });

  it('gives what a bounded user leaves to the others', () => {
    // A stops at 1 task, B takes the other 8 cpus
    expectTasks(tasks([9, 18], [{ ...A, tasks: 1 }, B]), [1, 8 / 3]);
  });

  it('is max-min fairness for one resource', () => {
    const users = [2, 2.6, 4, 5].map((bound) => ({ demand: [1], tasks: bound }));
    expectTasks(tasks([10], users), [2, 2.6, 2.7, 2.7]);
  });

  it('gives the divisions the DRF paper compares with asset fairness and CEEI', () => {
    // shares 3x/30 = y/30 and 3x + y = 30
    expectTasks(tasks([30, 30], [{ demand: [1, 3] }, { demand: [1, 1] }]), [5, 15]);
    // 3x = 4y = 10.5: halves of the bottleneck of 21
    expectTasks(tasks([21, 21], [{ demand: [3, 2] }, { demand: [4, 1] }]), [3.5, 2.625]);
    // 16x = 2y, so y = 8x; the first resource is full at 16x + 8x = 100 (the second holds x + 16x = 71 then)
    expectTasks(tasks([100, 100], [{ demand: [16, 1] }, { demand: [1, 2] }]), [25 / 6, 100 / 3]);
    // more of the first resource harms the second user: no policy of this kind is monotone in resources
    const users = [{ demand: [2, 1] }, { demand: [1, 2] }];
    expectTasks(tasks([100, 100], users), [100 / 3, 100 / 3]);
    expectTasks(tasks([400, 100], users), [50, 25]);
  });

  it('goes on raising who needs none of the full resources', () => {
    // The first two share the first resource: 5 and 5. The third needs only the second resource and fills it to 20.
    const users = [{ demand: [1, 0] }, { demand: [1, 0] }, { demand: [0, 1] }];
    expectTasks(tasks([10, 20], users), [5, 5, 20]);
  });

  it('stops at several full resources one after the other', () => {
    // Level 1/2 fills cpus: 5 tasks of A and of B, which hold 50 mem; C has 100 by then and goes on to 200 - 50 = 150;
    // D stops at its bound, level 7/10.
    const users = [
      { demand: [1, 0, 0] },
      { demand: [1, 10, 0] },
      { demand: [0, 1, 0] },
      { demand: [0, 0, 1], tasks: 7 },
    ];
    expectTasks(tasks([10, 200, 10], users), [5, 5, 150, 7]);
  });

  it('gives a user that demands nothing all it can use', () => {
    expect(tasks([10], [{ demand: [0], tasks: 3 }, { demand: [1] }])).toEqual([3, 10]);
    expect(progressiveFilling([10], [{ demand: [0] }])).toEqual({ tasks: [Number.POSITIVE_INFINITY], shares: [0] });
  });

  it('gives nothing to a user that demands what there is none of', () => {
    expect(tasks([10, 0], [{ demand: [1, 1] }, { demand: [1, 0] }])).toEqual([0, 10]);
  });

  it('gives nothing to a user whose bound is zero', () => {
    expect(tasks([10], [{ demand: [1], tasks: 0 }, { demand: [1] }])).toEqual([0, 10]);
  });

  it.each([
    [[-1], [{ demand: [1] }], 'capacity is -1'],
    [[1], [{ demand: [1, 2] }], 'user 0 demands 2 resources, the capacity has 1'],
    [[1], [{ demand: [1] }, { demand: [Number.NaN] }], 'user 1: demand is NaN'],
    [[1], [{ demand: [1], weight: 0 }], 'user 0: weight is 0'],
    [[1], [{ demand: [1], tasks: -2 }], 'user 0: tasks is -2'],
  ])('refuses numbers out of range: %#', (capacity, users, message) => {
    expect(() => progressiveFilling(capacity, users)).toThrow(message);
  });
});
