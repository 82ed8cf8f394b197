import { createAllocator } from '../allocators/create.ts';
import type { Amount, ResourceCatalog } from '../base/amounts.ts';
import type { Interner } from '../base/interner.ts';
import { openStream } from '../base/random.ts';
import type { Time } from '../base/time.ts';
import { Cluster } from '../cluster/cluster.ts';
import { createMetrics, type Values } from '../metrics/metrics.ts';
import { Auditor } from '../simulation/auditor.ts';
import type { Observer } from '../simulation/observer.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { RunCounts } from '../simulation/simulation-parts.ts';
import type { WorkloadSource } from '../workload/workload-source.ts';

/** As in a scenario's `simulation.conventions`. */
export type Conventions = 'canonical' | 'pyss';

/** One node, what is submitted to it, and who decides. */
export interface NodeRun {
  readonly resources: ResourceCatalog;
  /** Whole steps, one amount a resource. */
  readonly capacity: readonly Amount[];
  readonly roles?: readonly { readonly path: string; readonly weight: number }[];
  /** A framework not named here has a role of its own name. */
  readonly roleOf?: ReadonlyMap<string, string>;
  readonly frameworks: Interner;
  readonly source: WorkloadSource;
  readonly allocator: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly until?: Time;
  readonly observers?: readonly Observer[];
  /** `pyss` handles events of one instant one by one, arrivals first; `canonical` where left out. */
  readonly conventions?: Conventions;
}

export interface NodeResult {
  readonly counts: RunCounts;
  readonly metrics: Values;
  readonly cluster: Cluster;
}

/** Runs one source on one node through the engine, with the auditor and the metrics of every run. */
export async function runOnNode(run: NodeRun): Promise<NodeResult> {
  const { resources, capacity, frameworks, until } = run;
  const cluster = new Cluster(resources, [{ name: 'pool', count: 1, capacity, attributes: {} }]);
  for (const { path, weight } of run.roles ?? []) cluster.roles.add(path, weight);
  const metrics = createMetrics({ resources });
  const allocator = await createAllocator(run.allocator, run.options ?? {}, cluster, (name) =>
    openStream('conformance', `allocator/${name}`),
  );
  const simulation = new Simulation({
    cluster,
    frameworks,
    roleOf: (framework) => run.roleOf?.get(framework) ?? framework,
    sources: [run.source],
    allocator,
    observers: [new Auditor(), ...metrics.observers, ...(run.observers ?? [])],
    ...(until !== undefined && { until }),
    ...(run.conventions === 'pyss' && { order: 'event-by-event' as const }),
  });
  const counts = await simulation.run();
  return { counts, metrics: metrics.values(), cluster };
}
