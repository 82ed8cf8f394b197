import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitQueue } from '../../../src/allocators/unit-queue.ts';

describe('the queue of units', () => {
  it('gives the least key first, of one key the one submitted first, of one job the lowest row', () => {
    const queue = new UnitQueue();
    for (const [task, key, submission] of [
      [4, 2, 0],
      [3, 1, 5],
      [9, 1, 4],
      [8, 1, 4],
      [1, 7, 1],
    ] as const) {
      queue.add(task, key, submission);
    }
    const order: unknown[] = [];
    for (; queue.size > 0; queue.removeFirst()) {
      order.push([queue.first(), queue.firstKey(), queue.firstSubmission()]);
    }
    expect(order).toEqual([
      [8, 1, 4],
      [9, 1, 4],
      [3, 1, 5],
      [4, 2, 0],
      [1, 7, 1],
    ]);
  });

  it('is a sorted list, whatever was added and removed in between', () => {
    const key = fc.constantFrom(Number.NEGATIVE_INFINITY, -1, -0, 0, 0.5, 3);
    const step = fc.oneof(
      { weight: 2, arbitrary: fc.record({ key, submission: fc.integer({ min: 0, max: 3 }) }) },
      { weight: 1, arbitrary: fc.constant(null) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const queue = new UnitQueue();
        let list: { task: number; key: number; submission: number }[] = [];
        for (const [task, added] of steps.entries()) {
          if (added === null) {
            if (list.length > 0) queue.removeFirst();
            list = list.slice(1);
          } else {
            // Rows are used again in any order: they do not grow with time.
            const row = (task * 37) % 101;
            queue.add(row, added.key, added.submission);
            list.push({ task: row, ...added });
            list.sort((a, b) => compare(a.key, b.key) || a.submission - b.submission || a.task - b.task);
          }
          expect(queue.size).toBe(list.length);
          if (list.length > 0)
            expect([queue.first(), queue.firstSubmission()]).toEqual([list[0]!.task, list[0]!.submission]);
        }
      }),
    );
  });
});

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
