import { type ResourceCatalog, resource } from '../../src/base/amounts.ts';
import type { GivenTraceOptions } from '../../src/workload/readers/registry.ts';

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
  alibaba2018: {
    file: 'batch_task.csv',
    content: `task_name,instance_num,job_name,task_type,status,start_time,end_time,plan_cpu,plan_mem
M1,2.0,j_1,1,Terminated,100,110,50.0,0.2
R3_1_2,1.0,j_1,1,Terminated,112,120,100.0,0.4
M2,3.0,j_1,1,Failed,100,105,100.0,0.4
task_Nzg3,1.0,j_2,1,Terminated,90,95,100.0,0.1
R5_4,1.0,j_2,1,Terminated,95,95,100.0,0.1
M4,,j_2,1,Waiting,0,0,,
M6,1.0,j_2,1,Terminated,95,99,,
M7,1.0,j_2,1,Terminated,0,99,100.0,0.1
J8_2_1_8_9_10_11_12_13_14_15_16_17_18_19_20_21_22_,1.0,j_1,1,Terminated,121,125,100.0,0.1
MergeTask,1.0,,1,Terminated,1,2,100.0,0.1
M9,1.0,j_2,1,Terminated,95
`,
    resources: cpus,
    read: 11,
    skipped: 7,
  },
  gwf: {
    file: 'trace.gwf',
    content: `WorkflowID, JobID , SubmitTime, RunTime , NProcs , ReqNProcs , Dependencies
0         , 1     , 16        , 11      , 1      , 1         ,
1         , 8     , 4         , 11      , 2      , 2         , -1
0         , 2     , 40        , 0       , 1      , 1         , 1
0         , 3     , 40        , 7       , 1      , 1         , 1 2
1         , 9     , -1        , 7       , 1      , 1         , 8
1         , 10    , 20        , -1      , 1      , 1         , 8 9
1         , 11    , 20        , 5       , 0      , 1         , 8
1         , 12    , 20        , 5       , 1      , 1         , 77
1         ,       , 20        , 5       , 1      , 1         ,
`,
    resources: cpus,
    read: 9,
    skipped: 5,
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
  swim: {
    file: 'fb.tsv',
    content: [
      'job0\t49\t49\t740773\t2339561\t627471',
      'job1\t101\t52\t900000000\t0\t432269',
      'job2\t122\t21\t0\t0\t0',
      'job3\t123\t1\t5\t-1\t0',
      'job4\t124\t1\tmuch\t0\t0',
      '',
    ].join('\n'),
    resources: cpus,
    read: 5,
    skipped: 3,
  },
  wfcommons: {
    file: 'blast.json',
    content: JSON.stringify({
      name: 'blast',
      schemaVersion: '1.5',
      workflow: {
        specification: {
          tasks: [
            { name: 'split', id: 't1', parents: [], children: ['t2', 't3'] },
            { name: 'search', id: 't2', parents: ['t1'], children: ['t4'] },
            { name: 'search', id: 't3', parents: ['t1'], children: ['t4', 'gone'] },
            { name: 'join', id: 't4', parents: ['t2', 't3'], children: [] },
            { name: 'idle', id: 't5', parents: ['t4', 'lost'], children: [] },
            { parents: [] },
          ],
        },
        execution: {
          makespanInSeconds: 30,
          tasks: [
            { id: 't1', runtimeInSeconds: 1.5, coreCount: 2, memoryInBytes: 3145728 },
            { id: 't2', runtimeInSeconds: 4 },
            { id: 't3', runtimeInSeconds: 0 },
            { id: 't4', runtimeInSeconds: 2.25, coreCount: 1 },
          ],
        },
      },
    }),
    resources: cpus,
    read: 6,
    skipped: 3,
  },
  wta: {
    file: 'tasks.csv',
    content: `id,workflow_id,ts_submit,runtime,wait_time,resource_type,resource_amount_requested,memory_requested,parents,children,type
0,7,0,7184,-1,thread,1,-1,,1,composite
1,7,0,9171.5,-1,thread,2,-1,0,2 3,composite
2,7,6000,0,-1,thread,1,-1,1,3,composite
3,7,6000,5240,-1,thread,-1,-1,"1, 2",,composite
4,8,,100,-1,thread,1,-1,,,composite
5,8,9000,x,-1,thread,1,-1,,,composite
`,
    resources: cpus,
    read: 6,
    skipped: 3,
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
