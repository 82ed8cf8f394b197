import { type Resource, resource } from '../../../../src/base/amounts.ts';
import type { GivenTraceOptions } from '../../../../src/workload/readers/registry.ts';

/** One file of the index of real traces, and how it is to be read so that its statistics can be compared. */
export interface IndexedTrace {
  readonly file: string;
  readonly resources: readonly Resource[];
  /** The resource that widths are counted in, and what the index calls it. */
  readonly unit: string;
  readonly counted: 'cores' | 'gpus' | 'nodes' | 'slots';
  /** Where the format or its options are not found by looking at the file. */
  readonly options?: Partial<GivenTraceOptions>;
  /** How many records are read, where that is not the number of rows that the index gives. */
  readonly records?: number;
  /** Keys of the index that mean something else for this file; each with the reason beside it. */
  readonly skip?: readonly string[];
}

const cpus = [resource('cpus')];
const gpus = [resource('gpus')];

export const indexedTraces: readonly IndexedTrace[] = [
  { file: 'bitbrains/bitbrains_small_tasks.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'bitbrains/bitbrains_small_tasks.parquet', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'philly/philly.csv.gz', resources: gpus, unit: 'gpus', counted: 'gpus' },
  { file: 'surf/surf_lisa_halfyear_tasks.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'surf/surf_lisa_halfyear_tasks.parquet', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'swf/KTH-SP2-1996-2.swf.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
];
