/**
 * The engine without Node: everything a page or another program needs to simulate, given bytes and a hasher.
 *
 * Nothing here imports a Node built-in; a bundle test holds it.
 */
export type { Allocator, AllocatorContext, AllocatorDefinition, Decisions } from './allocators/allocator.ts';
export { createAllocator, type ResolvedAllocator, resolveAllocator } from './allocators/create.ts';
export { PartyFault } from './allocators/external/party-fault.ts';
export type { Placement, PlacementDefinition } from './allocators/placement/placement.ts';
export { placements } from './allocators/placement/registry.ts';
export { allocators } from './allocators/registry.ts';
export { type Amount, type Resource, type ResourceCatalog, resource, toSteps, toUnits } from './base/amounts.ts';
export { type ByteSource, bytesInMemory } from './base/byte-source.ts';
export { type Channel, ChannelError, type ChannelTrouble, type OpenChannel } from './base/channel.ts';
export { DISTRIBUTIONS, type Distribution, parseDistribution } from './base/distributions.ts';
export { AllocatorError, type Place, type Problem, ScenarioError, SimulationError } from './base/errors.ts';
export type { Hasher } from './base/hasher.ts';
export { type FrameworkId, type JobId, NONE, type NodeId, type RoleId, type TaskId } from './base/ids.ts';
export { Interner } from './base/interner.ts';
export type { OptionReader, OptionSpec, OptionSpecs } from './base/options.ts';
export { openStream, type Random } from './base/random.ts';
export { formatDuration, fromSeconds, parseDuration, type Time, toSeconds } from './base/time.ts';
export { VERSION } from './base/version.ts';
export { Cluster } from './cluster/cluster.ts';
export type { NodeGroup } from './cluster/node-table.ts';
export type { ClusterView } from './cluster/view.ts';
export { ceei } from './fairness/ceei.ts';
export { maxMin } from './fairness/max-min.ts';
export { progressiveFilling } from './fairness/progressive-filling.ts';
export type { Metric, MetricValue } from './metrics/metric.ts';
export { createMetrics } from './metrics/metrics.ts';
export type { RunResult } from './report/run-result.ts';
export { loadScenario } from './scenario/load-scenario.ts';
export { type FinishedRun, type RunOptions, runScenario } from './scenario/run-scenario.ts';
export type { Scenario, ScenarioInput } from './scenario/schema.ts';
export type { Services } from './scenario/services.ts';
export { Auditor } from './simulation/auditor.ts';
export { RunDigest } from './simulation/digest.ts';
export type { JobOutcome } from './simulation/job-outcome.ts';
export type { ObservedRun, Observer, RunEnd } from './simulation/observer.ts';
export type { Pacer, RunState } from './simulation/pacer.ts';
export { Simulation } from './simulation/simulation.ts';
export type { RunCounts, SimulationParts } from './simulation/simulation-parts.ts';
export { JobBatch, JobFlag } from './workload/job-batch.ts';
export {
  openAccount,
  type SourceAccount,
  type WorkloadContext,
  type WorkloadSource,
} from './workload/workload-source.ts';
