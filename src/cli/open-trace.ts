import type { ResourceCatalog } from '../base/amounts.ts';
import { toUnits } from '../base/amounts.ts';
import { SimulationError } from '../base/errors.ts';
import { Interner } from '../base/interner.ts';
import { openStream } from '../base/random.ts';
import { ConstraintTable } from '../cluster/constraints.ts';
import { buildCluster } from '../scenario/build-cluster.ts';
import { traceOptions } from '../scenario/build-workload.ts';
import { withNodes } from '../scenario/whole-cluster.ts';
import { detectFormat, openTrace, traceReader } from '../workload/readers/registry.ts';
import { traceCatalog } from '../workload/readers/trace-catalog.ts';
import { plainContext, type WorkloadSource } from '../workload/workload-source.ts';
import type { ReplayArguments } from './replay-options.ts';
import { replayScenario } from './replay-scenario.ts';
import { nodeServices } from './services.ts';

/** A trace that is read for its own sake, beside no run. */
export interface LoneTrace {
  readonly source: WorkloadSource;
  readonly resources: ResourceCatalog;
  readonly frameworks: Interner;
  /** What the cluster has of each resource, in its units: the one that the options name, else the log's own; null for none. */
  readonly capacity: readonly number[] | null;
}

/** Which part of the options of a replay matters where nothing is run. */
export type LoneTraceArguments = Pick<
  ReplayArguments,
  | 'trace'
  | 'processors'
  | 'nodes'
  | 'cluster'
  | 'columns'
  | 'options'
  | 'format'
  | 'as'
  | 'framework-by'
  | 'zero-run-time'
  | 'past-estimate'
  | 'sort'
  | 'origin'
  | 'delimiter'
>;

/**
 * Opens a trace with the options of a replay, on its own clock unless told otherwise.
 *
 * @param prefersRows true to have a row of the file be one task where the format allows it, so that lines are known.
 * @throws ScenarioError if an option is wrong or the trace cannot be read.
 */
export async function openLoneTrace(args: LoneTraceArguments, prefersRows = false): Promise<LoneTrace> {
  const services = nodeServices('.');
  const given = { origin: 'trace', ...args } as ReplayArguments;
  // A trace item stands in a scenario, and a scenario has a cluster: any will do to have the options checked.
  const { loaded } = await replayScenario({
    ...given,
    nodes: undefined,
    cluster: undefined,
    processors: '1',
  } as ReplayArguments);
  const item = loaded.scenario.workload[0]!;
  if (!('trace' in item)) throw new SimulationError('the scenario of a replay has no trace');
  const bytes = services.openTrace(args.trace);
  const reader = item.trace.format === undefined ? await detectFormat(bytes) : traceReader(item.trace.format);
  const options = traceOptions(item.trace, reader.name);
  const resources = await traceCatalog(bytes, options);
  const frameworks = new Interner();
  const constraints = new ConstraintTable();
  const rows = prefersRows && args.as === undefined && (reader.canBe?.includes('pool') ?? true);
  const source = openTrace(
    bytes,
    rows ? { ...options, as: 'pool' } : options,
    plainContext({
      resources,
      frameworks,
      constraint: (wanted, speeds) => constraints.add(wanted, speeds),
      openFile: (file) => services.openTrace(file),
      // As a replay would draw, so that both see the same jobs.
      stream: (name) => openStream(loaded.scenario.seed, `workload/0/${name}`),
    }),
  );
  return { source, resources, frameworks, capacity: await capacityOf(given, resources, reader.machine !== undefined) };
}

/** Gives what the cluster of a replay would have; null where nothing names one. */
async function capacityOf(
  args: ReplayArguments,
  resources: ResourceCatalog,
  tellsMachine: boolean,
): Promise<readonly number[] | null> {
  const named = [args.nodes, args.cluster, args.processors].some((given) => given !== undefined);
  if (!named) {
    const count = tellsMachine ? await machineOf(args) : null;
    return count === null ? null : resources.map(({ name }) => (name === 'cpus' ? count : 0));
  }
  const { scenario, services } = (await replayScenario(args)).loaded;
  const cluster = buildCluster(withNodes(scenario, services).whole);
  return resources.map(({ name }) => {
    const r = cluster.resources.findIndex((each) => each.name === name);
    return r < 0 ? 0 : toUnits(cluster.totalCapacity(r), cluster.resources[r]!);
  });
}

/** How many processors the log says that its machine had; null where it does not say. */
async function machineOf(args: ReplayArguments): Promise<number | null> {
  const bytes = nodeServices('.').openTrace(args.trace);
  const reader = args.format === undefined ? await detectFormat(bytes) : traceReader(args.format);
  const count = await reader.machine?.(bytes);
  return typeof count === 'number' ? count : null;
}
