import { createAllocator } from '../../../allocators/create.ts';
import { resource } from '../../../base/amounts.ts';
import { Interner } from '../../../base/interner.ts';
import { openStream } from '../../../base/random.ts';
import { toSeconds } from '../../../base/time.ts';
import { Cluster } from '../../../cluster/cluster.ts';
import { createMetrics } from '../../../metrics/metrics.ts';
import { Simulation } from '../../../simulation/simulation.ts';
import { inlineJobs } from '../../../workload/inline-jobs.ts';
import { plainContext } from '../../../workload/workload-source.ts';
import { CaseError } from '../../fields.ts';
import type { Answer } from '../expectations.ts';
import { asLaw, exponential } from '../laws.ts';
import type { Model } from '../model.ts';
import type { Estimate } from '../slice-ratio.ts';

/** Runs, each with a chance of its own, and the jobs of each. */
const RUNS = 32;
const JOBS = 20_000;

/** Jobs of one or two processors on two, all there from the start, in strict order: how fast they get done. */
export const saturated: Model = {
  id: /^msj-2-/,
  async answer({ params }) {
    const [servers, p1] = [params.positive('servers'), params.positive('p1')];
    if (servers !== 2) throw new CaseError('the jobs are of one or two processors, on two');
    if (p1 > 1) throw new CaseError(`params.p1: expected a probability, got ${p1}`);
    const runs: { throughput: number; utilization: number }[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await workOff(p1, run));
    const utilization = estimate(runs.map((run) => run.utilization));
    return new Map<string, Answer>([
      ['maxThroughput', estimate(runs.map((run) => run.throughput))],
      ['utilizationAtSaturation', utilization],
      ['utilization', utilization],
      ['capacityBound', servers / (p1 + 2 * (1 - p1))],
    ]);
  },
};

/** Mean of independent runs. */
function estimate(values: readonly number[]): Estimate {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  const squares = values.reduce((sum, each) => sum + (each - value) * (each - value), 0);
  return { value, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

async function workOff(p1: number, run: number): Promise<{ throughput: number; utilization: number }> {
  const resources = [resource('cpus', { scale: 1 })];
  const cluster = new Cluster(resources, [{ name: 'station', count: 1, capacity: [2], attributes: {} }]);
  const frameworks = new Interner();
  const template = {
    tasks: asLaw({ constant: 1 }, 1),
    demand: [asLaw({ empirical: { values: [1, 2], weights: [p1, 1 - p1] } }, 1)],
    duration: exponential(1).distribution,
    estimate: null,
    priority: 0,
    weight: 0,
    gang: false,
    constraint: 0,
  };
  const source = inlineJobs(
    {
      label: 'jobs',
      name: 'job',
      framework: 'jobs',
      jobs: JOBS,
      submit: 0,
      every: asLaw({ constant: 0 }, 1),
      template,
    },
    plainContext({ resources, frameworks, stream: (name) => openStream('conformance', `saturated/${run}/${name}`) }),
  );
  const metrics = createMetrics({ resources });
  const allocator = await createAllocator('fifo', {}, cluster, (name) => openStream('conformance', name));
  const simulation = new Simulation({
    cluster,
    frameworks,
    roleOf: (framework) => framework,
    sources: [source],
    allocator,
    observers: metrics.observers,
  });
  const { end } = await simulation.run();
  return { throughput: JOBS / toSeconds(end), utilization: metrics.values()['utilization.cpus'] ?? Number.NaN };
}
