import type { Interner } from '../base/interner.ts';
import { openStream } from '../base/random.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Feasibility } from '../cluster/feasibility.ts';
import { inlineJobs } from '../workload/inline-jobs.ts';
import { JobFlag } from '../workload/job-batch.ts';
import type { GivenTraceOptions } from '../workload/readers/registry.ts';
import { type Sample, sampledSource, WHOLE } from '../workload/sampled-source.ts';
import { scaledSource } from '../workload/scaled-source.ts';
import type { WorkloadContext, WorkloadSource } from '../workload/workload-source.ts';
import { jobName, openGenerator } from './build-generator.ts';
import { demandLaws, lawOf, readCount, stagesOf, traitsOf } from './build-template.ts';
import type { Scenario, TraceWorkload, WorkloadItem } from './schema.ts';
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
    sources.push(changed(await open(item, i, cluster, context, names, services), item, context));
  }
  return sources;
}

/** Takes the sample and then scales it, where the scenario asks for that. */
function changed(source: WorkloadSource, { sample, scale }: WorkloadItem, context: WorkloadContext): WorkloadSource {
  let result = source;
  if (sample !== undefined) result = sampledSource(result, sampleOf(sample), context.stream('sample'));
  if (scale !== undefined) result = scaledSource(result, scale, context.resources);
  return result;
}

function sampleOf(given: NonNullable<WorkloadItem['sample']>): Sample {
  if (typeof given === 'number') return { ...WHOLE, share: given };
  const { share, by, jobs, from, until } = given;
  return {
    share,
    by,
    jobs: jobs ?? WHOLE.jobs,
    from: readDuration(from)!,
    until: until === undefined ? WHOLE.until : readDuration(until)!,
  };
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
    const { detectFormat, openTrace } = await import('../workload/readers/registry.ts');
    const bytes = services.openTrace(item.trace.file);
    const format = item.trace.format ?? (await detectFormat(bytes)).name;
    return openTrace(bytes, traceOptions(item.trace, format), context);
  }
  if ('generate' in item) {
    const name = freeName(jobName(item.generate), position, names);
    const label = `workload.${position} (${item.generate.model})`;
    return openGenerator(item.generate, { label, name }, cluster, context);
  }
  const own = {
    tasks: lawOf(item.tasks, readCount),
    demand: demandLaws(item.demand, cluster),
    duration: lawOf(item.duration),
  };
  return inlineJobs(
    {
      label: `workload.${position} (${item.framework})`,
      name: freeName(item.name ?? item.framework, position, names),
      framework: item.framework,
      jobs: item.jobs,
      submit: readDuration(item.submit)!,
      every: lawOf(item.every),
      template: { ...traitsOf(item, cluster), ...own, stages: stagesOf(item, own, cluster) },
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

/** Two items of one name would give two jobs of one name; the later one carries its position. */
function freeName(name: string, position: number, taken: Set<string>): string {
  const free = taken.has(name) ? `${name}.${position}` : name;
  taken.add(free);
  return free;
}
