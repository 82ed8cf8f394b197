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
  { file: 'philly/philly.csv.gz', resources: gpus, unit: 'gpus', counted: 'gpus' },
  { file: 'swf/KTH-SP2-1996-2.swf.gz', resources: cpus, unit: 'cpus', counted: 'cores' },
];
