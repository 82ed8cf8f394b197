import { NEVER, SECOND, type Time } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { generate } from '../workload/generators/generate.ts';
import type { GeneratorDefinition, ModelParameters, Submitter } from '../workload/generators/generator.ts';
import { generatorNamed } from '../workload/generators/registry.ts';
import type { WorkloadContext, WorkloadSource } from '../workload/workload-source.ts';
import { demandLaws, lawOf, readCount, traitsOf } from './build-template.ts';
import { parseRate } from './rate.ts';
import type { GeneratedWorkload } from './schema.ts';
import { readDuration } from './values.ts';

/** Opens the stream of jobs that a scenario describes. */
export function openGenerator(
  item: GeneratedWorkload,
  { label, name }: { readonly label: string; readonly name: string },
  cluster: Cluster,
  context: WorkloadContext,
): WorkloadSource {
  const definition = definitionOf(item);
  const tasks = item.tasks ?? (definition.jobs === undefined ? 1 : undefined);
  return generate(
    definition,
    {
      label,
      name,
      frameworks: givenSubmitters(item),
      jobs: item.jobs ?? Number.POSITIVE_INFINITY,
      until: item.until === undefined ? NEVER : timeOf(item.until),
      template: {
        ...traitsOf(item, cluster),
        tasks: tasks === undefined ? null : lawOf(tasks, readCount),
        demand: item.demand === undefined ? null : demandLaws(item.demand, cluster),
        duration: item.duration === undefined ? null : lawOf(item.duration),
        as: item.as ?? null,
      },
      parameters: parametersOf(item),
    },
    context,
  );
}

/** Who may submit jobs of the item: those it names, else those that the model does. */
export function submittersOfModel(item: GeneratedWorkload): readonly Submitter[] {
  return item.framework === undefined ? (definitionOf(item).frameworks ?? []) : givenSubmitters(item);
}

/** What the numbered jobs' names begin with. */
export function jobName(item: GeneratedWorkload): string {
  const submitters = givenSubmitters(item);
  return submitters.length === 1 ? submitters[0]!.name : 'job';
}

function givenSubmitters({ framework }: GeneratedWorkload): readonly Submitter[] {
  if (framework === undefined) return [];
  return typeof framework === 'string' ? [{ name: framework, weight: 1 }] : framework;
}

function definitionOf({ model }: GeneratedWorkload): GeneratorDefinition {
  return generatorNamed(model)!;
}

function parametersOf(item: GeneratedWorkload): ModelParameters {
  return {
    rate: item.rate === undefined ? null : parseRate(item.rate)! / SECOND,
    states: (item.states ?? []).map(({ rate, stay }) => ({
      rate: parseRate(rate, 'or-zero')! / SECOND,
      stay: timeOf(stay),
    })),
    hours: item.hours ?? null,
    days: item.days ?? null,
    offset: item.offset === undefined ? 0 : timeOf(item.offset),
    processors: item.processors ?? null,
    class: item.class ?? 'all',
    year: item.year ?? 2009,
    parameters: Object.fromEntries(
      Object.entries(item.parameters ?? {}).map(([name, value]) => [
        name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
        value as number,
      ]),
    ),
  };
}

function timeOf(value: string | number): Time {
  return readDuration(value)!;
}
