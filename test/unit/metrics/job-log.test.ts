import { describe, expect, it } from 'vitest';
import { JobLog } from '../../../src/metrics/job-log.ts';
import { Windows } from '../../../src/metrics/windows.ts';
import type { JobStatus } from '../../../src/simulation/observer.ts';

interface Block {
  readonly only: boolean;
  /** Waits, framework by framework. */
  readonly waits: number[][];
}

function logOf(limit: number, jobs: readonly [framework: number, wait: number, status?: JobStatus][]): Block[] {
  const blocks: Block[] = [];
  const log = new JobLog(new Windows(0), limit);
  log.addReader({
    read: (jobs, only) => {
      const waits = Array.from({ length: jobs.frameworks }, (_, f) =>
        Array.from(jobs.order.subarray(jobs.starts[f], jobs.starts[f + 1]), (row) => jobs.wait[row]!),
      );
      blocks.push({ only, waits });
    },
  });
  const rest = { index: 0, name: 'j', run: 1, width: 1, area: 1, tasks: 1, reason: '', source: 0 };
  for (const [framework, wait, status = 'completed'] of jobs) {
    log.onJobEnded(0, { ...rest, framework, status, submit: 100, start: 100 + wait, end: 200 + wait });
  }
  log.onEnd();
  return blocks;
}

describe('JobLog', () => {
  it('gives all jobs framework by framework, in order of end', () => {
    const blocks = logOf(10, [
      [2, 5],
      [0, 7],
      [2, 3],
      [0, 1],
      [0, 9],
    ]);
    expect(blocks).toEqual([{ only: true, waits: [[7, 1, 9], [], [5, 3]] }]);
  });

  it('gives blocks when there are more jobs than it holds', () => {
    const blocks = logOf(2, [
      [1, 5],
      [0, 7],
      [0, 3],
      [1, 1],
      [3, 9],
    ]);
    expect(blocks).toEqual([
      { only: false, waits: [[7], [5]] },
      { only: false, waits: [[3], [1]] },
      { only: false, waits: [[], [], [], [9]] },
    ]);
  });

  it('gives one block for as many jobs as it holds', () => {
    const blocks = logOf(2, [
      [0, 1],
      [0, 2],
    ]);
    expect(blocks).toEqual([{ only: true, waits: [[1, 2]] }]);
  });

  it('gives an empty block for no jobs, and leaves out what is not done', () => {
    expect(logOf(2, [])).toEqual([{ only: true, waits: [] }]);
    expect(
      logOf(9, [
        [0, 1, 'rejected'],
        [0, 2, 'killed'],
        [0, 3, 'unfinished'],
        [0, 4, 'failed'],
      ]),
    ).toEqual([{ only: true, waits: [[2]] }]);
  });
});
