import { resource } from '../../../../src/base/amounts.ts';
import { type ByteSource, bytesInMemory } from '../../../../src/base/byte-source.ts';
import { toSeconds } from '../../../../src/base/time.ts';
import type { JobBatch } from '../../../../src/workload/job-batch.ts';
import type { JobStages } from '../../../../src/workload/job-stages.ts';
import { type GivenTraceOptions, openTrace } from '../../../../src/workload/readers/registry.ts';
import { plainContext, type SourceAccount, type WorkloadContext } from '../../../../src/workload/workload-source.ts';

/** One job as tests compare it: times in seconds, demands of each task in whole steps. */
export interface ReadJob {
  readonly name: string | number;
  readonly framework: string;
  readonly submit: number;
  /** Null where there is none. */
  readonly estimate: number | null;
  readonly priority: number;
  readonly flags: number;
  /** Left out where it is 0. */
  readonly constraint?: number;
  /** How many records it stands for; left out for one. */
  readonly records?: number;
  /** By stage: how many tasks, and the stages it waits for; left out where there are none. */
  readonly stages?: readonly { readonly tasks: number; readonly parents: readonly number[] }[];
  readonly run: readonly number[];
  readonly demand: readonly (readonly number[])[];
}

export interface ReadTrace {
  readonly jobs: readonly ReadJob[];
  readonly account: SourceAccount;
}

export const swfDefaults: GivenTraceOptions = {
  file: 'log.swf',
  format: 'swf',
  as: 'pool',
  frameworkBy: 'user',
  zeroRunTime: 'skip',
  pastEstimate: 'overrun',
  sort: 'streaming',
  origin: 'trace',
};

/** What of a context a test cares for. */
export interface TraceWorld extends Partial<WorkloadContext> {}

export function contextOf({ resources = [resource('cpus')], ...rest }: TraceWorld = {}): WorkloadContext {
  return plainContext({ resources, ...rest });
}

/** Reads all of a trace; text stands for a file of that content. */
export async function readTrace(
  trace: string | Uint8Array | ByteSource,
  options: Partial<GivenTraceOptions> = {},
  world: TraceWorld = {},
): Promise<ReadTrace> {
  const all = { ...swfDefaults, ...options };
  const bytes = typeof trace === 'string' || trace instanceof Uint8Array ? bytesInMemory(all.file, trace) : trace;
  const context = contextOf(world);
  const source = openTrace(bytes, all, context);
  const jobs: ReadJob[] = [];
  for await (const batch of source.batches()) {
    for (let row = 0; row < batch.jobs; row++) jobs.push(jobOf(batch, row, context));
  }
  return { jobs, account: source.account };
}

function jobOf(batch: JobBatch, row: number, context: WorkloadContext): ReadJob {
  const tasks = Array.from(
    { length: batch.taskStart[row + 1]! - batch.taskStart[row]! },
    (_, i) => batch.taskStart[row]! + i,
  );
  const estimate = batch.estimate[row]!;
  const stages = batch.stages[row];
  return {
    name: batch.name[row]!,
    framework: context.frameworks.name(batch.framework[row]!),
    submit: toSeconds(batch.submit[row]!),
    estimate: Number.isNaN(estimate) ? null : toSeconds(estimate),
    priority: batch.priority[row]!,
    flags: batch.flags[row]!,
    ...(batch.constraint[row]! !== 0 && { constraint: batch.constraint[row]! }),
    ...(batch.records[row]! !== 1 && { records: batch.records[row]! }),
    ...(stages !== undefined && { stages: stagesOf(stages) }),
    run: tasks.map((task) => toSeconds(batch.run[task]!)),
    demand: tasks.map((task) => [...batch.demand.subarray(task * batch.resources, (task + 1) * batch.resources)]),
  };
}

/** Gives the same bytes cut at other places. */
export function cutAt(bytes: Uint8Array, cuts: readonly number[], name = 'cut.swf'): ByteSource {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return {
    name,
    async *chunks() {
      for (let i = 1; i < places.length; i++) yield bytes.subarray(places[i - 1]!, places[i]!);
    },
  };
}

function stagesOf({ count, firstTask, parentStart, parents }: JobStages): NonNullable<ReadJob['stages']> {
  return Array.from({ length: count }, (_, i) => ({
    tasks: firstTask[i + 1]! - firstTask[i]!,
    parents: [...parents.subarray(parentStart[i]!, parentStart[i + 1]!)],
  }));
}
