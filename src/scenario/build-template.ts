import { parseQuantity } from '../base/amounts.ts';
import { type Distribution, parseDistribution } from '../base/distributions.ts';
import { SimulationError } from '../base/errors.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { derivedWeight } from '../cluster/job-weights.ts';
import type { JobTemplate, StageTemplate } from '../workload/job-template.ts';
import type { GeneratedWorkload, InlineWorkload } from './schema.ts';
import { readDuration } from './values.ts';

type Item = InlineWorkload | GeneratedWorkload;

/** Makes of an item what its jobs are drawn from; `tasks` is the law of its own `tasks`. */
export function buildTemplate(item: Item, tasks: Distribution, cluster: Cluster): JobTemplate {
  const constraint = Object.entries(item.constraints ?? {}).map(
    ([key, value]) => [key, (Array.isArray(value) ? value : [value]).map(String)] as const,
  );
  return {
    tasks,
    demand: demandOf(item.demand, cluster),
    duration: lawOf(item.duration),
    stages: stagesOf(item, tasks, cluster),
    estimate: item.estimate === undefined ? null : lawOf(item.estimate),
    priority: item.priority,
    weight: weightRow(item, cluster),
    gang: item.gang,
    constraint: cluster.constraints.add(Object.fromEntries(constraint), item.speeds),
  };
}

/** The stages of an item, with what they take over from it; undefined where it has none. */
function stagesOf(item: Item, tasks: Distribution, cluster: Cluster): readonly StageTemplate[] | undefined {
  if (item.stages === undefined) return undefined;
  const names = item.stages.map(({ name }) => name);
  return item.stages.map(({ name, after = [], ...stage }) => ({
    name,
    parents: [...new Set(Array.isArray(after) ? after : [after])].map((parent) => names.indexOf(parent)),
    tasks: stage.tasks === undefined ? tasks : lawOf(stage.tasks, readCount),
    duration: lawOf(stage.duration ?? item.duration),
    demand: demandOf(stage.demand ?? item.demand, cluster),
  }));
}

function demandOf(demand: Item['demand'], cluster: Cluster): (Distribution | null)[] {
  return cluster.resources.map((of) => {
    const given = demand[of.name];
    return given === undefined ? null : lawOf(given, (text) => parseQuantity(text, of));
  });
}

/** Jobs of the weight that follows from their priority keep row 0, as those of traces do. */
function weightRow({ weight, complexity, priority }: Item, cluster: Cluster): number {
  const wanted = weight ?? derivedWeight(priority, complexity);
  return wanted === derivedWeight(priority) ? 0 : cluster.weights.add(wanted);
}

/** Reads a count of tasks. */
export function readCount(value: string | number): number | null {
  return typeof value === 'number' ? value : null;
}

/** Makes a distribution of what the schema has found to be one. */
export function lawOf(spec: unknown, read: (value: string | number) => number | null = readDuration): Distribution {
  const outcome = parseDistribution(spec, read);
  if ('distribution' in outcome) return outcome.distribution;
  throw new SimulationError(`a distribution passed the schema and is none: ${JSON.stringify(spec)}`);
}
