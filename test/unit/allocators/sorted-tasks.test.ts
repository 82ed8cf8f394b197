import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedTasks } from '../../../src/allocators/sorted-tasks.ts';

function listed(tasks: SortedTasks): number[][] {
  return Array.from({ length: tasks.size }, (_, i) => [tasks.task(i), tasks.key(i)]);
}

describe('sorted tasks', () => {
  it('of one key stand in the order in which they were added', () => {
    const tasks = new SortedTasks();
    for (const [task, key] of [
      [5, 2],
      [3, 1],
      [4, 2],
      [2, 2],
    ] as const) {
      tasks.add(task, key);
    }
    expect(listed(tasks)).toEqual([
      [3, 1],
      [5, 2],
      [4, 2],
      [2, 2],
    ]);
    tasks.remove(4);
    tasks.add(4, 2);
    expect(listed(tasks).map(([task]) => task)).toEqual([3, 5, 2, 4]);
    expect(tasks.keyOf(4)).toBe(2);
  });

  it('stand in order of the tie where one is given', () => {
    const tasks = new SortedTasks();
    tasks.add(1, 0, 30);
    tasks.add(2, 0, 10);
    tasks.add(3, -1, 40);
    tasks.add(4, 0, 20);
    expect(listed(tasks).map(([task]) => task)).toEqual([3, 2, 4, 1]);
  });

  it('are a sorted list, whatever was added and removed in between, few or many', () => {
    const step = fc.record({ key: fc.integer({ min: -3, max: 3 }), at: fc.nat(), add: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
        const tasks = new SortedTasks();
        const list: { task: number; key: number; at: number }[] = [];
        for (const [n, { key, at, add }] of steps.entries()) {
          if (add > 0) {
            // A row that was given back is used again.
            let task = 0;
            while (list.some((each) => each.task === task)) task++;
            tasks.add(task, key);
            list.push({ task, key, at: n });
            list.sort((a, b) => a.key - b.key || a.at - b.at);
          } else if (list.length > 0) {
            const [gone] = list.splice(at % list.length, 1);
            tasks.remove(gone!.task);
          }
        }
        expect(listed(tasks)).toEqual(list.map(({ task, key }) => [task, key]));
      }),
    );
  });
});
