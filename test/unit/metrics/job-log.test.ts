import { describe, expect, it } from 'vitest';
import { JobLog } from '../../../src/metrics/job-log.ts';
import { Windows } from '../../../src/metrics/windows.ts';
import type { JobStatus } from '../../../src/simulation/job-outcome.ts';
import { tellJobEnds } from '../../support/job-ends.ts';

interface Part {
  readonly only: boolean;
  /** Of all blocks, in order of frameworks. */
  readonly waits: number[];
  readonly starts: number[];
}

function partsOf(limit: number, jobs: readonly [framework: number, wait: number, status?: JobStatus][]): Part[] {
  const parts: Part[] = [];
  const log = new JobLog(new Windows(0), limit);
  let waits: number[] = [];
  log.addReader({
    read: ({ count, wait }) => waits.push(...wait.subarray(0, count)),
    finishPart: ({ count, place, starts }, only) => {
      expect(count).toBe(waits.length);
      const sorted: number[] = [];
      for (const [row, wait] of waits.entries()) sorted[place[row]!] = wait;
      parts.push({ only, waits: sorted, starts: Array.from(starts) });
      waits = [];
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
  return parts;
}

describe('JobLog', () => {
  it('gives the jobs of one framework after the other, each in order of end, and where they begin', () => {
    const parts = partsOf(10, [
      [2, 5],
      [0, 7],
      [2, 3],
      [0, 1],
      [0, 9],
    ]);
    // three of framework 0, none of 1, two of 2
    const starts = [0, 3, 3, 5];
    expect(parts).toEqual([{ only: true, waits: [7, 1, 9, 5, 3], starts }]);
  });

  it('gives parts when there are more jobs than one may have', () => {
    const parts = partsOf(2, [
      [1, 5],
      [0, 7],
      [0, 3],
      [1, 1],
      [2, 9],
    ]);
    expect(parts).toEqual([
      { only: false, waits: [7, 5], starts: [0, 1, 2] },
      { only: false, waits: [3, 1], starts: [0, 1, 2] },
      { only: false, waits: [9], starts: [0, 0, 0, 1] },
    ]);
  });

  it('gives one part for as many jobs as it may have', () => {
    const parts = partsOf(2, [
      [0, 1],
      [0, 2],
    ]);
    expect(parts).toEqual([{ only: true, waits: [1, 2], starts: [0, 2] }]);
  });

  it('gives a part block by block', () => {
    const jobs = Array.from({ length: 2_500 }, (_, i) => [i % 2, i] as [number, number]);
    const even = Array.from({ length: 1_250 }, (_, i) => 2 * i);
    const odd = even.map((wait) => wait + 1);
    expect(partsOf(10_000, jobs)).toEqual([{ only: true, waits: [...even, ...odd], starts: [0, 1_250, 2_500] }]);
    expect(partsOf(2_048, jobs).map(({ waits }) => waits.length)).toEqual([2_048, 452]);
  });

  it('gives an empty part for no jobs, and leaves out what is not done', () => {
    expect(partsOf(2, [])).toEqual([{ only: true, waits: [], starts: [0] }]);
    const parts = partsOf(9, [
      [0, 1, 'rejected'],
      [0, 2, 'killed'],
      [0, 3, 'unfinished'],
      [0, 4, 'failed'],
    ]);
    expect(parts).toEqual([{ only: true, waits: [2], starts: [0, 1] }]);
  });
});
