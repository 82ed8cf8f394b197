import { expect, it } from 'vitest';
import { SECOND } from '../../../../src/base/time.ts';
import { StartLog } from '../../../../src/conformance/logs/start-log.ts';
import type { JobOutcome } from '../../../../src/simulation/job-outcome.ts';

/** Notes jobs of submit, start, run time and processors; in seconds. */
function logOf(
  ...jobs: readonly (readonly [index: number, submit: number, start: number, run: number, width: number])[]
) {
  const log = new StartLog();
  for (const [index, submit, start, run, width] of jobs) {
    const times = { submit: submit * SECOND, start: start * SECOND, end: (start + run) * SECOND, run: run * SECOND };
    log.onJobEnded(0, { index, ...times, area: times.run * width, status: 'completed' } as JobOutcome);
  }
  return log;
}

it('hashes nothing to the offset of the hash, and one start of 0 s to offset times prime', () => {
  expect(logOf().hash()).toBe(2_166_136_261);
  expect(logOf([0, 0, 0, 1, 1]).hash()).toBe(Number((2_166_136_261n * 16_777_619n) % 4_294_967_296n));
});

it('hashes starts in order of submission, in whatever order jobs end', () => {
  expect(logOf([1, 0, 5, 1, 1], [0, 0, 9, 1, 1]).hash()).toBe(logOf([0, 0, 9, 1, 1], [1, 0, 5, 1, 1]).hash());
  expect(logOf([1, 0, 5, 1, 1], [0, 0, 9, 1, 1]).hash()).not.toBe(logOf([0, 0, 5, 1, 1], [1, 0, 9, 1, 1]).hash());
});

it('sums the waits', () => {
  expect(logOf([0, 1, 4, 9, 1], [1, 2, 2, 9, 1], [2, 3, 10, 9, 1]).totalWait()).toBe(3 + 0 + 7);
});

it('gives the root of the mean square of bounded slowdowns', () => {
  // (20 + 20) / 20 is 2; 12 s of less than 10 s is 1.2; 1 s of less than 10 s counts as 1.
  expect(logOf([0, 0, 20, 20, 1], [1, 0, 8, 4, 1], [2, 0, 0, 1, 1]).rmsBoundedSlowdown()).toBeCloseTo(
    Math.sqrt((4 + 1.44 + 1) / 3),
    14,
  );
});

it('divides all work by what the machine could do until the last start', () => {
  expect(logOf([0, 2, 2, 6, 2], [1, 3, 12, 30, 4]).workUntilLastStart(4)).toBe((12 + 120) / (10 * 4));
});

it('leaves out rejected jobs', () => {
  const log = logOf([1, 0, 3, 1, 1]);
  log.onJobEnded(0, { index: 0, submit: 0, start: Number.NaN, status: 'rejected' } as JobOutcome);
  expect(log.totalWait()).toBe(3);
});
