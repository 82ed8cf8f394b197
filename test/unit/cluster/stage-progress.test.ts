import { describe, expect, it } from 'vitest';
import { SimulationError } from '../../../src/base/errors.ts';
import { StageProgress, stageAt } from '../../../src/cluster/stage-progress.ts';
import { jobStages } from '../../../src/workload/job-stages.ts';

/** Stage 0 of two tasks; 1 and 2 of one task wait for it, and 3 of two tasks for both. */
const diamond = jobStages([2, 1, 1, 2], [[], [0], [0], [1, 2]]);

describe('the progress of a job with stages', () => {
  it('says which stages have nothing left to wait for when the last task of another has ended', () => {
    const progress = new StageProgress();
    progress.enter(7, diamond);
    expect([0, 1, 2, 3].map((stage) => progress.isReady(7, stage))).toEqual([true, false, false, false]);
    expect(progress.ended(7, 1)).toEqual([]);
    expect(progress.ended(7, 0)).toEqual([1, 2]);
    expect(progress.ended(7, 3)).toEqual([]);
    expect(progress.ended(7, 2)).toEqual([3]);
    expect(progress.ended(7, 4)).toEqual([]);
    expect(progress.ended(7, 5)).toEqual([]);
  });

  it('lets a stage wait for one that stands behind it', () => {
    const progress = new StageProgress();
    progress.enter(0, jobStages([1, 1], [[1], []]));
    expect(progress.isReady(0, 0)).toBe(false);
    expect(progress.ended(0, 1)).toEqual([0]);
  });

  it('is one for each job, and is forgotten with it', () => {
    const progress = new StageProgress();
    progress.enter(0, diamond);
    progress.enter(1, diamond);
    progress.remove(0);
    expect(progress.graphOf(0)).toBeUndefined();
    expect(progress.graphOf(1)).toBe(diamond);
    expect(() => progress.ended(0, 0)).toThrow(SimulationError);
  });
});

describe('the stage of a position', () => {
  it('is the one in whose run it stands', () => {
    expect([0, 1, 2, 3, 4, 5].map((position) => stageAt(diamond, position))).toEqual([0, 0, 1, 2, 3, 3]);
  });
});
