import { describe, expect, it } from 'vitest';
import type { RunningTask } from '../../../../../src/allocators/mesos/master/running-task.ts';
import { RunningTasks } from '../../../../../src/allocators/mesos/master/running-tasks.ts';

function task(row: number, node: number): RunningTask {
  return { task: row, node } as RunningTask;
}

describe('the tasks that a master counts as running', () => {
  it('are found by row and by node, in order of their start', () => {
    const running = new RunningTasks();
    const [first, second, other] = [task(7, 1), task(3, 1), task(5, 2)];
    for (const one of [first, second, other]) running.add(one);
    expect(running.get(3)).toBe(second);
    expect(running.on(1)).toEqual([first, second]);
    expect(running.on(9)).toEqual([]);
    expect(running.size).toBe(3);
  });

  it('may end while those of their node are gone through', () => {
    const running = new RunningTasks();
    for (const one of [task(1, 0), task(2, 0)]) running.add(one);
    for (const one of running.on(0)) expect(running.delete(one)).toBe(true);
    expect(running.on(0)).toEqual([]);
    expect([...running.values()]).toEqual([]);
  });

  it('are not mistaken for one whose row another serves by now', () => {
    const running = new RunningTasks();
    const old = task(1, 0);
    running.add(old);
    expect(running.delete(old)).toBe(true);
    const now = task(1, 4);
    running.add(now);
    expect(running.delete(old)).toBe(false);
    expect(running.get(1)).toBe(now);
  });
});
