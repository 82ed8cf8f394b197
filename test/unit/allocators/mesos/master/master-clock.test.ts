import { describe, expect, it } from 'vitest';
import { MasterClock } from '../../../../../src/allocators/mesos/master/master-clock.ts';

/** A clock, and what it has done. */
function clocked() {
  const clock = new MasterClock();
  const done: string[] = [];
  const plan = (at: number, what: string, every?: number) => clock.schedule(at, () => done.push(what), every);
  const at = (now: number) => {
    clock.now = now;
    clock.advance();
    return done.splice(0);
  };
  return { clock, plan, at };
}

describe('a clock of the master', () => {
  it('does what is due first, and of one instant what was scheduled first', () => {
    const { plan, at } = clocked();
    for (const [time, what] of [
      [3, 'c'],
      [1, 'a'],
      [2, 'x'],
      [2, 'y'],
      [1, 'b'],
      [2, 'z'],
    ] as const)
      plan(time, what);
    expect(at(1)).toEqual(['a', 'b']);
    expect(at(9)).toEqual(['x', 'y', 'z', 'c']);
  });

  it('does what becomes due by doing what is due', () => {
    const { clock, plan, at } = clocked();
    clock.schedule(1, () => plan(1, 'later'));
    expect(at(1)).toEqual(['later']);
  });

  it('puts off what may wait, and wakes nobody for it', () => {
    const { clock, plan, at } = clocked();
    plan(10, 'batch', 10);
    expect(clock.next).toBe(Number.POSITIVE_INFINITY);
    expect(at(35)).toEqual([]);
  });

  it('does what was put off when it would have come next, once something has happened', () => {
    const { clock, plan, at } = clocked();
    plan(10, 'batch', 10);
    clock.now = 35;
    clock.touch();
    expect(clock.next).toBe(40);
    expect(at(39)).toEqual([]);
    expect(at(40)).toEqual(['batch']);
  });

  it('does what was put off at its own time if something happens before, and at once on the grid', () => {
    for (const [now, next] of [
      [3, 10],
      [10, 10],
      [20, 20],
      [21, 30],
    ] as const) {
      const { clock, plan } = clocked();
      plan(10, 'batch', 10);
      clock.now = now;
      clock.touch();
      expect(clock.next).toBe(next);
    }
  });

  it('puts off one thing at a time: a second one keeps its time', () => {
    const { clock, plan } = clocked();
    plan(10, 'batch', 10);
    plan(12, 'other', 10);
    expect(clock.next).toBe(12);
  });

  it('takes a timer that fires for something that has happened', () => {
    const { plan, at } = clocked();
    plan(10, 'batch', 10);
    plan(7, 'timer');
    expect(at(7)).toEqual(['timer']);
    expect(at(10)).toEqual(['batch']);
  });

  it('drops the timers of a branch that is closed, and of no other', () => {
    const { clock, plan, at } = clocked();
    const [branch, other] = [clock.branch(), clock.branch()];
    const done: string[] = [];
    branch.schedule(5, () => done.push('branch'));
    other.schedule(5, () => done.push('other'));
    plan(5, 'trunk');
    branch.close();
    expect(at(5)).toEqual(['trunk']);
    expect(done).toEqual(['other']);
    expect(branch.now).toBe(5);
  });
});
