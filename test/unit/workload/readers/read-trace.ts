import { type ResourceCatalog, resource } from '../../../../src/base/amounts.ts';
import { Interner } from '../../../../src/base/interner.ts';
import { toSeconds } from '../../../../src/base/time.ts';
import { type ByteSource, bytesInMemory } from '../../../../src/workload/byte-source.ts';
import type { JobBatch } from '../../../../src/workload/job-batch.ts';
import type { TraceOptions } from '../../../../src/workload/readers/reader.ts';
import { openTrace } from '../../../../src/workload/readers/registry.ts';
import type { SourceAccount, WorkloadContext } from '../../../../src/workload/workload-source.ts';

/** One job as tests compare it: times in seconds, demands of each task in whole steps. */
export interface ReadJob {
  readonly name: string | number;
  readonly framework: string;
  readonly submit: number;
  /** Null where there is none. */
  readonly estimate: number | null;
  readonly priority: number;
  readonly flags: number;
  readonly run: readonly number[];
  readonly demand: readonly (readonly number[])[];
}

export interface ReadTrace {
  readonly jobs: readonly ReadJob[];
  readonly account: SourceAccount;
}

export const swfDefaults: TraceOptions = {
  file: 'log.swf',
  format: 'swf',
  as: 'pool',
  frameworkBy: 'user',
  zeroRunTime: 'skip',
  pastEstimate: 'overrun',
  sort: 'streaming',
  origin: 'trace',
};

export interface TraceWorld {
  readonly resources?: ResourceCatalog;
  /** Says which jobs can never run. */
  readonly infeasible?: WorkloadContext['infeasible'];
}

export function contextOf({
  resources = [resource('cpus')],
  infeasible = () => null,
}: TraceWorld = {}): WorkloadContext {
  const stream = () => {
    throw new Error('a trace draws nothing');
  };
  return { resources, frameworks: new Interner(), source: 0, stream, infeasible };
}

/** Reads all of a trace; text stands for a file of that content. */
export async function readTrace(
  trace: string | Uint8Array | ByteSource,
  options: Partial<TraceOptions> = {},
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
  return {
    name: batch.name[row]!,
    framework: context.frameworks.name(batch.framework[row]!),
    submit: toSeconds(batch.submit[row]!),
    estimate: Number.isNaN(estimate) ? null : toSeconds(estimate),
    priority: batch.priority[row]!,
    flags: batch.flags[row]!,
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
