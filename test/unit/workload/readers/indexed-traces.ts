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
  { file: 'alibaba2017/batch_task.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'azure/azure_v2_vmtable_sample10.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'bitbrains/bitbrains_small_tasks.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'bitbrains/bitbrains_small_tasks.parquet', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'google2011/job_events.csv.gz', resources: cpus, unit: 'cpus', counted: 'slots' },
  { file: 'philly/philly.csv.gz', resources: gpus, unit: 'gpus', counted: 'gpus' },
  {
    file: 'sia/workloads.csv.gz',
    resources: gpus,
    unit: 'gpus',
    counted: 'gpus',
    options: { own: { placements: 'sia/app_placements.csv.gz', validation: 'sia/app_validation.csv.gz' } },
  },
  { file: 'surf/surf_lisa_halfyear_tasks.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'surf/surf_lisa_halfyear_tasks.parquet', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'swf/KTH-SP2-1996-2.swf.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'tiresias/60_job.csv', resources: gpus, unit: 'gpus', counted: 'gpus' },
  { file: 'tiresias/tf_job.csv', resources: gpus, unit: 'gpus', counted: 'gpus' },
];
