import { describe, expect, it } from 'vitest';
import type { Decisions } from '../../../../src/allocators/allocator.ts';
import { PassTimes } from '../../../../src/allocators/lp/pass-times.ts';

function asked(): { decide: Decisions; wakes: number[] } {
  const wakes: number[] = [];
  return { decide: { wakeAt: (time: number) => wakes.push(time) } as unknown as Decisions, wakes };
}

describe('passes', () => {
  it('come at once where nothing is said', () => {
    const { decide, wakes } = asked();
    const times = new PassTimes(null, 0);
    expect([times.isDue(0, decide), times.isDue(7, decide), wakes]).toEqual([true, true, []]);
  });

  it('lie on a grid, and one is asked for once', () => {
    const { decide, wakes } = asked();
    const times = new PassTimes(10, 0);
    expect([0, 3, 4, 10, 11].map((now) => times.isDue(now, decide))).toEqual([true, false, false, true, false]);
    expect(wakes).toEqual([10, 20]);
  });

  it('wait for other changes, counted from the first since the last pass', () => {
    const { decide, wakes } = asked();
    const times = new PassTimes(null, 5);
    expect([2, 6, 7, 8, 13].map((now) => times.isDue(now, decide))).toEqual([false, false, true, false, true]);
    expect(wakes).toEqual([7, 13]);
  });
});
