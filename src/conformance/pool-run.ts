import { createAllocator } from '../allocators/create.ts';
import { type ResourceCatalog, resource } from '../base/amounts.ts';
import { Interner } from '../base/interner.ts';
import { openStream } from '../base/random.ts';
import { fromSeconds, toSeconds } from '../base/time.ts';
import { Cluster } from '../cluster/cluster.ts';
import { createMetrics, type Values } from '../metrics/metrics.ts';
import { Auditor } from '../simulation/auditor.ts';
import type { JobOutcome, Observer } from '../simulation/observer.ts';
import { type RunCounts, Simulation } from '../simulation/simulation.ts';
import { JobBatch } from '../workload/job-batch.ts';
import { openAccount, type WorkloadSource } from '../workload/workload-source.ts';
import { commonScale, type Fraction, inSteps } from './fraction.ts';

/** A job of a case; times in seconds. */
export interface PoolJob {
  readonly name: string;
  readonly framework: string;
  readonly submit: number;
  /** How long each of its tasks runs. */
  readonly run: number;
  /** One amount a resource, of each task. */
  readonly demand: readonly Fraction[];
  /** 1 where left out. */
  readonly tasks?: number;
  readonly estimate?: number;
  readonly priority?: number;
}

/** One node, who submits to it, and what. */
export interface Pool {
  readonly resources: readonly string[];
  readonly capacity: readonly Fraction[];
  readonly roles?: readonly { readonly path: string; readonly weight: number }[];
  /** A framework not named here has a role of its own name. */
  readonly roleOf?: ReadonlyMap<string, string>;
  /** In order of the case's list; ties of submit time go by it. */
  readonly jobs: readonly PoolJob[];
  readonly allocator: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly until?: number;
  readonly observers?: readonly Observer[];
}

/** When a job ran, in seconds. */
export type Span = readonly [start: number, end: number];

export interface PoolResult {
  readonly counts: RunCounts;
  readonly metrics: Values;
  /** By name, of the jobs that have ended. */
  readonly spans: ReadonlyMap<string, Span>;
  readonly cluster: Cluster;
}

/** Runs jobs on one node through the engine, with the auditor and the metrics of every run. */
export async function runPool(pool: Pool): Promise<PoolResult> {
  const resources = measure(pool);
  const capacity = pool.capacity.map((amount, r) => inSteps(amount, resources[r]!.scale));
  const cluster = new Cluster(resources, [{ name: 'pool', count: 1, capacity, attributes: {} }]);
  for (const { path, weight } of pool.roles ?? []) cluster.roles.add(path, weight);
  const frameworks = new Interner();
  const metrics = createMetrics({ resources });
  const spans = new Spans();
  const allocator = await createAllocator(pool.allocator, pool.options ?? {}, cluster, (name) =>
    openStream('conformance', `allocator/${name}`),
  );
  const simulation = new Simulation({
    cluster,
    frameworks,
    roleOf: (framework) => pool.roleOf?.get(framework) ?? framework,
    sources: [sourceOf(pool.jobs, resources, frameworks)],
    allocator,
    observers: [new Auditor(), ...metrics.observers, spans, ...(pool.observers ?? [])],
    ...(pool.until !== undefined && { until: fromSeconds(pool.until) }),
  });
  const counts = await simulation.run();
  return { counts, metrics: metrics.values(), spans: spans.byName, cluster };
}

/** Chooses for each resource the precision in which the case's amounts are whole. */
function measure({ resources, capacity, jobs }: Pool): ResourceCatalog {
  return resources.map((name, r) => {
    const amounts = [capacity[r]!, ...jobs.map(({ demand }) => demand[r]!)];
    return resource(name, { scale: commonScale(amounts) });
  });
}

function sourceOf(jobs: readonly PoolJob[], resources: ResourceCatalog, frameworks: Interner): WorkloadSource {
  const batch = new JobBatch(resources.length);
  const account = openAccount('case', 'inline');
  for (const job of jobs) {
    const row = batch.addJob(job.name, frameworks.id(job.framework), fromSeconds(job.submit));
    batch.priority[row] = job.priority ?? 0;
    if (job.estimate !== undefined) batch.estimate[row] = fromSeconds(job.estimate);
    for (let i = 0; i < (job.tasks ?? 1); i++) {
      const at = batch.addTask(fromSeconds(job.run)) * resources.length;
      for (const [r, { scale }] of resources.entries()) batch.demand[at + r] = inSteps(job.demand[r]!, scale);
    }
    account.read++;
  }
  return {
    name: 'case',
    account,
    async *batches() {
      yield batch.sorted();
    },
  };
}

class Spans implements Observer {
  readonly byName = new Map<string, Span>();

  onJobEnded(_time: number, { name, start, end }: JobOutcome): void {
    if (!Number.isNaN(end)) this.byName.set(String(name), [toSeconds(start), toSeconds(end)]);
  }
}
