import { describe, expect, it } from 'vitest';
import { runShipped } from '../support/run-in-process.ts';

const tasks = (frameworks: Record<string, { running: { tasks: number } }>) =>
  Object.fromEntries(Object.entries(frameworks).map(([name, { running }]) => [name, running.tasks]));

describe('each scenario finds what its header promises', () => {
  it('drf-paper: A runs 3 tasks and B 2, both with a dominant share of 2/3', async () => {
    const { frameworks } = await runShipped('drf-paper');
    expect(tasks(frameworks)).toEqual({ A: 3, B: 2 });
    // A: 3 x 4 GB of 18 GB; B: 2 x 3 of 9 cpus.
    expect(frameworks['A']!.running.dominantShare).toBe(2 / 3);
    expect(frameworks['B']!.running.dominantShare).toBe(2 / 3);
    expect(frameworks['A']!.running.amounts).toEqual({ cpus: 3, mem: 12 * 1024 });
  });

  it('drf-weighted: A, worth twice as much, runs 4 tasks and B 1', async () => {
    expect(tasks((await runShipped('drf-weighted')).frameworks)).toEqual({ A: 4, B: 1 });
  });

  it('drf-hierarchical: departments share the cpus in halves, whatever the number of their teams', async () => {
    const { frameworks } = await runShipped('drf-hierarchical');
    // cpus: 6 + 3 + 3 = 12; memory: 6 + 6 = 12 GB.
    expect(tasks(frameworks)).toEqual({ matlab: 6, build: 3, tests: 3, cache: 6 });
  });

  it('drf-hierarchical with hierarchy: flat: every team counts like a department', async () => {
    const { frameworks } = await runShipped('drf-hierarchical', { 'allocator.hierarchy': 'flat' });
    expect(tasks(frameworks)).toEqual({ matlab: 4, build: 4, tests: 4, cache: 8 });
  });

  it('asset-fairness: the second user runs 12 tasks, where half of the cluster would hold 15', async () => {
    // (1 + 3) x 6 = (1 + 1) x 12 thirtieths, and 18 + 12 of 30 GB
    expect(tasks((await runShipped('asset-fairness')).frameworks)).toEqual({ first: 6, second: 12 });
    expect(tasks((await runShipped('asset-fairness', { allocator: 'drf' })).frameworks)).toEqual({
      first: 5,
      second: 15,
    });
  });

  it('ceei-lie: who claims more memory than it needs runs more tasks, but not under drf', async () => {
    const lie = { 'workload.0.demand.mem': '8GB' };
    // 10,000 / 31 and 2,500 / 6 in fractions
    expect(tasks((await runShipped('ceei-lie')).frameworks)['first']).toBe(323);
    expect(tasks((await runShipped('ceei-lie', lie)).frameworks)['first']).toBe(417);
    for (const settings of [{}, lie]) {
      const { frameworks } = await runShipped('ceei-lie', { allocator: 'drf', ...settings });
      expect(tasks(frameworks)['first']).toBe(417);
    }
  });

  it('head-of-line-blocking: strict starts WIDE at 4 s, skip at 14 s', async () => {
    const strict = await runShipped('head-of-line-blocking');
    expect(strict.frameworks['wide']!.metrics['wait.max']).toBe(3);
    const skip = await runShipped('head-of-line-blocking', { 'allocator.queue': 'skip' });
    expect(skip.frameworks['wide']!.metrics['wait.max']).toBe(13);
    expect(skip.metrics['wait.mean']).toBeLessThan(strict.metrics['wait.mean']!);
  });

  it('round-robin: the textbook waits of 6, 4 and 7 s; first come, first served, 0, 24 and 27 s', async () => {
    const turns = await runShipped('round-robin');
    expect(turns.metrics['total-wait.mean']).toBeCloseTo(17 / 3, 12);
    expect(turns.metrics['total-wait.max']).toBe(7);
    expect(turns.frameworks['long']!.metrics['total-wait.mean']).toBe(6);
    expect(turns.tasks.preempted).toBe(1);
    const fifo = await runShipped('round-robin', { allocator: 'fifo' });
    expect(fifo.metrics['total-wait.mean']).toBe(17);
  });

  it('dag-critical-path: 100 s in order of submission, 70 s with the longest critical path first', async () => {
    const fifo = await runShipped('dag-critical-path');
    expect(fifo.metrics).toMatchObject({ makespan: 100, 'critical-path.max': 60, 'critical-path-ratio.max': 2 });
    // 8 maps and a reduce of 10 s each over 20 s.
    expect(fifo.metrics['stage-parallelism.max']).toBe(4.5);
    const longest = await runShipped('dag-critical-path', { allocator: 'ljf' });
    expect(longest.metrics['makespan']).toBe(70);
    expect(longest.frameworks['chain']!.metrics['response.mean']).toBe(60);
    expect(longest.frameworks['wide']!.metrics['response.max']).toBe(70);
  });

  it('preemption: work that is lost is done twice, and those of high priority do not care', async () => {
    const resume = await runShipped('preemption');
    expect(resume.frameworks['low']!.metrics['response.max']).toBe(14);
    expect(resume.metrics['wasted-work']).toBe(0);
    const restart = await runShipped('preemption', { 'allocator.preempt': 'restart' });
    expect(restart.frameworks['low']!.metrics['response.max']).toBe(16);
    // L1 had run for 3 s, L2 for 2 s.
    expect(restart.metrics['wasted-work']).toBe(5);
    for (const { tasks, frameworks } of [resume, restart]) {
      expect(tasks.preempted).toBe(2);
      expect(frameworks['middle']!.metrics['response.mean']).toBe(5);
      expect(frameworks['high']!.metrics['response.mean']).toBe(4);
    }
  });

  it('processor-sharing: short jobs take 2 s instead of 33, the long one 65 s instead of 60', async () => {
    const ps = await runShipped('processor-sharing');
    expect(ps.frameworks['short']!.metrics['response.max']).toBe(2);
    expect(ps.frameworks['long']!.metrics['response.mean']).toBe(65);
    const fifo = await runShipped('processor-sharing', { allocator: 'fifo' });
    expect(fifo.frameworks['short']!.metrics['response.mean']).toBe(33);
    expect(fifo.frameworks['long']!.metrics['response.mean']).toBe(60);
    const las = await runShipped('processor-sharing', { allocator: 'las' });
    expect(las.frameworks['short']!.metrics['response.max']).toBe(1);
    expect(las.frameworks['long']!.metrics['response.mean']).toBe(65);
  });

  it('mm1: the mean wait is 4 s within 5 %, the response 5 s, one job in five finds the server free', async () => {
    const { metrics, thresholds, jobs } = await runShipped('mm1');
    expect(metrics['wait.mean']).toBeGreaterThan(3.8);
    expect(metrics['wait.mean']).toBeLessThan(4.2);
    expect(metrics['response.mean']).toBeGreaterThan(4.75);
    expect(metrics['response.mean']).toBeLessThan(5.25);
    expect(metrics['wait.zero']! / jobs.completed).toBeCloseTo(0.2, 2);
    expect(thresholds.every(({ pass }) => pass)).toBe(true);
  });

  it('batch-bursts: bursts wait for a quarter of an hour, a steady stream of the same work hardly at all', async () => {
    const bursts = await runShipped('batch-bursts');
    const steady = await runShipped('batch-bursts', { 'workload.0.generate.states': '[{ rate: 6/m, stay: 1h }]' });
    expect(bursts.metrics['wait.mean']).toBeGreaterThan(600);
    expect(steady.metrics['wait.mean']).toBeLessThan(1);
    const half = await runShipped('batch-bursts', { 'workload.0.scale.load': '0.5' });
    expect(half.metrics['utilization.cpus']! / bursts.metrics['utilization.cpus']!).toBeCloseTo(0.5, 2);
  });

  it('lublin-batch: backfilling cuts the wait to a tenth', async () => {
    const easy = await runShipped('lublin-batch');
    const fifo = await runShipped('lublin-batch', { allocator: 'fifo' });
    expect(easy.metrics['wait.mean']).toBeLessThan(fifo.metrics['wait.mean']! / 10);
  });

  it('replay-swf: shortest first waits less on average, and longer at worst', async () => {
    const fifo = await runShipped('replay-swf');
    const sjf = await runShipped('replay-swf', { allocator: 'sjf' });
    expect(sjf.metrics['wait.mean']).toBeLessThan(fifo.metrics['wait.mean']!);
    expect(sjf.metrics['wait.max']).toBeGreaterThan(fifo.metrics['wait.max']!);
    expect(fifo.workload[0]).toMatchObject({ read: 3000, replayed: 3000, rejected: 0, skipped: {} });
  });

  it('quickstart: DRF shares better than FIFO, and every job ends', async () => {
    const drf = await runShipped('quickstart');
    const fifo = await runShipped('quickstart', { allocator: 'fifo' });
    expect(drf.jobs.completed).toBe(drf.jobs.submitted);
    expect(fifo.jobs.completed).toBe(drf.jobs.submitted);
    expect(drf.metrics['fairness.drf-deviation']).toBeLessThan(fifo.metrics['fairness.drf-deviation']!);
    expect(drf.frameworks['rails']!.metrics['wait.p95']).toBeLessThan(fifo.frameworks['rails']!.metrics['wait.p95']!);
  });
});
