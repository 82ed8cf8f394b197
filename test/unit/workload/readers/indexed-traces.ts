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

/** Workflows of WfCommons. */
const wfcommons = [
  '1000genome-chameleon-22ch-250k-001',
  '1000genome-chameleon-2ch-100k-001',
  'airrflow-dirt02-001',
  'bacass-dirt02-001',
  'blast-chameleon-large-001',
  'blast-chameleon-small-001',
  'bwa-chameleon-small-001',
  'cycles-chameleon-1l-1c-9p-001',
  'cycles-chameleon-2l-1c-12p-001',
  'epigenomics-chameleon-hep-1seq-100k-001',
  'epigenomics-chameleon-ilmn-3seq-50k-001',
  'helloworld-chain-5-chameleon',
  'helloworld-forkjoin-10-chameleon',
  'mag-dirt02-001',
  'montage-chameleon-2mass-005d-001',
  'montage-chameleon-2mass-02d-001',
  'rnaseq-dirt02-001',
  'seismology-chameleon-1000p-001',
  'seismology-chameleon-100p-001',
  'soykb-chameleon-10fastq-10ch-001',
  'srasearch-chameleon-10a-001',
  'srasearch-chameleon-50a-001',
  'viralrecon-dirt02-001',
];

/** The pod lists of openb that have times; each is compared by its cpus and by its GPUs. */
const podLists = [
  ...['cpu0', 'cpu037', 'cpu050', 'cpu072', 'cpu100', 'cpu200', 'cpu235', 'cpu250', 'cpu300', 'default'],
  ...['gpushare100', 'gpushare20', 'gpushare40', 'gpushare80'],
  ...['gpuspec05', 'gpuspec10', 'gpuspec20', 'gpuspec25', 'gpuspec33'],
].map((list) => `alibaba-gpu2023/openb_pod_list_${list}.csv.gz`);
const both = [resource('cpus'), resource('gpus', { devices: true })];

export const indexedTraces: readonly IndexedTrace[] = [
  ...[0, 1, 2, 3, 4, 5, 6].map((seed) => ({
    file: `batsim-g5k/g5k_workload_delay_seed${seed}_size32.json.gz`,
    resources: cpus,
    unit: 'cpus',
    counted: 'nodes' as const,
  })),
  {
    file: 'gavel/msr_seed0_by_vc.tsv.gz',
    resources: gpus,
    unit: 'gpus',
    counted: 'gpus',
    options: { own: { throughputs: 'gavel/simulation_throughputs.json.gz' } },
  },
  {
    file: 'gavel/physical_max_min_fairness.trace.gz',
    resources: gpus,
    unit: 'gpus',
    counted: 'gpus',
    options: { own: { throughputs: 'gavel/physical_cluster_throughputs.json.gz' } },
  },
  { file: 'alibaba2017/batch_task.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'azure/azure_v2_vmtable_sample10.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'bitbrains/bitbrains_small_tasks.csv.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'bitbrains/bitbrains_small_tasks.parquet', resources: cpus, unit: 'cpus', counted: 'cores' },
  { file: 'google2011/job_events.csv.gz', resources: cpus, unit: 'cpus', counted: 'slots' },
  { ...graphs, file: 'alibaba2018/batch_task_selected_dags.csv.gz' },
  ...podLists.flatMap((file): IndexedTrace[] => [
    { file, resources: both, unit: 'cpus', counted: 'cores' },
    // Of this list the index has the largest demand of all rows: a pod that was never scheduled.
    { file, resources: both, unit: 'gpus', counted: 'gpus', skip: file.includes('gpushare100') ? ['max_gpus'] : [] },
  ]),
  { file: 'alibaba-gpu2025/disaggregated_DLRM_trace.csv.gz', resources: both, unit: 'cpus', counted: 'cores' },
  { file: 'alibaba-gpu2025/disaggregated_DLRM_trace.csv.gz', resources: both, unit: 'gpus', counted: 'gpus' },
  ...[0, 1, 2, 3, 4, 5, 6].map((seed) => ({
    file: `batsim-g5k/g5k_workload_delay_seed${seed}_size32.json.gz`,
    resources: cpus,
    unit: 'cpus',
    counted: 'nodes' as const,
  })),
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
  ...wfcommons.map((name) => ({
    ...graphs,
    file: `workflows/wfcommons/${name}.json.gz`,
    // The index takes tasks that ran for no time into these.
    skip: ['runtime_mean_s', 'runtime_median_s'],
    graphs: true,
  })),
  { ...graphs, file: 'workflows/opendc_workflows.gwf.gz', graphs: true },
  { ...graphs, file: 'workflows/wta_shell_chronos_tasks.csv.gz', graphs: true },
];
