import { createAllocator } from '../../allocators/create.ts';
import { resource } from '../../base/amounts.ts';
import type { Distribution } from '../../base/distributions.ts';
import { SimulationError } from '../../base/errors.ts';
import { Interner } from '../../base/interner.ts';
import { openStream } from '../../base/random.ts';
import { fromSeconds, SECOND } from '../../base/time.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { createMetrics, type Values } from '../../metrics/metrics.ts';
import { metricDefinitions } from '../../metrics/registry.ts';
import { Simulation } from '../../simulation/simulation.ts';
import { poisson } from '../../workload/generators/poisson.ts';
import { inlineJobs } from '../../workload/inline-jobs.ts';
import type { WorkloadContext, WorkloadSource } from '../../workload/workload-source.ts';
import { type GaugeOptions, Gauges, type Offered } from './gauges.ts';
import { asLaw, type Law } from './laws.ts';
import { SLICES } from './slice-ratio.ts';

/** Jobs that come in one after the other. */
export interface Stream {
  /** Jobs a second. */
  readonly rate: number;
  /** Gaps between jobs, where they are not exponential. */
  readonly gaps?: Distribution;
  readonly service: Law;
  /** Tasks of each job; 1 where left out. */
  readonly tasks?: number;
  readonly priority?: number;
}

/** A station of equal servers. */
export interface QueueModel {
  readonly servers: number;
  readonly allocator: string;
  readonly streams: readonly Stream[];
  readonly gauges?: GaugeOptions;
}

/** Part of a run that is left out, as it began with an empty system. */
const WARM = 0.05;

const ONE = asLaw({ constant: 1 }, 1);

const SEED = 'queueing';

/** Runs of more jobs do without the metrics, which take as long as everything else together. */
const MOST_WATCHED = 100_000;

const WATCHED: ReadonlySet<string> = new Set(['wait', 'response', 'queue-tasks', 'utilization']);

/**
 * Runs the station until about so many jobs have come, and then until it is empty.
 *
 * A short run carries the metrics that every run has too; what they say must be what the gauges say.
 */
export async function runQueue(model: QueueModel, jobs: number): Promise<Gauges> {
  const resources = [resource('cpus', { scale: 1 })];
  const cluster = new Cluster(resources, [{ name: 'station', count: 1, capacity: [model.servers], attributes: {} }]);
  const frameworks = new Interner();
  const rate = model.streams.reduce((sum, stream) => sum + stream.rate, 0);
  const horizon = fromSeconds(jobs / rate);
  const warmup = Math.round(horizon * WARM);
  const sources = model.streams.map((stream, i) => {
    const context: WorkloadContext = {
      resources,
      frameworks,
      source: i,
      stream: (name) => openStream(SEED, `${i}/${name}`),
      infeasible: () => null,
    };
    return sourceOf(stream, i, horizon, context);
  });
  const slicing = { warmup, slice: (horizon - warmup) / SLICES };
  const gauges = new Gauges(cluster, slicing, model.streams.map(offeredBy), model.gauges);
  const watched = jobs <= MOST_WATCHED ? metricDefinitions.filter(({ name }) => WATCHED.has(name)) : [];
  const metrics = createMetrics({ resources, warm: warmup, definitions: watched });
  const allocator = await createAllocator(model.allocator, {}, cluster, (name) => openStream('conformance', name));
  const simulation = new Simulation({
    cluster,
    frameworks,
    roleOf: (framework) => framework,
    sources,
    allocator,
    observers: watched.length > 0 ? [gauges, ...metrics.observers] : [gauges],
    warmup,
  });
  await simulation.run();
  if (watched.length > 0) agree(gauges, metrics.values(), model.servers);
  return gauges;
}

function sourceOf(stream: Stream, i: number, horizon: number, context: WorkloadContext): WorkloadSource {
  const name = `class-${i}`;
  const template = {
    tasks: asLaw({ constant: stream.tasks ?? 1 }, 1),
    demand: [ONE],
    duration: stream.service.distribution,
    estimate: null,
    priority: stream.priority ?? 0,
    gang: false,
    constraint: 0,
  };
  if (stream.gaps === undefined) {
    const jobs = Number.POSITIVE_INFINITY;
    const rate = stream.rate / SECOND;
    return poisson(
      { label: name, name, frameworks: [{ name, weight: 1 }], rate, jobs, until: horizon, template },
      context,
    );
  }
  const jobs = Math.floor((horizon / SECOND) * stream.rate);
  return inlineJobs({ label: name, name, framework: name, jobs, submit: 0, every: stream.gaps, template }, context);
}

/** What the jobs of a stream bring with them: `tasks` independent pieces of work each. */
function offeredBy({ rate, service, tasks = 1 }: Stream): Offered {
  const { mean, secondMoment } = service;
  return { rate, work: tasks * mean, workSquared: tasks * secondMoment + tasks * (tasks - 1) * mean * mean };
}

/** Throws a SimulationError where a metric differs from the gauge of the same quantity. */
function agree(gauges: Gauges, metrics: Values, servers: number): void {
  const pairs: readonly (readonly [string, number])[] = [
    ['wait.mean', gauges.wait.estimate().value],
    ['response.mean', gauges.response.estimate().value],
    ['queue-tasks.mean', gauges.queue.estimate().value],
    ['utilization.cpus', gauges.busy.estimate().value / servers],
  ];
  for (const [name, value] of pairs) {
    const metric = metrics[name] ?? Number.NaN;
    if (!(Math.abs(metric - value) <= 1e-9 * Math.max(1, value))) {
      throw new SimulationError(`the metric ${name} says ${metric}, a gauge of the same run says ${value}`);
    }
  }
}
