import { type ResourceCatalog, resource } from '../../base/amounts.ts';
import type { ByteSource } from '../../base/byte-source.ts';
import { Interner } from '../../base/interner.ts';
import { JobBatch } from '../../workload/job-batch.ts';
import type { TraceOptions } from '../../workload/readers/reader.ts';
import { openTrace } from '../../workload/readers/registry.ts';
import { openAccount, plainContext, type WorkloadSource } from '../../workload/workload-source.ts';

/** What the jobs of a log ask for. */
export const PROCESSORS: ResourceCatalog = [resource('cpus', { scale: 1 })];

/** Jobs of a log on their way to a machine; they can be run once. */
export interface OpenLog {
  readonly processors: number;
  readonly frameworks: Interner;
  readonly source: WorkloadSource;
}

/** Opens a log in the Standard Workload Format with the reader that scenarios use. */
export function openLog(
  bytes: ByteSource,
  processors: number,
  rules: Pick<TraceOptions, 'zeroRunTime' | 'pastEstimate' | 'origin'>,
): OpenLog {
  const frameworks = new Interner();
  const options = { file: bytes.name, format: 'swf', as: 'pool', frameworkBy: 'none', sort: 'whole' } as const;
  const source = openTrace(
    bytes,
    { ...options, ...rules },
    plainContext({
      resources: PROCESSORS,
      frameworks,
      infeasible: (batch, row) => (fits(batch, row, processors) ? null : 'wider than the machine'),
    }),
  );
  return { processors, frameworks, source };
}

/** Gives the first jobs of a log that fit on the machine. */
export function firstJobs(log: OpenLog, count: number): OpenLog {
  async function* batches(): AsyncGenerator<JobBatch> {
    let left = count;
    for await (const batch of log.source.batches()) {
      const part = new JobBatch(batch.resources);
      for (let row = 0; row < batch.jobs && left > 0; row++) {
        if (!fits(batch, row, log.processors)) continue;
        part.copyJob(batch, row);
        left--;
      }
      if (part.jobs > 0) yield part;
      if (left === 0) return;
    }
  }
  return { ...log, source: { name: log.source.name, account: log.source.account, batches } };
}

/** Reads all jobs of a log, in order of submission. */
export async function collectJobs({ source }: OpenLog): Promise<JobBatch> {
  const all = new JobBatch(PROCESSORS.length);
  for await (const batch of source.batches()) for (let row = 0; row < batch.jobs; row++) all.copyJob(batch, row);
  return all;
}

/** Gives a log that has nothing but some jobs of a batch. */
export function logOf(log: OpenLog, batch: JobBatch, rows: readonly number[]): OpenLog {
  const part = new JobBatch(batch.resources);
  for (const row of rows) part.copyJob(batch, row);
  const { name } = log.source;
  return {
    ...log,
    source: {
      name,
      account: openAccount(name, 'swf'),
      async *batches() {
        yield part.sorted();
      },
    },
  };
}

function fits(batch: JobBatch, row: number, processors: number): boolean {
  return batch.demand[batch.taskStart[row]!]! <= processors;
}
