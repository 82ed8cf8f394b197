import { describe, expect, it } from 'vitest';
import { JobLog } from '../../../src/metrics/job-log.ts';
import { Windows } from '../../../src/metrics/windows.ts';
import type { JobStatus } from '../../../src/simulation/job-outcome.ts';
import { tellJobEnds } from '../../support/job-ends.ts';

interface Block {
  readonly only: boolean;
  readonly waits: number[];
  readonly starts: number[];
}

function logOf(limit: number, jobs: readonly [framework: number, wait: number, status?: JobStatus][]): Block[] {
  const blocks: Block[] = [];
  const log = new JobLog(new Windows(0), limit);
  log.addReader({
    read: ({ count, wait, starts }, only) => {
      blocks.push({
        only,
        waits: Array.from(wait.subarray(0, count)),
        starts: Array.from(starts),
      });
    },
  });
  const rest = { index: 0, name: 'j', run: 1, width: 1, area: 1, tasks: 1, reason: '', source: 0 };
  tellJobEnds(
    log,
    jobs.map(([framework, wait, status = 'completed']) => {
      return { ...rest, framework, status, submit: 100, start: 100 + wait, end: 200 + wait };
    }),
  );
  log.onEnd();
  return blocks;
}

describe('JobLog', () => {
  it('gives the jobs of one framework after the other, each in order of end, and where they begin', () => {
    const blocks = logOf(10, [
      [2, 5],
      [0, 7],
      [2, 3],
      [0, 1],
      [0, 9],
    ]);
    // three of framework 0, none of 1, two of 2
    const starts = [0, 3, 3, 5];
    expect(blocks).toEqual([{ only: true, waits: [7, 1, 9, 5, 3], starts }]);
  });

  it('gives blocks when there are more jobs than it holds', () => {
    const blocks = logOf(2, [
      [1, 5],
      [0, 7],
      [0, 3],
      [1, 1],
      [2, 9],
    ]);
    expect(blocks).toEqual([
      { only: false, waits: [7, 5], starts: [0, 1, 2] },
      { only: false, waits: [3, 1], starts: [0, 1, 2] },
      { only: false, waits: [9], starts: [0, 0, 0, 1] },
    ]);
  });

  it('gives one block for as many jobs as it holds', () => {
    const blocks = logOf(2, [
      [0, 1],
      [0, 2],
    ]);
    expect(blocks).toEqual([{ only: true, waits: [1, 2], starts: [0, 2] }]);
  });

  it('gives an empty block for no jobs, and leaves out what is not done', () => {
    expect(logOf(2, [])).toEqual([{ only: true, waits: [], starts: [0] }]);
    const blocks = logOf(9, [
      [0, 1, 'rejected'],
      [0, 2, 'killed'],
      [0, 3, 'unfinished'],
      [0, 4, 'failed'],
    ]);
    expect(blocks).toEqual([{ only: true, waits: [2], starts: [0, 1] }]);
  });
});
