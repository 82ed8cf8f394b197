import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/cli/read-scenario.ts';
import type { RunResult } from '../../src/report/run-result.ts';
import { ROOT } from '../support/run-cli.ts';
import { runShipped, type Settings } from '../support/run-in-process.ts';

const metric = (result: RunResult, framework: string, name: string) => result.frameworks[framework]!.metrics[name]!;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const seeds = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}`);
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}-${`${i + 1}`.padStart(2, '0')}`);

/** The same setting for several frameworks. */
const each = (frameworks: readonly string[], key: string, value: string): Settings =>
  Object.fromEntries(frameworks.map((name) => [`frameworks.${name}.${key}`, value]));

/** The workload of one framework of a scenario, kept to the nodes of one part. */
function alone(name: string, framework: string, part: string): Settings {
  const { scenario } = readScenario(join(ROOT, 'scenarios', `${name}.yaml`), []);
  const own = scenario.workload.filter((item) => 'framework' in item && item.framework === framework);
  return { workload: JSON.stringify(own.map((item) => ({ ...item, constraints: { part } }))) };
}

describe('mesos-paper-macrobenchmark', () => {
  it('speeds frameworks up in the order of table 4, and MPI hardly at all', async () => {
    const shared = await runShipped('mesos-paper-macrobenchmark');
    const speedUp: Record<string, number> = {};
    for (const framework of ['facebook', 'large', 'spark', 'mpi']) {
      const quarter = await runShipped(
        'mesos-paper-macrobenchmark',
        alone('mesos-paper-macrobenchmark', framework, framework),
      );
      expect(metric(quarter, framework, 'jobs.completed')).toBe(metric(shared, framework, 'jobs.completed'));
      speedUp[framework] = metric(quarter, framework, 'response.mean') / metric(shared, framework, 'response.mean');
    }
    const { facebook, large, spark, mpi } = speedUp as Record<'facebook' | 'large' | 'spark' | 'mpi', number>;
    expect(metric(shared, 'facebook', 'jobs.completed')).toBe(100);
    expect(large).toBeGreaterThan(spark);
    expect(spark).toBeGreaterThan(facebook);
    expect(facebook).toBeGreaterThan(mpi);
    expect(large).toBeGreaterThan(1.9);
    expect(large).toBeLessThan(2.2);
    expect(mpi).toBeGreaterThan(0.95);
    expect(mpi).toBeLessThan(1);
  });
});

describe('mesos-delay-scheduling', () => {
  const frameworks = numbered('hadoop', 16);

  it('runs more maps beside their data the longer jobs wait, and ends sooner than on parts of its own', async () => {
    const local: number[] = [];
    const took: number[] = [];
    for (const delay of ['0s', '1s', '5s']) {
      const { metrics } = await runShipped('mesos-delay-scheduling', each(frameworks, 'scheduler.delay', delay));
      local.push(metrics['locality']!);
      took.push(metrics['makespan']!);
    }
    const own = await runShipped('mesos-delay-scheduling', {
      ...alone('mesos-delay-scheduling', 'hadoop-01', '1'),
      'frameworks.hadoop-01.scheduler.delay': '0s',
    });
    // 3 copies on 93 nodes, of which 6 are its own: 19 %.
    expect(own.metrics['locality']).toBeCloseTo((3 * 6) / 93, 1);
    expect(local[0]).toBeLessThan(0.9);
    expect(local[1]).toBeGreaterThan(0.9);
    expect(local[2]).toBeGreaterThan(0.95);
    expect(took[0]).toBeGreaterThan(took[1]!);
    expect(took[1]).toBeGreaterThan(took[2]!);
    expect(own.metrics['makespan']! / took[2]!).toBeGreaterThan(1.5);
  });
});

describe('mesos-ramp-up', () => {
  const T = 300;
  const harmonic = Array.from({ length: 100 }, (_, i) => 1 / (i + 1)).reduce((sum, part) => sum + part, 0);
  const exponential: Settings = { 'workload.0.duration': '{exponential: {mean: 300s}}' };
  const rigid: Settings = {
    'frameworks.newcomer.scheduler': 'mpi',
    'workload.1.tasks': '100',
    'workload.1.duration': '600s',
  };
  const runs = (settings: Settings, count: number) =>
    Promise.all(seeds(count).map((seed) => runShipped('mesos-ramp-up', { ...settings, seed })));

  it('takes T where tasks take T, and an elastic job (1/2 + beta) T', async () => {
    const elastic = await runs({}, 2);
    for (const one of elastic) {
      expect(metric(one, 'newcomer', 'ramp-up.max')).toBeGreaterThan(0.93 * T);
      expect(metric(one, 'newcomer', 'ramp-up.max')).toBeLessThanOrEqual(T);
    }
    // What is left of 100 tasks is a mean of 100 uniform draws: a standard error of 8.7 s a run; the last task adds up to 10 s.
    const took = mean(elastic.map((one) => metric(one, 'newcomer', 'response.max')));
    expect(Math.abs(took - 2.5 * T)).toBeLessThan(3 * (8.7 / Math.sqrt(2)) + 10);
  });

  it('takes T times the harmonic number where tasks are exponential, within three standard errors', async () => {
    const waits = (await runs({ ...rigid, ...exponential }, 20)).map((one) => metric(one, 'newcomer', 'wait.max'));
    // The largest of 100 exponential draws has a standard deviation of nearly T pi / sqrt(6).
    const error = (T * Math.PI) / Math.sqrt(6) / Math.sqrt(20);
    expect(Math.abs(mean(waits) - T * harmonic)).toBeLessThan(3 * error);
  });

  it('takes an elastic job (1 + beta) T where tasks are exponential', async () => {
    const took = (await runs(exponential, 3)).map((one) => metric(one, 'newcomer', 'response.max'));
    // What is left is a mean of 100 exponential draws, a standard error of 30 s a run.
    expect(Math.abs(mean(took) - 3 * T)).toBeLessThan(3 * (30 / Math.sqrt(3)) + 10);
  });

  it('keeps a rigid job of 2 T waiting for T more', async () => {
    const took = (await runs(rigid, 3)).map((one) => metric(one, 'newcomer', 'response.max'));
    for (const one of took) {
      expect(one).toBeGreaterThan(0.95 * 3 * T);
      expect(one).toBeLessThanOrEqual(3 * T + 1);
    }
  });
});

describe('mesos-lottery', () => {
  it('gives roles of weight 1 to 4 shares of 10 to 40 % of what is in use', async () => {
    const { roles, metrics } = await runShipped('mesos-lottery');
    ['a', 'b', 'c', 'd'].forEach((role, i) => {
      const share = roles[role]!.metrics['share.cpus']! / metrics['utilization.cpus']!;
      // About 18,000 draws: four standard errors are 0.015 at most.
      expect(Math.abs(share - (i + 1) / 10)).toBeLessThan(0.015);
    });
  });
});

describe('mesos-scalability', () => {
  it('delays none of the 25 tasks of a newcomer by 1 s on 2,000 full nodes', async () => {
    const result = await runShipped('mesos-scalability');
    expect(metric(result, 'newcomer', 'jobs.completed')).toBe(25);
    expect(metric(result, 'newcomer', 'wait.max')).toBeLessThan(1);
    expect(result.metrics['utilization.cpus']).toBeGreaterThan(0.97);
    const held = Object.values(result.frameworks).map(({ running }) => running.tasks);
    // 4,000 tasks of 200 frameworks; the newcomer has none.
    expect(Math.max(...held)).toBeLessThan(25);
  });
});

describe('mesos-starvation-by-decliners', () => {
  it('starves a needy framework with five decliners and not with four', async () => {
    const waits = async (settings: Settings = {}) => {
      const { frameworks, jobs } = await runShipped('mesos-starvation-by-decliners', settings);
      return { started: frameworks['needy']!.metrics['offers.accepted'], unfinished: jobs.unfinished };
    };
    expect(await waits()).toEqual({ started: 1, unfinished: 2 });
    expect(await waits({ 'frameworks.idle-5.scheduler.idle': 'suppress' })).toEqual({ started: 2, unfinished: 1 });
    expect(await waits({ 'frameworks.needy.scheduler.idle': 'suppress' })).toEqual({ started: 2, unfinished: 1 });
  });
});

describe('mesos-small-frameworks-starve-big', () => {
  const run = (settings: Settings) => runShipped('mesos-small-frameworks-starve-big', settings);
  const small = numbered('small', 50);

  it('starves the big one until the small ones refuse for longer, suppress, or are drawn by lot', async () => {
    const starved = await run({});
    expect(metric(starved, 'big', 'offers.accepted')).toBe(3);
    expect(metric(starved, 'big', 'jobs.unfinished')).toBe(1);
    const patient = await run(each(small, 'scheduler.refuse', '120s'));
    const polite = await run(each(small, 'scheduler.idle', 'suppress'));
    const drawn = await run({ 'allocator.framework-sorter': 'random' });
    expect(metric(patient, 'big', 'response.max')).toBe(600);
    expect(metric(polite, 'big', 'response.max')).toBe(600);
    expect(metric(drawn, 'big', 'response.max')).toBeLessThan(630);
    expect(polite.metrics['offers.declined']! * 1000).toBeLessThan(starved.metrics['offers.declined']!);
  });
});

describe('mesos-offer-hoarding', () => {
  it('starts nothing of the worker without a timeout, and half of it at a time with one', async () => {
    const hoarded = await runShipped('mesos-offer-hoarding');
    expect(metric(hoarded, 'worker', 'offers.made')).toBe(0);
    const taken = await runShipped('mesos-offer-hoarding', { 'allocator.offer-timeout': '30s' });
    expect(metric(taken, 'worker', 'wait.max')).toBe(20);
    // 80 tasks of 60 s, 20 at a time.
    expect(metric(taken, 'worker', 'response.max')).toBe(20 + 240);
  });
});

describe('mesos-quota-headroom', () => {
  it('keeps half of the cluster idle until its owner comes, who then does not wait', async () => {
    const kept = await runShipped('mesos-quota-headroom');
    const shared = await runShipped('mesos-quota-headroom', { 'roles.production': '{}' });
    expect(metric(kept, 'web', 'response.max')).toBe(600);
    expect(metric(shared, 'web', 'response.max')).toBeGreaterThan(660);
    expect(kept.metrics['utilization.cpus']).toBeLessThan(0.65);
    expect(shared.metrics['utilization.cpus']).toBeGreaterThan(0.99);
  });
});

describe('mesos-fragmentation', () => {
  it('keeps tasks that need a whole node waiting for long, which best fit does not', async () => {
    const dealt = await runShipped('mesos-fragmentation');
    const packed = await runShipped('mesos-fragmentation', { allocator: '{name: drf, placement: best-fit}' });
    expect(metric(dealt, 'big', 'wait.mean')).toBeGreaterThan(100 * metric(packed, 'big', 'wait.mean'));
    expect(dealt.metrics['utilization.cpus']).toBeLessThan(0.65);
  });
});

describe('mesos-node-loss', () => {
  it('starts lost tasks anew at once where the connection breaks, and 80 s later where only silence tells', async () => {
    const ends = async (settings: Settings) => (await runShipped('mesos-node-loss', settings)).metrics['makespan'];
    expect((await runShipped('mesos-node-loss')).tasks.failed).toBe(2);
    expect(await ends({})).toBe(300);
    // Pings go out every 15 s: the first in vain at 105 s, and five timeouts.
    expect(await ends({ 'allocator.node-loss': 'silence' })).toBe(105 + 75 + 200);
    expect(await ends({ frameworks: '{service: {checkpoint: true}}' })).toBe(105 + 75 + 200);
  });
});

describe('mesos-master-failover', () => {
  it('leaves alone what runs, and has newcomers wait for the next master and up to 1 s more', async () => {
    const result = await runShipped('mesos-master-failover');
    expect(metric(result, 'service', 'response.max')).toBe(300);
    expect(result.tasks.failed).toBe(0);
    // Submitted at 101 s; the next master is there at 105.5 s.
    expect(metric(result, 'batch', 'wait.max')).toBeGreaterThan(4.5);
    expect(metric(result, 'batch', 'wait.max')).toBeLessThan(5.5);
    const calm = await runShipped('mesos-master-failover', { events: '[]' });
    expect(metric(calm, 'batch', 'wait.max')).toBe(0);
  });
});

describe('drf-dynamic-sharing', () => {
  it('gives both jobs much where they want different things, and half each where they want the same', async () => {
    const shares = async (until: string) => {
      const { roles } = await runShipped('drf-dynamic-sharing', { until });
      return ['one', 'two'].map((role) => roles[role]!.running.dominantShare);
    };
    for (const share of await shares('119s')) expect(share).toBeGreaterThan(0.6);
    for (const until of ['239s', '359s']) {
      const [one, two] = await shares(until);
      expect(Math.abs(one! - two!)).toBeLessThan(0.05);
      expect(one! + two!).toBeGreaterThan(0.85);
      expect(one! + two!).toBeLessThan(1.01);
    }
  });
});

describe('drf-versus-slots', () => {
  it('completes as many large jobs as with safe slots, three times the small ones, and those in half the time', async () => {
    const count = async (settings: Settings) => {
      const { frameworks } = await runShipped('drf-versus-slots', settings);
      const of = (kind: string) => {
        const own = Object.entries(frameworks).filter(([name]) => name.startsWith(kind));
        const jobs = own.map(([, { metrics }]) => metrics['jobs.completed']!);
        const took = own.map(([, { metrics }]) => metrics['response.mean']! - metrics['wait.mean']!);
        return { jobs: jobs.reduce((sum, one) => sum + one, 0), took: mean(took) };
      };
      return { large: of('large'), small: of('small') };
    };
    const slots = (n: number) =>
      count({
        'cluster.nodes.0.capacity.slots': `${n}`,
        'allocator.fair-sharing-excluded-resource-names': 'cpus,mem',
      });
    const drf = await count({});
    const three = await slots(3);
    const six = await slots(6);
    const cpus = await count({ 'allocator.fair-sharing-excluded-resource-names': 'mem,slots' });
    expect(drf.large.jobs).toBeGreaterThanOrEqual(three.large.jobs);
    expect(drf.small.jobs).toBeGreaterThan(3 * three.small.jobs);
    expect(drf.small.took).toBeLessThan(0.5 * three.small.took);
    expect(drf.large.took).toBeLessThan(three.large.took);
    for (const other of [six, cpus]) {
      expect(drf.small.jobs).toBeGreaterThan(other.small.jobs);
      expect(drf.small.took).toBeLessThan(other.small.took);
      expect(drf.large.jobs).toBeLessThan(other.large.jobs);
    }
  });
});
