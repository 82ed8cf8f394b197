import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PreemptionRule, timeToRun, workDone, workKept } from '../../../src/allocators/preemption.ts';

const resume: PreemptionRule = { kind: 'resume' };
const restart: PreemptionRule = { kind: 'restart' };
const free: PreemptionRule = { kind: 'checkpoint', interval: 10, cost: 0 };
const costly: PreemptionRule = { kind: 'checkpoint', interval: 10, cost: 3 };

describe('how long a task runs', () => {
  it.each([resume, restart, free])('is as long as its work where nothing is written: %j', (rule) => {
    for (const left of [0, 1, 9, 10, 11, 35]) expect(timeToRun(rule, left)).toBe(left);
  });

  it('is longer by a checkpoint after each interval, but for one where the work ends', () => {
    expect([0, 1, 10, 11, 20, 21, 30].map((left) => timeToRun(costly, left))).toEqual([0, 1, 10, 14, 23, 27, 36]);
  });
});

describe('what a preemption keeps', () => {
  it('is everything, nothing, or what lies before the last whole checkpoint', () => {
    const elapsed = [0, 9, 10, 12, 13, 14, 25, 26];
    expect(elapsed.map((time) => workKept(resume, time))).toEqual(elapsed);
    expect(elapsed.map((time) => workKept(restart, time))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(elapsed.map((time) => workKept(free, time))).toEqual([0, 0, 10, 10, 10, 10, 20, 20]);
    // A checkpoint is there when it is written: from 10 to 13, and from 23 to 26.
    expect(elapsed.map((time) => workKept(costly, time))).toEqual([0, 0, 0, 0, 10, 10, 10, 20]);
  });

  it('is of what was done: time in which a checkpoint is written is no work', () => {
    const elapsed = [0, 9, 10, 12, 13, 14, 23, 25, 26];
    expect(elapsed.map((time) => workDone(costly, time))).toEqual([0, 9, 10, 10, 10, 11, 20, 20, 20]);
    expect(elapsed.map((time) => workDone(resume, time))).toEqual(elapsed);
    expect(elapsed.map((time) => workDone(restart, time))).toEqual(elapsed);
  });

  it('is never more than was done, nor is that more than the time, nor so much that the task would have ended', () => {
    const numbers = fc.record({
      interval: fc.integer({ min: 1, max: 9 }),
      cost: fc.integer({ min: 0, max: 9 }),
      left: fc.integer({ min: 1, max: 60 }),
      part: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    });
    fc.assert(
      fc.property(numbers, ({ interval, cost, left, part }) => {
        const rule: PreemptionRule = { kind: 'checkpoint', interval, cost };
        const whole = timeToRun(rule, left);
        const elapsed = Math.floor(part * whole);
        expect(workKept(rule, elapsed)).toBeLessThanOrEqual(workDone(rule, elapsed));
        expect(workDone(rule, elapsed)).toBeLessThanOrEqual(elapsed);
        expect(workKept(rule, elapsed)).toBeLessThan(left);
        expect(workDone(rule, whole)).toBe(left);
      }),
    );
  });
});
