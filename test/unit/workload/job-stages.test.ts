import { describe, expect, it } from 'vitest';
import { criticalPath, inOrder, jobStages, withWidths } from '../../../src/workload/job-stages.ts';

/** A diamond: 0 before 1 and 2, both before 3; stage 2 has two tasks. */
const diamond = jobStages([1, 1, 2, 1], [[], [0], [0], [1, 2]]);

describe('the stages of a job', () => {
  it('say where their tasks begin', () => {
    expect([...diamond.firstTask]).toEqual([0, 1, 2, 4, 5]);
  });

  it('grow with the widths of their tasks, by task and not by stage', () => {
    expect([...withWidths(diamond, [2, 1, 1, 4, 3]).firstTask]).toEqual([0, 2, 3, 8, 11]);
  });

  it('come behind their parents in order', () => {
    expect([...inOrder(jobStages([1, 1, 1], [[2], [0], []]))]).toEqual([2, 0, 1]);
  });

  it('are as long as the longest chain, each stage as its longest task', () => {
    // 10 + max(5, max(7, 20)) + 3
    expect(criticalPath(diamond, Float64Array.of(99, 10, 5, 7, 20, 3), 1)).toBe(33);
  });
});
