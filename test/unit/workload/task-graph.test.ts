import { describe, expect, it } from 'vitest';
import { resolveParents, type TaskNode } from '../../../src/workload/task-graph.ts';

const task = (key: string | number, ...parents: (string | number)[]): TaskNode => ({ key, parents });

describe('the parents of tasks', () => {
  it('are found by name, each once, in order of position', () => {
    const { parents, ...faults } = resolveParents([task('b', 'c', 'a', 'a'), task('a'), task('c')]);
    expect(parents).toEqual([[1, 2], [], []]);
    expect(faults).toEqual({ dangling: 0, cyclic: 0, duplicates: 0 });
  });

  it('that no task is are not waited for', () => {
    expect(resolveParents([task(1), task(2, 1, 7)])).toMatchObject({ parents: [[], [0]], dangling: 1 });
  });

  it('inside a cycle are dropped, and those outside it stay', () => {
    const graph = resolveParents([task(0), task(1, 0, 3), task(2, 1), task(3, 2), task(4, 3), task(5, 5)]);
    expect(graph.parents).toEqual([[], [0], [], [], [3], []]);
    expect(graph.cyclic).toBe(4);
  });

  it('are the first of those that share a name', () => {
    expect(resolveParents([task('a'), task('a'), task('b', 'a')])).toMatchObject({
      parents: [[], [], [0]],
      duplicates: 1,
    });
  });

  it('of a task that is left out are waited for instead of it', () => {
    const left = { key: 1, parents: [0], isLeftOut: true };
    const further = { key: 2, parents: [1], isLeftOut: true };
    expect(resolveParents([task(0), left, further, task(3, 2)]).parents).toEqual([[], [0]]);
  });

  it('are found in chains of any length', () => {
    const chain = Array.from({ length: 200_000 }, (_, i) => (i === 0 ? task(0) : task(i, i - 1)));
    expect(resolveParents(chain).parents.at(-1)).toEqual([199_998]);
  });
});
