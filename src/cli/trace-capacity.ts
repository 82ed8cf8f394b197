import { type ResourceCatalog, toUnits } from '../base/amounts.ts';
import { buildCluster } from '../scenario/build-cluster.ts';
import { withNodes } from '../scenario/whole-cluster.ts';
import { detectFormat, traceReader } from '../workload/readers/registry.ts';
import type { ReplayArguments } from './replay-options.ts';
import { replayScenario } from './replay-scenario.ts';
import { nodeServices } from './services.ts';

/** What says which cluster a trace is held against. */
export interface ClusterArguments extends Pick<ReplayArguments, 'format' | 'processors' | 'nodes' | 'cluster'> {
  readonly trace: string;
}

/**
 * Gives what the cluster of a replay would have of each resource, in its units: the one that the options name, else the
 * machine that the log tells of; null where nothing names one.
 */
export async function traceCapacity(
  args: ClusterArguments,
  resources: ResourceCatalog,
): Promise<readonly number[] | null> {
  const named = [args.nodes, args.cluster, args.processors].some((given) => given !== undefined);
  if (!named) {
    const count = await machineOf(args);
    return count === null ? null : resources.map(({ name }) => (name === 'cpus' ? count : 0));
  }
  const { scenario, services } = (await replayScenario(args as ReplayArguments)).loaded;
  const cluster = buildCluster(withNodes(scenario, services).whole);
  return resources.map(({ name }) => {
    const r = cluster.resources.findIndex((each) => each.name === name);
    return r < 0 ? 0 : toUnits(cluster.totalCapacity(r), cluster.resources[r]!);
  });
}

/** How many processors the log says that its machine had; null where it does not say. */
async function machineOf(args: ClusterArguments): Promise<number | null> {
  const bytes = nodeServices('.').openTrace(args.trace);
  const reader = args.format === undefined ? await detectFormat(bytes) : traceReader(args.format);
  const count = await reader.machine?.(bytes);
  return typeof count === 'number' ? count : null;
}
