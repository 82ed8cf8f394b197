import { allocationRuns } from './allocation-runs.ts';
import { areaWeightedResponse } from './area-weighted-response.ts';
import { boundedSlowdown } from './bounded-slowdown.ts';
import { criticalPath } from './critical-path.ts';
import { criticalPathRatio } from './critical-path-ratio.ts';
import { dominantShare } from './dominant-share.ts';
import { drfDeviation } from './drf-deviation.ts';
import { fairnessProperties } from './fairness-properties.ts';
import { firstOffer } from './first-offer.ts';
import { jain } from './jain.ts';
import { jobs } from './jobs.ts';
import { locality } from './locality.ts';
import { lp } from './lp.ts';
import { makespan } from './makespan.ts';
import type { Goal, MetricDefinition, Scope } from './metric.ts';
import { minMax } from './min-max.ts';
import { offers } from './offers.ts';
import { offersUnused } from './offers-unused.ts';
import { perProcessorBoundedSlowdown } from './per-processor-bounded-slowdown.ts';
import { queue } from './queue.ts';
import { queueTasks } from './queue-tasks.ts';
import { rampUp } from './ramp-up.ts';
import { response } from './response.ts';
import { share } from './share.ts';
import { slowdown } from './slowdown.ts';
import { slowdownUndefined } from './slowdown-undefined.ts';
import { stageParallelism } from './stage-parallelism.ts';
import { starvation } from './starvation.ts';
import { throughput } from './throughput.ts';
import { totalWait } from './total-wait.ts';
import { utilization } from './utilization.ts';
import { wait } from './wait.ts';
import { waitZero } from './wait-zero.ts';
import { wastedWork } from './wasted-work.ts';

/** All metrics, in the order in which they are reported. */
export const metricDefinitions: readonly MetricDefinition[] = [
  wait,
  waitZero,
  totalWait,
  response,
  slowdown,
  slowdownUndefined,
  boundedSlowdown,
  perProcessorBoundedSlowdown,
  areaWeightedResponse,
  criticalPath,
  criticalPathRatio,
  stageParallelism,
  makespan,
  throughput,
  utilization,
  queue,
  queueTasks,
  jain,
  minMax,
  drfDeviation,
  fairnessProperties,
  dominantShare,
  share,
  starvation,
  wastedWork,
  offers,
  offersUnused,
  firstOffer,
  rampUp,
  locality,
  allocationRuns,
  lp,
  jobs,
];

/** Gives the name of a metric with all its parts, as in `wait.{mean,p50}` or `utilization.<resource>`. */
export function metricTitle({ name, parts }: MetricDefinition): string {
  if (parts.length === 0) return name;
  return parts.length === 1 ? `${name}.${parts[0]}` : `${name}.{${parts.join(',')}}`;
}

/** Gives the names of all values of a scope, in order. */
export function metricNames(resources: readonly string[], scope: Scope = 'run'): string[] {
  return metricDefinitions
    .filter(({ scopes }) => scopes.includes(scope))
    .flatMap((definition) => valueNames(definition, resources));
}

function valueNames({ name, parts }: MetricDefinition, resources: readonly string[]): string[] {
  if (parts.length === 0) return [name];
  return parts.flatMap((part) => (part === '<resource>' ? resources : [part])).map((part) => `${name}.${part}`);
}

/** Says which way the values of a metric are better, as in `lower` or `lower: fallbacks`; nothing where neither is. */
export function betterOf({ better }: MetricDefinition): string {
  if (typeof better !== 'object' || better === null) return better ?? '';
  return Object.entries(better)
    .map(([part, goal]) => `${goal}: ${part}`)
    .join(', ');
}

/** Gives which way a value is better, by its full name; null where neither is, or there is no such value. */
export function goalOf(value: string): Goal {
  const { better = null } = definitionOf(value) ?? {};
  return typeof better === 'object' && better !== null ? (better[partOf(value)] ?? null) : better;
}

/** Gives the metric that a value belongs to, by the value's full name. */
export function definitionOf(value: string): MetricDefinition | undefined {
  const named = (name: string) => metricDefinitions.find((definition) => definition.name === name);
  return named(value) ?? named(value.slice(0, -partOf(value).length - 1));
}

function partOf(value: string): string {
  return value.slice(value.lastIndexOf('.') + 1);
}
