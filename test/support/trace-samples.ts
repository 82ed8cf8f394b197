import { type ResourceCatalog, resource } from '../../src/base/amounts.ts';
import type { GivenTraceOptions } from '../../src/workload/readers/registry.ts';
import { parquetBytes } from './parquet-bytes.ts';

/** A small file of one trace format, written for the tests: a few good records, and one of each kind that is left out. */
export interface TraceSample {
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly resources: ResourceCatalog;
  /** What the format cannot be read without. */
  readonly options?: Partial<GivenTraceOptions>;
  /** Files that belong to it, by the names its options give. */
  readonly others?: Readonly<Record<string, string | Uint8Array>>;
  /** Records read, and of those left out. */
  readonly read: number;
  readonly skipped: number;
}

const cpus = [resource('cpus'), resource('mem')];
const gpus = [resource('cpus'), resource('mem'), resource('gpus')];

/** A sample of every trace format, by its name; whoever adds a format adds one. */
export const traceSamples: Readonly<Record<string, TraceSample>> = {
  bitbrains: {
    file: 'tasks.csv',
    content: `id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity
1019,1376314546000,300000,2,5852.5,181352
1020,1376314546500,0,1,2926,260096
1021,1376314547000,60000,0,2926,260096
1022,,60000,1,2926,260096
1023,1376314548000,60000,1,2926,much
`,
    resources: cpus,
    read: 5,
    skipped: 4,
  },
  surf: {
    file: 'tasks.parquet',
    content: parquetBytes(
      [
        { name: 'id', data: [1n, 2n, 3n], type: 'INT64' },
        { name: 'submission_time', data: [1_656_604_920_000n, 1_656_604_919_000n, 1_656_604_930_000n], type: 'INT64' },
        { name: 'duration', data: [1_000n, 2_500n, 0n], type: 'INT64' },
        { name: 'cpu_count', data: [16, 8, 16], type: 'INT32' },
        { name: 'cpu_capacity', data: [33_600, 16_800, 33_600], type: 'DOUBLE' },
        { name: 'mem_capacity', data: [102_400n, 102_400n, 102_400n], type: 'INT64' },
        { name: 'deferrable', data: [true, true, true], type: 'BOOLEAN' },
        { name: 'deadline', data: [1_656_691_320_000n, 0n, 0n], type: 'INT64' },
      ],
      2,
    ),
    resources: cpus,
    read: 3,
    skipped: 1,
  },
  swf: {
    file: 'log.swf',
    content: `; MaxProcs: 16
1 0 5 100 4 90 -1 4 200 -1 1 7 1 3 1 1 -1 -1
2 10 -1 50 -1 -1 -1 8 40 -1 0 8 1 3 1 1 -1 -1
3 20 -1 -1 2 -1 -1 2 40 -1 5 8 1 3 1 1 -1 -1
`,
    resources: cpus,
    read: 3,
    skipped: 1,
  },
  csv: {
    file: 'jobs.csv',
    content: `submit,run,cpus,mem,who
0,100,4,"8GB",ann
10.5,20,1,1GB,bob
20,,1,1GB,bob
`,
    options: {
      columns: { submit: 'submit', duration: 'run', demand: { cpus: 'cpus', mem: 'mem' } },
      frameworkBy: 'who',
    },
    resources: cpus,
    read: 3,
    skipped: 1,
  },
  parquet: {
    file: 'jobs.parquet',
    content: parquetBytes([
      { name: 'at', data: [0n, 10_500n, 11_000n, 12_000n], type: 'INT64' },
      { name: 'run', data: [100, 20, null, -1], type: 'DOUBLE' },
      { name: 'cores', data: [4, 1, 1, 1], type: 'INT32' },
      { name: 'who', data: ['ann', 'bob', null, 'ann'], type: 'STRING' },
    ]),
    options: {
      columns: { submit: { column: 'at', unit: 'ms' }, duration: 'run', demand: { cpus: 'cores' } },
      frameworkBy: 'who',
    },
    resources: [resource('cpus')],
    read: 4,
    skipped: 2,
  },
  philly: {
    file: 'philly.csv',
    content: `timestamp,duration,num_gpus,gpu_time,cluster
2017-10-03 07:01:07,120.5,4,482,vc1
2017-10-03 07:01:05,60,1,60,vc2
2017-10-03 07:02:00,0,1,0,vc2
2017-10-03 7am,50,1,50,vc2

`,
    resources: gpus,
    read: 4,
    skipped: 2,
  },
};
