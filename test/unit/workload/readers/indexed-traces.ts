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
  /** Whether the graphs of its jobs are compared too, tasks that ran for no time and all. */
  readonly graphs?: boolean;
}

const cpus = [resource('cpus')];
const gpus = [resource('gpus')];

/** The index takes the submit time of each task, and a job has one: the earliest. */
const ONE_SUBMIT = ['last_submit_s', 'span_s'] as const;

/** Tables of tasks whose jobs are graphs. */
const graphs = { resources: cpus, unit: 'cpus', counted: 'cores', skip: ONE_SUBMIT } as const;

export const indexedTraces: readonly IndexedTrace[] = [
  { file: 'alibaba2017/batch_task.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'azure/azure_v2_vmtable_sample10.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'google2011/job_events.csv.gz', resources: cpus, unit: 'cpus', counted: 'slots' },
  { ...graphs, file: 'alibaba2018/batch_task_selected_dags.csv.gz' },
  { file: 'philly/philly.csv.gz', resources: gpus, unit: 'gpus', counted: 'gpus' },
  {
    file: 'sia/workloads.csv.gz',
    resources: gpus,
    unit: 'gpus',
    counted: 'gpus',
    options: { own: { placements: 'sia/app_placements.csv.gz', validation: 'sia/app_validation.csv.gz' } },
  },
  { file: 'swf/KTH-SP2-1996-2.swf.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'tiresias/60_job.csv', resources: gpus, unit: 'gpus', counted: 'gpus' },
  { file: 'tiresias/tf_job.csv', resources: gpus, unit: 'gpus', counted: 'gpus' },
  { ...graphs, file: 'workflows/opendc_workflows.gwf.gz', graphs: true },
  { ...graphs, file: 'workflows/wta_shell_chronos_tasks.csv.gz', graphs: true },
];
