import { type ByteSource, bytesInMemory } from '../../src/base/byte-source.ts';
import { Interner } from '../../src/base/interner.ts';
import { ConstraintTable } from '../../src/cluster/constraints.ts';
import { JobWeights } from '../../src/cluster/job-weights.ts';
import { sha256 } from '../../src/platform/sha256.ts';
import type { JobBatch } from '../../src/workload/job-batch.ts';
import { type GivenTraceOptions, openTrace } from '../../src/workload/readers/registry.ts';
import { traceCatalog } from '../../src/workload/readers/trace-catalog.ts';
import { WorkloadDigest, type WorkloadTables } from '../../src/workload/workload-digest.ts';
import { plainContext, type SourceAccount, type WorkloadContext } from '../../src/workload/workload-source.ts';
import type { JobFile } from '../../src/workload/writers/job-file.ts';

/** A trace that has been read: its digest, and what has become of its records. */
export interface Digested {
  readonly digest: string;
  readonly jobs: number;
  readonly account: SourceAccount;
}

/** Makes what a source needs where there is no cluster, and what its columns then stand for. */
export function openWorld(
  resources: WorkloadContext['resources'],
  own: Partial<WorkloadContext> = {},
): { context: WorkloadContext; tables: WorkloadTables } {
  const constraints = new ConstraintTable();
  const weights = new JobWeights();
  const frameworks = new Interner();
  const context = plainContext({
    resources,
    frameworks,
    constraint: (wanted, speeds) => constraints.add(wanted, speeds),
    weight: (weight, priority) => weights.rowFor(weight, priority),
    ...own,
  });
  const weight = (row: number) => (row === 0 ? null : weights.of(row, 0));
  return { context, tables: { resources, frameworks, wishes: (row) => constraints.row(row), weight } };
}

/** Reads a trace without a cluster, and hands its jobs to a writer where one is given. */
export async function digestTrace(
  bytes: ByteSource,
  options: Partial<GivenTraceOptions> & { readonly format: string },
  own: Partial<WorkloadContext> = {},
  open?: (tables: WorkloadTables) => JobFile,
): Promise<Digested & { readonly written: Uint8Array; readonly lost: JobFile['lost'] }> {
  const given = { file: bytes.name, frameworkBy: 'user', pastEstimate: 'overrun', sort: 'whole', ...options } as const;
  const { context, tables } = openWorld(await traceCatalog(bytes, given), own);
  const source = openTrace(bytes, given, context);
  const digest = new WorkloadDigest(sha256(), tables);
  const file = open?.(tables);
  const pieces: Uint8Array[] = [];
  const take = async (batch: JobBatch) => {
    digest.add(batch);
    if (file !== undefined) pieces.push(await file.write(batch));
  };
  for await (const batch of source.batches()) await take(batch);
  if (file !== undefined) pieces.push(await file.finish());
  const written = new Uint8Array(Buffer.concat(pieces));
  return { digest: digest.hex(), jobs: digest.jobs, account: source.account, written, lost: file?.lost ?? {} };
}

/** Reads a tidy file that has been written. */
export function digestTidy(name: string, content: Uint8Array): Promise<Digested> {
  return digestTrace(bytesInMemory(name, content), { format: 'tidy', sort: 'streaming' });
}
