import { createAllocator } from '../../allocators/create.ts';
import { type ResourceCatalog, resource } from '../../base/amounts.ts';
import type { Distribution } from '../../base/distributions.ts';
import { SimulationError } from '../../base/errors.ts';
import { Interner } from '../../base/interner.ts';
import { openStream } from '../../base/random.ts';
import { fromSeconds, NEVER, SECOND, type Time } from '../../base/time.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { createMetrics, type Values } from '../../metrics/metrics.ts';
import { metricDefinitions } from '../../metrics/registry.ts';
import type { Observer } from '../../simulation/observer.ts';
import { Simulation } from '../../simulation/simulation.ts';
import { generate } from '../../workload/generators/generate.ts';
import { plainParameters } from '../../workload/generators/generator.ts';
import { poisson } from '../../workload/generators/poisson.ts';
import { inlineJobs } from '../../workload/inline-jobs.ts';
import { plainContext, type WorkloadSource } from '../../workload/workload-source.ts';
import { type GaugeOptions, Gauges, type Offered } from './gauges.ts';
import { asLaw, type Law } from './laws.ts';

/** Jobs that come in one after the other. */
interface Stream {
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
  readonly options?: Readonly<Record<string, unknown>>;
  /** True where tasks share the servers, so that there is no telling how many are busy from how many run. */
  readonly fluid?: boolean;
  readonly streams: readonly Stream[];
  readonly gauges?: GaugeOptions;
}

/** Jobs that come before anything is measured, as a run begins with an empty system. */
const WARM_JOBS = 10_000;

/** The same where gauges and metrics only have to agree; the run then ends with the first batch of jobs. */
const FEW_WARM_JOBS = 1_000;

const SEED = 'queueing';

const ONE = asLaw({ constant: 1 }, 1);

/**
 * Runs the station until `enough` says so, and then until it is empty.
 *
 * @param enough is asked after every few thousand jobs.
 */
export async function runQueue(model: QueueModel, enough: (gauges: Gauges) => boolean): Promise<Gauges> {
  const station: Station = new Station(model, WARM_JOBS, () => enough(station.gauges));
  await station.run([]);
  station.gauges.settle();
  return station.gauges;
}

/** Metrics that say what a gauge says too. */
const COUNTERPARTS: Readonly<Record<string, (gauges: Gauges, servers: number) => number>> = {
  'wait.mean': ({ wait }) => wait.plain,
  'response.mean': ({ response }) => response.plain,
  'queue-tasks.mean': ({ queue }) => queue.plain,
  'utilization.cpus': ({ busy }, servers) => busy.plain / servers,
};

const WATCHED: ReadonlySet<string> = new Set(Object.keys(COUNTERPARTS).map((name) => name.split('.')[0]!));

/**
 * Runs the station for a while with metrics that every run has: so that what is held against theory is what users see.
 *
 * @throws SimulationError where a metric differs from the gauge of the same quantity.
 */
export async function rehearse(model: QueueModel): Promise<void> {
  const station = new Station(model, FEW_WARM_JOBS, () => true);
  const definitions = metricDefinitions.filter(({ name }) => WATCHED.has(name));
  const metrics = createMetrics({ resources: station.cluster.resources, warm: station.warmup, definitions });
  await station.run(metrics.observers);
  const values: Values = metrics.values();
  for (const [name, of] of Object.entries(COUNTERPARTS)) {
    if (model.fluid === true && name.startsWith('utilization.')) continue;
    const [metric, gauge] = [values[name] ?? Number.NaN, of(station.gauges, model.servers)];
    if (Math.abs(metric - gauge) <= 1e-9 * Math.max(1, gauge)) continue;
    throw new SimulationError(`the metric ${name} says ${metric}, a gauge of the same run says ${gauge}`);
  }
}

/** One run of a model. */
class Station {
  readonly cluster: Cluster;
  readonly gauges: Gauges;
  readonly warmup: Time;
  readonly #model: QueueModel;
  readonly #enough: () => boolean;
  #done = false;

  constructor(model: QueueModel, warmJobs: number, enough: () => boolean) {
    const rate = model.streams.reduce((sum, stream) => sum + stream.rate, 0);
    const station = { name: 'station', count: 1, capacity: [model.servers], attributes: {} };
    this.#model = model;
    this.#enough = enough;
    this.cluster = new Cluster([resource('cpus', { scale: 1 })], [station]);
    this.warmup = fromSeconds(warmJobs / rate);
    this.gauges = new Gauges(this.cluster, this.warmup, model.streams.map(offeredBy), model.gauges);
  }

  async run(observers: readonly Observer[]): Promise<void> {
    const { cluster } = this;
    const frameworks = new Interner();
    const allocator = await createAllocator(this.#model.allocator, this.#model.options ?? {}, cluster, (name) =>
      openStream(SEED, name),
    );
    const simulation = new Simulation({
      cluster,
      frameworks,
      roleOf: (framework) => framework,
      sources: this.#model.streams.map((stream, i) => this.#cut(sourceOf(stream, i, cluster.resources, frameworks))),
      allocator,
      observers: [this.gauges, ...observers],
    });
    await simulation.run();
  }

  /** Ends an endless source once there is enough; what others still bring until they end too is not measured. */
  #cut(source: WorkloadSource): WorkloadSource {
    const hasEnough = () => this.#hasEnough();
    return {
      ...source,
      async *batches() {
        for await (const batch of source.batches()) {
          yield batch;
          if (hasEnough()) return;
        }
      },
    };
  }

  #hasEnough(): boolean {
    if (this.#done) return true;
    this.gauges.settle();
    this.#done = this.#enough();
    if (this.#done) this.gauges.stop();
    return this.#done;
  }
}

function sourceOf(arrivals: Stream, i: number, resources: ResourceCatalog, frameworks: Interner): WorkloadSource {
  const stream = (name: string) => openStream(SEED, `${i}/${name}`);
  const context = plainContext({ resources, frameworks, source: i, stream });
  const name = `class-${i}`;
  const template = {
    tasks: asLaw({ constant: arrivals.tasks ?? 1 }, 1),
    demand: [ONE],
    duration: arrivals.service.distribution,
    estimate: null,
    priority: arrivals.priority ?? 0,
    weight: 0,
    gang: false,
    constraint: 0,
  };
  const jobs = Number.POSITIVE_INFINITY;
  if (arrivals.gaps !== undefined) {
    return inlineJobs({ label: name, name, framework: name, jobs, submit: 0, every: arrivals.gaps, template }, context);
  }
  const rate = arrivals.rate / SECOND;
  return generate(
    poisson,
    {
      ...{ label: name, name, frameworks: [{ name, weight: 1 }], jobs, until: NEVER },
      template: { ...template, as: null },
      parameters: { ...plainParameters, rate },
    },
    context,
  );
}

/** What the jobs of a stream bring with them: `tasks` independent pieces of work each. */
function offeredBy({ rate, service, tasks = 1 }: Stream): Offered {
  const { mean, secondMoment } = service;
  return { rate, work: tasks * mean, workSquared: tasks * secondMoment + tasks * (tasks - 1) * mean * mean };
}
