import { parseQuantity } from '../base/amounts.ts';
import { type Distribution, parseDistribution } from '../base/distributions.ts';
import { SimulationError } from '../base/errors.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { derivedWeight } from '../cluster/job-weights.ts';
import type { JobTemplate } from '../workload/job-template.ts';
import type { GeneratedWorkload, InlineWorkload } from './schema.ts';
import { readDuration } from './values.ts';

/** Gives what all jobs of an item have in common. */
export function traitsOf(
  item: InlineWorkload | GeneratedWorkload,
  cluster: Cluster,
): Omit<JobTemplate, 'tasks' | 'demand' | 'duration'> {
  const constraint = Object.entries(item.constraints ?? {}).map(
    ([key, value]) => [key, (Array.isArray(value) ? value : [value]).map(String)] as const,
  );
  return {
    estimate: item.estimate === undefined ? null : lawOf(item.estimate),
    priority: item.priority,
    weight: weightRow(item, cluster),
    gang: item.gang,
    constraint: cluster.constraints.add(Object.fromEntries(constraint), item.speeds),
  };
}

/** Gives a law for each resource of the cluster, null for those that are not asked for. */
export function demandLaws(given: Readonly<Record<string, unknown>>, cluster: Cluster): JobTemplate['demand'] {
  return cluster.resources.map((of) => {
    const spec = given[of.name];
    return spec === undefined ? null : lawOf(spec, (text) => parseQuantity(text, of));
  });
}

/** Makes a distribution of what the schema has found to be one. */
export function lawOf(spec: unknown, read: (value: string | number) => number | null = readDuration): Distribution {
  const outcome = parseDistribution(spec, read);
  if ('distribution' in outcome) return outcome.distribution;
  throw new SimulationError(`a distribution passed the schema and is none: ${JSON.stringify(spec)}`);
}

/** Reads a bare number. */
export function readCount(value: string | number): number | null {
  return typeof value === 'number' ? value : null;
}

/** Jobs of the weight that follows from their priority keep row 0, as those of traces do. */
function weightRow({ weight, complexity, priority }: InlineWorkload | GeneratedWorkload, cluster: Cluster): number {
  return cluster.weights.rowFor(weight ?? derivedWeight(priority, complexity), priority);
}
