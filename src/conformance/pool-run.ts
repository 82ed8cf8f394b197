import { type ResourceCatalog, resource } from '../base/amounts.ts';
import { Interner } from '../base/interner.ts';
import { fromSeconds, toSeconds } from '../base/time.ts';
import type { JobOutcome } from '../simulation/job-outcome.ts';
import type { Observer } from '../simulation/observer.ts';
import { JobBatch } from '../workload/job-batch.ts';
import { openAccount, type WorkloadSource } from '../workload/workload-source.ts';
import { commonScale, type Fraction, inSteps } from './fraction.ts';
import { type NodeResult, runOnNode } from './node-run.ts';

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

export interface PoolResult extends NodeResult {
  /** By name, of the jobs that have ended. */
  readonly spans: ReadonlyMap<string, Span>;
}

/** Runs jobs on one node through the engine. */
export async function runPool(pool: Pool): Promise<PoolResult> {
  const resources = measure(pool);
  const frameworks = new Interner();
  const spans = new Spans();
  const { until, ...same } = pool;
  const result = await runOnNode({
    ...same,
    resources,
    capacity: pool.capacity.map((amount, r) => inSteps(amount, resources[r]!.scale)),
    frameworks,
    source: sourceOf(pool.jobs, resources, frameworks),
    observers: [spans, ...(pool.observers ?? [])],
    ...(until !== undefined && { until: fromSeconds(until) }),
  });
  return { ...result, spans: spans.byName };
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
