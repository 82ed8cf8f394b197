import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import type { JobOutcome } from '../../../src/simulation/job-outcome.ts';
import { runWorkload, type TestJob } from '../../support/run-workload.ts';

const SECOND = 1_000_000;
const speeds = { type: { fast: 4, slow: 0.5 } };
const groups = ['fast', 'slow'].map((type) => ({ name: type, count: 1, capacity: [1000], attributes: { type } }));

/** Jobs of one cpu that do 100 s of work. */
const job = (more: Partial<TestJob> = {}): TestJob => ({
  framework: 'a',
  submit: 0,
  speeds,
  tasks: [{ demand: [1000], run: 100 * SECOND }],
  ...more,
});

async function run(
  jobs: readonly TestJob[],
  allocator: { name: string; [option: string]: string } = { name: 'fifo' },
  nodes = groups,
) {
  const outcomes: JobOutcome[] = [];
  const { segments } = await runWorkload({
    resources: [resource('cpus')],
    groups: nodes,
    jobs,
    allocator,
    observers: () => [{ onJobEnded: (_time, outcome) => outcomes.push({ ...outcome }) }],
  });
  return { segments: segments.map(({ start, end }) => [start / SECOND, end / SECOND]), outcomes };
}

describe('work on nodes of unlike speed', () => {
  it('takes a quarter of the time at speed 4 and twice the time at a half, and the job has run so long', async () => {
    const { segments, outcomes } = await run([job(), job()]);
    expect(segments).toEqual([
      [0, 25],
      [0, 200],
    ]);
    expect(outcomes.map(({ run, area }) => [run / SECOND, area / SECOND])).toEqual([
      [25, 25],
      [200, 200],
    ]);
  });

  it('goes at the speed of the slowest node of a gang', async () => {
    const task = { demand: [1000], run: 100 * SECOND };
    const { segments, outcomes } = await run([job({ gang: true, tasks: [task, task] })]);
    expect(segments).toEqual([
      [0, 200],
      [0, 200],
    ]);
    expect(outcomes[0]!.area / SECOND).toBe(400);
  });

  it('goes on where it is started again at the speed there: 20 s at 4 and 20 s of work at a half', async () => {
    const busy = job({ submit: 20 * SECOND, priority: 1, speeds: { type: { slow: 0 } } });
    const { segments, outcomes } = await run([job(), busy], { name: 'priority', preempt: 'resume' });
    expect(segments).toEqual([
      [0, 20],
      [20, 60],
      [20, 120],
    ]);
    expect(outcomes.map(({ run }) => run / SECOND)).toEqual([60, 100]);
  });

  it('is counted anew where what was done is lost: a run time of 200 s after 20 s for nothing', async () => {
    const busy = job({ submit: 20 * SECOND, priority: 1, speeds: { type: { slow: 0 } } });
    const { outcomes } = await run([job(), busy], { name: 'priority', preempt: 'restart' });
    expect(outcomes.map(({ run }) => run / SECOND)).toEqual([100, 200]);
  });

  it('is shared by fluid tasks at the speed of their node: two of 100 s at 4 take 50 s', async () => {
    const { segments } = await run([job(), job()], { name: 'ps' }, groups.slice(0, 1));
    expect(segments[0]).toEqual([0, 50]);
  });

  it('is not known to a task without speeds', async () => {
    const { segments } = await run([job({ speeds: {} }), job({ speeds: {} })]);
    expect(segments).toEqual([
      [0, 100],
      [0, 100],
    ]);
  });
});
