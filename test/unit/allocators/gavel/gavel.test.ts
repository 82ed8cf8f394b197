import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { runWorkload, type TestJob, type TestRun } from '../../../support/run-workload.ts';

const SECOND = 1_000_000;
const types = { fast: 4, slow: 1 };
const node = (type: string, count = 1) => ({ name: type, count, capacity: [1000], attributes: { type } });

const job = (run: number, more: Partial<TestJob> = {}): TestJob => ({
  framework: 'a',
  submit: 0,
  speeds: { type: types },
  tasks: [{ demand: [1000], run: run * SECOND }],
  ...more,
});

async function run(jobs: readonly TestJob[], options: Record<string, string> = {}, more: Partial<TestRun> = {}) {
  const finished = await runWorkload({
    resources: [resource('cpus')],
    groups: [node('fast'), node('slow')],
    jobs,
    allocator: { name: 'gavel', round: '10s', ...options },
    ...more,
  });
  const at = finished.segments.map(({ job, start, end, node }) => [job, start / SECOND, end / SECOND, node]);
  return { ...finished, at: at.sort((a, b) => a[1]! - b[1]! || a[0]! - b[0]!) };
}

describe('gavel', () => {
  it('gives the fast node to the job that gains by it, and both run on without a preemption', async () => {
    // Job 0 does 4 on the fast node, job 1 does 1 anywhere.
    const { at, counts } = await run([job(80), job(20, { speeds: {} })]);
    expect(at).toEqual([
      [0, 0, 20, 0],
      [1, 0, 20, 1],
    ]);
    expect(counts.tasks.preempted).toBe(0);
  });

  it('has like jobs take turns on the fast node: 100 of work each, 4 in a round of 10 s or 1', async () => {
    const { at } = await run([job(100), job(100)]);
    const [first, second] = [0, 1].map((index) => at.filter(([of]) => of === index).map((row) => row[3]));
    for (let round = 0; round < 3; round++) expect(first![round]).not.toBe(second![round]);
    // Each has done 40 + 10 + 40 after three rounds or 10 + 40 + 10.
    expect(first).toContain(0);
    expect(first).toContain(1);
    expect(second).toContain(0);
    expect(second).toContain(1);
  });

  it('lets what comes during a round wait for its end', async () => {
    const { at } = await run([job(160), job(5, { submit: 3 * SECOND })], {}, { groups: [node('fast', 2)] });
    expect(at.find(([of]) => of === 1)).toEqual([1, 10, 11.25, 1]);
  });

  it('begins a round at once where nothing runs', async () => {
    const { at } = await run([job(4), job(4, { submit: 3 * SECOND })]);
    expect(at).toEqual([
      [0, 0, 1, 0],
      [1, 3, 4, 0],
    ]);
  });

  it('keeps the last division for `min-reset`: a newcomer is in none', async () => {
    const jobs = [job(400), job(4, { submit: SECOND })];
    const { at } = await run(jobs, { 'min-reset': '45s' }, { groups: [node('fast', 2)] });
    expect(at.find(([of]) => of === 1)).toEqual([1, 50, 51, 1]);
  });

  it('seats a gang on one type, at its speed', async () => {
    const task = { demand: [1000], run: 40 * SECOND };
    const gang = job(0, { gang: true, tasks: [task, task] });
    const { at } = await run([gang], {}, { groups: [node('fast', 1), node('slow', 2)] });
    expect(at).toEqual([
      [0, 0, 40, 1],
      [0, 0, 40, 2],
    ]);
  });

  it('runs a gang across types where none has room for all of it', async () => {
    const task = { demand: [1000], run: 40 * SECOND };
    const { at } = await run([job(0, { gang: true, tasks: [task, task] }), job(10)]);
    expect(at.filter(([of]) => of === 0)).toEqual([
      [0, 0, 40, 0],
      [0, 0, 40, 1],
    ]);
  });

  it('shares by roles first under `hierarchical`: one job of one role has as much as three of another', async () => {
    const long = { tasks: [{ demand: [1000], run: 2_000 * SECOND }], speeds: {} };
    const jobs = [job(0, { ...long, framework: 'b' }), ...[1, 2, 3].map(() => job(0, long))];
    const { at } = await run(jobs, { policy: 'hierarchical' }, { groups: [node('slow')], until: 245 * SECOND });
    const time = at.filter(([of]) => of === 0).reduce((sum, [, start, end]) => sum + end! - start!, 0);
    // The round that is on at the end is not counted.
    expect(Math.abs(time - 120)).toBeLessThanOrEqual(10);
  });

  it('refuses rounds that are too short for a checkpoint', async () => {
    await expect(run([job(1)], { preempt: 'checkpoint', 'checkpoint-interval': '20s' })).rejects.toThrow(
      'a round must be long enough for one checkpoint',
    );
  });
});
