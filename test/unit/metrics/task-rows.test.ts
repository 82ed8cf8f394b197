import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { TaskRows, taskColumns } from '../../../src/metrics/task-rows.ts';
import { runWorkload } from '../../support/run-workload.ts';

const SECOND = 1_000_000;

describe('the rows of tasks.csv', () => {
  it('are one for each stretch of time in which a task ran, in order of their ends', async () => {
    const rows: unknown[][] = [];
    await runWorkload({
      resources: [resource('cpus')],
      groups: [{ name: 'n', count: 2, capacity: [1000], attributes: {} }],
      jobs: [
        {
          framework: 'low',
          submit: 0,
          tasks: [10, 3].map((run) => ({ demand: [1000], run: run * SECOND })),
        },
        { framework: 'high', submit: 1 * SECOND, priority: 1, tasks: [{ demand: [1000], run: 4 * SECOND }] },
        { framework: 'high', submit: 2 * SECOND, priority: 1, tasks: [{ demand: [1000], run: 1 * SECOND }] },
      ],
      allocator: { name: 'priority', preempt: 'restart' },
      observers: () => [new TaskRows((row) => rows.push([...row]))],
    });
    const columns = ['index', 'job', 'task', 'framework', 'node', 'start_s', 'end_s', 'status'];
    expect(taskColumns([resource('cpus')])).toEqual([...columns, 'cpus_used']);
    // At 1 s the later start gives way, at 2 s the other one.
    expect(rows).toEqual([
      [0, 0, 1, 'low', 'n-1', 0, 1, 'preempted', 1],
      [0, 0, 0, 'low', 'n-0', 0, 2, 'preempted', 1],
      [2, 2, 0, 'high', 'n-0', 2, 3, 'completed', 1],
      [1, 1, 0, 'high', 'n-1', 1, 5, 'completed', 1],
      [0, 0, 1, 'low', 'n-1', 5, 8, 'completed', 1],
      [0, 0, 0, 'low', 'n-0', 3, 13, 'completed', 1],
    ]);
  });

  it('end with the tasks that still run, in order of their start, without an end', async () => {
    const rows: unknown[][] = [];
    await runWorkload({
      resources: [resource('cpus'), resource('mem')],
      groups: [{ name: 'n', count: 1, capacity: [2000, 4000], attributes: {} }],
      jobs: [
        { framework: 'a', submit: 0, tasks: [{ demand: [500, 1500], run: 3 * SECOND }] },
        { framework: 'b', submit: 1 * SECOND, tasks: [{ demand: [250, 0], run: 9 * SECOND }] },
        { framework: 'a', submit: 2 * SECOND, tasks: [{ demand: [1000, 0], run: 9 * SECOND }] },
      ],
      allocator: { name: 'fifo' },
      until: 4 * SECOND,
      observers: () => [new TaskRows((row) => rows.push([...row]))],
    });
    expect(rows).toEqual([
      [0, 0, 0, 'a', 'n', 0, 3, 'completed', 0.5, 1.5],
      [1, 1, 0, 'b', 'n', 1, null, 'running', 0.25, 0],
      [2, 2, 0, 'a', 'n', 2, null, 'running', 1, 0],
    ]);
  });
});
