import { parseQuantity } from '../base/amounts.ts';
import { type Distribution, parseDistribution } from '../base/distributions.ts';
import { SimulationError } from '../base/errors.ts';
import type { Interner } from '../base/interner.ts';
import { openStream } from '../base/random.ts';
import { NEVER, SECOND } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Feasibility } from '../cluster/feasibility.ts';
import { derivedWeight } from '../cluster/job-weights.ts';
import { poisson } from '../workload/generators/poisson.ts';
import { inlineJobs } from '../workload/inline-jobs.ts';
import { JobFlag } from '../workload/job-batch.ts';
import type { JobTemplate } from '../workload/job-template.ts';
import { detectFormat, type GivenTraceOptions, openTrace } from '../workload/readers/registry.ts';
import type { WorkloadContext, WorkloadSource } from '../workload/workload-source.ts';
import { parseRate } from './rate.ts';
import type { GeneratedWorkload, InlineWorkload, Scenario, TraceWorkload, WorkloadItem } from './schema.ts';
import type { Services } from './services.ts';
import { readDuration } from './values.ts';

/** Opens every source of a scenario's workload, in its order. */
export async function buildWorkload(
  scenario: Scenario,
  cluster: Cluster,
  frameworks: Interner,
  services: Services,
): Promise<WorkloadSource[]> {
  const feasibility = new Feasibility(cluster.resources, cluster.nodes.groups, cluster.constraints);
  const sources: WorkloadSource[] = [];
  const names = new Set<string>();
  for (const [i, item] of scenario.workload.entries()) {
    const context: WorkloadContext = {
      resources: cluster.resources,
      frameworks,
      source: i,
      stream: (name) => openStream(scenario.seed, `workload/${i}/${name}`),
      constraint: (wanted, speeds, requirements) => cluster.constraints.add(wanted, speeds, requirements),
      weight: (weight, priority) => cluster.weights.rowFor(weight, priority),
      openFile: (file) => services.openTrace(file),
      infeasible: (batch, row) =>
        feasibility.reason({
          demand: batch.demand,
          from: batch.taskStart[row]!,
          end: batch.taskStart[row + 1]!,
          gang: (batch.flags[row]! & JobFlag.gang) !== 0,
          constraint: batch.constraint[row]!,
        }),
    };
    sources.push(await open(item, i, cluster, context, names, services));
  }
  return sources;
}

async function open(
  item: WorkloadItem,
  position: number,
  cluster: Cluster,
  context: WorkloadContext,
  names: Set<string>,
  services: Services,
): Promise<WorkloadSource> {
  if ('trace' in item) {
    const bytes = services.openTrace(item.trace.file);
    const format = item.trace.format ?? (await detectFormat(bytes)).name;
    return openTrace(bytes, traceOptions(item.trace, format), context);
  }
  if ('generate' in item) return generated(item.generate, position, cluster, context, names);
  return inlineJobs(
    {
      label: `workload.${position} (${item.framework})`,
      name: freeName(item.name ?? item.framework, position, names),
      framework: item.framework,
      jobs: item.jobs,
      submit: readDuration(item.submit)!,
      every: lawOf(item.every),
      template: template(item, lawOf(item.tasks, readCount), cluster),
    },
    context,
  );
}

/** Gives how a trace is read, as a scenario says it. */
export function traceOptions(item: TraceWorkload, format: string): GivenTraceOptions {
  return {
    file: item.file,
    format,
    as: item.as,
    own: item.options,
    frameworkBy: item['framework-by'],
    zeroRunTime: item['zero-run-time'],
    pastEstimate: item['past-estimate'],
    sort: item.sort,
    origin: item.origin,
    ...(item.columns && { columns: item.columns }),
    ...(item.delimiter !== undefined && { delimiter: item.delimiter }),
  };
}

function generated(
  item: GeneratedWorkload,
  position: number,
  cluster: Cluster,
  context: WorkloadContext,
  names: Set<string>,
): WorkloadSource {
  const frameworks = typeof item.framework === 'string' ? [{ name: item.framework, weight: 1 }] : item.framework;
  const name = frameworks.length === 1 ? frameworks[0]!.name : 'job';
  return poisson(
    {
      label: `workload.${position} (${item.model})`,
      name: freeName(name, position, names),
      frameworks,
      rate: parseRate(item.rate)! / SECOND,
      jobs: item.jobs ?? Number.POSITIVE_INFINITY,
      until: item.until === undefined ? NEVER : readDuration(item.until)!,
      template: template(item, lawOf(item.tasks, readCount), cluster),
    },
    context,
  );
}

/** Two items of one name would give two jobs of one name; the later one carries its position. */
function freeName(name: string, position: number, taken: Set<string>): string {
  const free = taken.has(name) ? `${name}.${position}` : name;
  taken.add(free);
  return free;
}

function template(item: InlineWorkload | GeneratedWorkload, tasks: Distribution, cluster: Cluster): JobTemplate {
  const constraint = Object.entries(item.constraints ?? {}).map(
    ([key, value]) => [key, (Array.isArray(value) ? value : [value]).map(String)] as const,
  );
  return {
    tasks,
    demand: cluster.resources.map((of) => {
      const given = item.demand[of.name];
      return given === undefined ? null : lawOf(given, (text) => parseQuantity(text, of));
    }),
    duration: lawOf(item.duration),
    estimate: item.estimate === undefined ? null : lawOf(item.estimate),
    priority: item.priority,
    weight: weightRow(item, cluster),
    gang: item.gang,
    constraint: cluster.constraints.add(Object.fromEntries(constraint), item.speeds),
  };
}

/** Jobs of the weight that follows from their priority keep row 0, as those of traces do. */
function weightRow({ weight, complexity, priority }: InlineWorkload | GeneratedWorkload, cluster: Cluster): number {
  return cluster.weights.rowFor(weight ?? derivedWeight(priority, complexity), priority);
}

function readCount(value: string | number): number | null {
  return typeof value === 'number' ? value : null;
}

/** Makes a distribution of what the schema has found to be one. */
function lawOf(spec: unknown, read: (value: string | number) => number | null = readDuration): Distribution {
  const outcome = parseDistribution(spec, read);
  if ('distribution' in outcome) return outcome.distribution;
  throw new SimulationError(`a distribution passed the schema and is none: ${JSON.stringify(spec)}`);
}
