import { describe, expect, it } from 'vitest';
import { below, openStream } from '../../../src/base/random.ts';
import { SECOND } from '../../../src/base/time.ts';
import { createMetrics, type Metrics } from '../../../src/metrics/metrics.ts';
import { catalogOf, type FakeCluster, FakeFacts } from '../../support/fake-facts.ts';
import { NaiveMetrics } from '../../support/naive-metrics.ts';

const CLUSTER: FakeCluster = {
  capacity: { cpus: 20, mem: 30, gpus: 4 },
  roles: { eng: { weight: 2 }, ads: { weight: 3, parent: 'eng' }, web: { parent: 'eng' }, sci: {} },
  // eng has a framework of its own beside the roles below it, sci has two
  frameworks: { e: 'eng', a: 'ads', w: 'web', s: 'sci', t: 'sci' },
};
/** Exact DRF of one resource is found by another way. */
const ONE_RESOURCE: FakeCluster = { ...CLUSTER, capacity: { cpus: 6 } };
const FRAMEWORKS = ['e', 'a', 'w', 's', 't', 'u', 'v'];

/** The resource that has another capacity halfway. */
function resizedOf({ capacity }: FakeCluster): string {
  return Object.keys(capacity).at(-1)!;
}

interface Trial {
  readonly metrics: Metrics;
  readonly naive: NaiveMetrics;
  readonly facts: FakeFacts;
}

/** Random facts, several in an instant more often than not. */
function randomRun(cluster: FakeCluster, seed: string, warm: number): Trial {
  const random = openStream(seed, 'facts');
  const metrics = createMetrics({ resources: catalogOf(cluster), warm: warm * SECOND });
  let naive: NaiveMetrics | undefined;
  const facts = new FakeFacts({ ...cluster, warm }, (run) => {
    naive = new NaiveMetrics(
      (f) => run.standing(f),
      () => run.waitingJobs(),
      (3 + warm) * SECOND,
    );
    return [...metrics.observers, naive];
  });
  const queued: [string, number][] = [];
  const running: [string, number][] = [];
  let now = 3;
  facts.at(now);
  for (let step = 0; step < 120; step++) {
    const pick = random();
    if (pick < 0.35 || step === 0) {
      const name = `j${step}`;
      const demands = Array.from({ length: 1 + below(random, 3) }, () => {
        const cpus = below(random, 4);
        return 'mem' in cluster.capacity ? { cpus, mem: below(random, 6), gpus: random() < 0.2 ? 1 : 0 } : { cpus };
      });
      facts.submit(name, FRAMEWORKS[below(random, FRAMEWORKS.length)]!, ...demands);
      demands.forEach((_, i) => {
        queued.push([name, i]);
      });
    } else if (pick < 0.6 && queued.length > 0) {
      const [name, position] = queued.splice(below(random, queued.length), 1)[0]!;
      facts.start(name, position);
      running.push([name, position]);
    } else if (pick < 0.66 && running.length > 0) {
      const [name, position] = running.splice(below(random, running.length), 1)[0]!;
      facts.preempt(name, position);
      queued.push([name, position]);
    } else if (pick < 0.82 && running.length > 0) {
      const [name, position] = running.splice(below(random, running.length), 1)[0]!;
      facts.end(name, position);
    } else {
      now += 1 + below(random, 9);
      facts.at(now);
    }
    if (step === 60) facts.resize(resizedOf(cluster), 8);
  }
  facts.finish(now + 5);
  return { metrics, naive: naive!, facts };
}

function expectNear(given: number | null | undefined, expected: number | null, name: string): void {
  if (expected === null) expect(given, name).toBeNull();
  else expect(given, name).toBeCloseTo(expected, 9);
}

describe('metrics of time, on random facts', () => {
  it.each([
    [0, 'three resources', CLUSTER],
    [40, 'three resources', CLUSTER],
    [0, 'one resource', ONE_RESOURCE],
    [40, 'one resource', ONE_RESOURCE],
  ] as const)('agree with asking for everything anew in each interval (warm-up of %i s, %s)', (warm, _, cluster) => {
    for (let seed = 0; seed < 25; seed++) {
      const { metrics, naive, facts } = randomRun(cluster, `${seed}`, warm);
      const values = metrics.values();
      // The twin takes the mean of the ratio, which is another value where the capacity changes.
      const steady = Object.keys(cluster.capacity).filter((name) => name !== resizedOf(cluster));
      const utilizations = steady.map((name) => `utilization.${name}`);
      for (const name of [...utilizations, 'queue.mean', 'queue-tasks.mean']) {
        expectNear(values[name], naive.means.get(name)!.value, name);
      }
      for (const name of ['fairness.jain', 'fairness.min-max']) {
        expectNear(values[name], naive.means.get(name)?.value ?? null, name);
      }
      for (const name of ['queue.max', 'queue-tasks.max']) expect(values[name], name).toBe(naive.maxima.get(name));
      const deviations = [...naive.means]
        .filter(([name]) => name.startsWith('deviation'))
        .map(([, mean]) => mean.value!);
      const deviation = deviations.reduce((sum, value) => sum + value, 0) / deviations.length;
      expectNear(values['fairness.drf-deviation'], deviation, 'fairness.drf-deviation');
      for (let framework = 0; framework < facts.view.frameworkCount; framework++) {
        expectOne(naive, `framework ${framework}`, metrics.framework(framework));
      }
      for (let role = 0; role < facts.view.roleCount; role++) expectOne(naive, `role ${role}`, metrics.role(role));
      const users = new Set(Array.from({ length: facts.view.frameworkCount }, (_, f) => facts.view.roleOf(f)));
      const starved = [...users].map((role) => naive.maxima.get(`role ${role} starvation.max`)! / SECOND);
      expect(values['starvation.max']).toBe(Math.max(...starved));
    }
  });
});

function expectOne(naive: NaiveMetrics, who: string, values: Record<string, number | null>): void {
  const shares = Object.keys(values).filter((name) => name.startsWith('share.'));
  expect(shares).toContain('share.cpus');
  for (const name of [...shares, 'dominant-share.mean']) {
    // A framework that appears late held nothing before.
    const length = naive.means.get('role 0 share.cpus')!.time;
    const mean = naive.means.get(`${who} ${name}`)!;
    expectNear(values[name], (mean.value! * mean.time) / length, `${who} ${name}`);
  }
  expect(values['starvation.max'], `${who} starvation.max`).toBe(naive.maxima.get(`${who} starvation.max`)! / SECOND);
}
