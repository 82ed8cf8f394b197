import type { ResourceCatalog } from '../base/amounts.ts';
import type { ByteSource } from '../base/byte-source.ts';
import { SimulationError } from '../base/errors.ts';
import { Interner } from '../base/interner.ts';
import type { NodeRequirement } from '../base/node-requirement.ts';
import type { Random } from '../base/random.ts';
import type { JobBatch } from './job-batch.ts';

/** Where jobs come from: a trace, a generator, or the scenario's own list. */
export interface WorkloadSource {
  readonly name: string;
  readonly account: SourceAccount;
  /** True if every job is one task that may run on any node, whatever its demand; not known where left out. */
  readonly isOfSingleTasks?: boolean;
  /** Yields jobs in order of submit time, within a batch and across batches; pulled as the run goes, never held whole. */
  batches(): AsyncIterable<JobBatch>;
}

/** What became of each record of one source: read = replayed + rejected + skipped. */
export interface SourceAccount {
  /** The file as the scenario names it, or what made the jobs. */
  readonly source: string;
  readonly format: string;
  read: number;
  /** Counted by the simulation when it accepts a job: how many records that stands for. */
  replayed: number;
  /** Counted by the simulation when a job can never fit. */
  rejected: number;
  /** Records left out by the reader, by reason. */
  readonly skipped: Record<string, number>;
  /** Records replayed with something filled in or rounded, by what was done. */
  readonly notes: Record<string, number>;
  /** The rules that were in force where the format leaves a choice. */
  readonly rules: Record<string, string | number | boolean>;
  /** Is told of each record that is left out or put right, for those who want to know which. */
  onOdd?: OddListener;
}

/** Hears that the record at `line` (0 where that is not known) was left out, or replayed with something done to it. */
export type OddListener = (kind: 'skipped' | 'notes', what: string, line: number) => void;

/** What a source needs of the run it feeds. */
export interface WorkloadContext {
  readonly resources: ResourceCatalog;
  readonly frameworks: Interner;
  /** Row of the sources list that jobs of this source carry. */
  readonly source: number;
  /** Opens a stream of chance; the name is made unique to the source by the caller. */
  stream(name: string): Random;
  /**
   * Gives the row that jobs carry whose nodes must have one of the values for each attribute and meet the requirements,
   * and at which speed they run by attribute and value.
   */
  constraint(
    wanted: Readonly<Record<string, readonly string[]>>,
    speeds?: Readonly<Record<string, Readonly<Record<string, number>>>>,
    requirements?: readonly NodeRequirement[],
  ): number;
  /** Gives the row that jobs of this priority carry whose weight is given. */
  weight(weight: number, priority: number): number;
  /** Opens another file that belongs to the source; its path begins where that of the source does. */
  openFile(file: string): ByteSource;
  /** Gives why a job of a batch can never run on the cluster, or null when it can. */
  infeasible(batch: JobBatch, row: number): string | null;
}

/** Gives a context in which every job can run, and nothing is drawn, constrained or opened but by what `own` says. */
export function plainContext(own: Pick<WorkloadContext, 'resources'> & Partial<WorkloadContext>): WorkloadContext {
  const refuse = (what: string) => () => {
    throw new SimulationError(`a source ${what}, for which it was not made`);
  };
  return {
    frameworks: new Interner(),
    source: 0,
    stream: refuse('draws'),
    constraint: refuse('names nodes'),
    weight: refuse('weighs jobs'),
    openFile: refuse('opens another file'),
    infeasible: () => null,
    ...own,
  };
}

/** Opens an account with nothing on it. */
export function openAccount(source: string, format: string, rules: SourceAccount['rules'] = {}): SourceAccount {
  return { source, format, read: 0, replayed: 0, rejected: 0, skipped: {}, notes: {}, rules };
}

/** Adds one to the count of `reason`. */
export function tally(counts: Record<string, number>, reason: string, by = 1): void {
  counts[reason] = (counts[reason] ?? 0) + by;
}

/** Counts a record that is left out or put right, and tells who wants to know of it. */
export function tallyOdd(account: SourceAccount, kind: 'skipped' | 'notes', what: string, line: number, by = 1): void {
  tally(account[kind], what, by);
  account.onOdd?.(kind, what, line);
}

/** Gives the sum of all counts. */
export function total(counts: Readonly<Record<string, number>>): number {
  let sum = 0;
  for (const count of Object.values(counts)) sum += count;
  return sum;
}
