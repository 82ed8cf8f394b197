import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import { metricDefinitions } from '../../../src/metrics/registry.ts';
import { runWorkload, type TestRun } from '../../support/run-workload.ts';

const SECOND = 1_000_000;

/** On 2 cpus of one node: 10 s of 2 cpus by `low`; from 4 s on 3 s of 1 cpu by `high`. */
const world: Omit<TestRun, 'allocator'> = {
  resources: [resource('cpus')],
  groups: [{ name: 'pool', count: 1, capacity: [2000], attributes: {} }],
  jobs: [
    { framework: 'low', submit: 0, tasks: [{ demand: [2000], run: 10 * SECOND }] },
    { framework: 'high', submit: 4 * SECOND, priority: 1, tasks: [{ demand: [1000], run: 3 * SECOND }] },
  ],
};

/** The values of one metric, of the run, by name. */
async function valuesOf(name: string, allocator: TestRun['allocator'], jobs = world.jobs, resources = world.resources) {
  const metrics = createMetrics({
    resources,
    warm: 0,
    definitions: metricDefinitions.filter((definition) => definition.name === name),
  });
  await runWorkload({ ...world, resources, jobs, allocator, observers: () => metrics.observers });
  return metrics.values();
}

describe('wasted work', () => {
  it('is nothing where work is kept', async () => {
    const values = await valuesOf('wasted-work', { name: 'priority', preempt: 'resume' });
    expect(values['wasted-work']).toBe(0);
  });

  it('is all that had been done, times the cpus, where tasks begin again', async () => {
    const values = await valuesOf('wasted-work', { name: 'priority', preempt: 'restart' });
    expect(values['wasted-work']).toBe(4 * 2);
  });

  it('is what was done since the last checkpoint; the checkpoint itself is no work', async () => {
    // 2 s of work, 1 s of checkpoint, 1 s of work that is lost.
    const rule = { name: 'priority', preempt: 'checkpoint', 'checkpoint-interval': '2s', 'checkpoint-cost': '1s' };
    expect((await valuesOf('wasted-work', rule))['wasted-work']).toBe(1 * 2);
    // 1.5 s of work, and 2.5 of the 3 s of a checkpoint: all of the work is lost, the time of the checkpoint is not.
    const slow = { ...rule, 'checkpoint-interval': '1500ms', 'checkpoint-cost': '3s' };
    expect((await valuesOf('wasted-work', slow))['wasted-work']).toBe(1.5 * 2);
  });

  it('is of the first resource where there are no cpus', async () => {
    const values = await valuesOf('wasted-work', { name: 'priority', preempt: 'restart' }, world.jobs, [
      resource('mem'),
    ]);
    expect(values['wasted-work']).toBe(4 * 2);
  });
});

describe('total wait', () => {
  it('is the time between submission and end that was not the run', async () => {
    const values = await valuesOf('total-wait', { name: 'priority', preempt: 'resume' });
    // The first waits 3 s while it is preempted; the second never.
    expect(values['total-wait.mean']).toBe(1.5);
    expect(values['total-wait.max']).toBe(3);
  });

  it('counts what is done a second time as waiting, and the wait before the first start', async () => {
    expect((await valuesOf('total-wait', { name: 'priority', preempt: 'restart' }))['total-wait.max']).toBe(7);
    expect((await valuesOf('total-wait', { name: 'fifo' }))['total-wait.max']).toBe(6);
  });

  it('is null without jobs', async () => {
    const values = await valuesOf('total-wait', { name: 'fifo' }, []);
    expect([values['total-wait.mean'], values['total-wait.max']]).toEqual([null, null]);
  });
});

describe('utilization', () => {
  it('counts a preempted task while it runs, and what checkpoints take', async () => {
    const whole = await valuesOf('utilization', { name: 'priority', preempt: 'resume' });
    expect(whole['utilization.cpus']).toBe((4 * 2 + 3 * 1 + 6 * 2) / (13 * 2));
    // Checkpoints of 1 s: one in the first 4 s, one in the 3 s of the second job, three in the 8 s that are left then.
    const rule = { name: 'priority', preempt: 'checkpoint', 'checkpoint-interval': '2s', 'checkpoint-cost': '1s' };
    const written = await valuesOf('utilization', rule);
    expect(written['utilization.cpus']).toBe((4 * 2 + 4 * 1 + 11 * 2) / (19 * 2));
  });

  it('counts of a task that runs at a share that share', async () => {
    // The first alone up to 4 s; then at 2/3 each, the second for 4.5 s; then the first alone.
    const values = await valuesOf('utilization', { name: 'ps' });
    const held = [4 * 2, 4.5 * 2, 3 * 2].reduce((a, b) => a + b);
    expect(values['utilization.cpus']).toBeCloseTo(held / (11.5 * 2), 6);
  });
});
