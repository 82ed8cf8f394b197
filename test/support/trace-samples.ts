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
const devices = [resource('cpus'), resource('mem'), resource('gpus', { devices: true })];

/** A sample of every trace format, by its name; whoever adds a format adds one. */
export const traceSamples: Readonly<Record<string, TraceSample>> = {
  'alibaba-gpu2020': {
    file: 'pai_task_table.csv',
    content: `job1,worker,2.0,Terminated,1000.0,1600.0,600.0,29.5,50.0,T4
job1,ps,1.0,Terminated,1000.0,1600.0,100.0,10,,CPU
job2,worker,1.0,Running,2000.0,,600.0,29.5,50.0,T4
job3,worker,1.0,Waiting,,,600.0,29.5,50.0,T4
job4,worker,1.0,Failed,3000.0,3000.0,600.0,29.5,100.0,V100
job5,worker,1.0,Terminated,3000.0,3300.0,,,100.0,V100
job6,worker,1.0,Terminated,3000.0,3300.0,600.0,29.5,250.0,V100
`,
    resources: devices,
    read: 7,
    skipped: 5,
  },
  'alibaba-gpu2023': {
    file: 'openb_pod_list.csv',
    content: `name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time
pod-0,12000,16384,1,1000,,LS,Running,0,500,0
pod-1,6000,12288,1,460,V100M16|V100M32,BE,Succeeded,100,400,120
pod-2,8000,4096,2,1000,T4,LS,Failed,90,400,100
pod-3,8000,4096,0,0,,LS,Pending,110,400,
pod-4,8000,4096,1,1000,,LS,Running,120,,120
pod-5,8000,4096,2,500,,LS,Running,130,400,130
`,
    resources: devices,
    read: 6,
    skipped: 3,
  },
  'alibaba-gpu2025': {
    file: 'dlrm.csv',
    content: `instance_sn,role,app_name,cpu_request,cpu_limit,gpu_request,gpu_limit,rdma_request,rdma_limit,memory_request,memory_limit,disk_request,disk_limit,max_instance_per_node,creation_time,scheduled_time,deletion_time
i-0,HN,app_0,12,12,1,1,25,25,120.0,120.0,640.0,800.0,8,,,
i-1,CN,app_1,64,64,0,0,1,1,320.0,320.0,255.0,255.0,-1,500.0,510.0,900.0
i-2,HN,app_1,8,8,1,1,29,25,40.0,40.0,85.0,85.0,2,480,480.5,1000
i-3,HN,app_1,8,8,1,1,25,25,40.0,40.0,85.0,85.0,2,600,610,
i-4,HN,app_1,8,8,1,1,25,25,40.0,40.0,85.0,85.0,2,600,590,700
`,
    resources: devices,
    read: 5,
    skipped: 3,
  },
  alibaba2017: {
    file: 'batch_task.csv',
    content: `task_create_time, task_end_time, job_id, task_id,number_of_instances, status, number_of_cpus_requested_per_instance_in_the_task,normalized_memory_requested_per_instance_in_the_task
100,160,3,4,5,Terminated,50,0.0079
90,120,3,5,1,Terminated,100,0.25
110,115,4,7,3,Waiting,,
120,130,4,8,2,Failed,50,0.01
130,140,5,9,2,Running,50,0.01
140,150,5,10,2,Terminated,,
0,150,6,11,2,Terminated,50,0.01
150,150,6,12,2,Terminated,50,0.01
160,170,6,13,0,Terminated,50,0.01
`,
    resources: cpus,
    read: 9,
    skipped: 7,
  },
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
  azure: {
    file: 'vmtable.csv',
    content: `vm/1+,sub1,dep1,0,600,99.3,3.4,10.1,Delay-insensitive,2,3.5
vm/2=,sub1,dep2,600,900,50,2.5,9,Interactive,>24,>64
vm/3=,sub2,dep3,300,2591700,50,2.5,9,Unknown,8,56
vm/4=,sub2,dep3,300,300,50,2.5,9,Unknown,8,56
vm/5=,sub2,dep3,300,,50,2.5,9,Unknown,8,56
vm/6=,sub2,dep3,300,600,50,2.5,9,Unknown,many,56
`,
    resources: cpus,
    read: 6,
    skipped: 3,
  },
  batsim: {
    file: 'workload.json',
    content: `{
  "nb_res": 4,
  "jobs": [
    { "id": "w0!1", "subtime": 0.5, "res": 2, "walltime": 20, "profile": "short" },
    { "id": 2, "subtime": 3, "res": 4, "profile": "twice" },
    { "id": 3, "subtime": 4, "res": 1, "walltime": 20, "profile": "flops" },
    { "id": 4, "subtime": 5, "res": 1, "walltime": 20, "profile": "gone" },
    { "id": 5, "subtime": "soon", "res": 1, "walltime": 20, "profile": "short" }
  ],
  "profiles": {
    "short": { "type": "delay", "delay": 10 },
    "twice": { "type": "composed", "repeat": 2, "seq": ["short", "short"] },
    "flops": { "type": "parallel_homogeneous", "cpu": 1e9, "com": 0 }
  }
}
`,
    resources: cpus,
    read: 5,
    skipped: 3,
  },
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
  csv: {
    file: 'jobs.csv',
    content: `submit,run,cpus,mem,who,n,limit,prio
0,100,4,"8GB",ann,2,200,1
10.5,20,1,1GB,bob,1,10,-1
20,,1,1GB,bob,1,10,0
`,
    options: {
      columns: {
        submit: 'submit',
        duration: 'run',
        tasks: 'n',
        estimate: 'limit',
        priority: 'prio',
        demand: { cpus: 'cpus', mem: 'mem' },
      },
      frameworkBy: 'who',
    },
    resources: cpus,
    read: 3,
    skipped: 1,
  },
  gavel: {
    file: 'max_min.trace',
    content: `LM (batch size 40)\ttrain.py\tlm\t--steps\t0\t1000\t2\t1\t-1.000000\t0
LM (batch size 40)\ttrain.py\tlm\t--steps\t0\t500\t1\t2\t1.5\t30.5
LM (batch size 40)\ttrain.py\tlm\t--steps\t0\t500\t16\t1\t-1\t40
LM (batch size 40)\ttrain.py\tlm\t--steps\t0\tmany\t1\t1\t-1\t40
LM (batch size 40)\ttrain.py\tlm\t--steps\t0\t500\t1\t0\t-1\t40
`,
    resources: gpus,
    options: { own: { throughputs: 'throughputs.json' } },
    others: {
      'throughputs.json': `{
  "v100": { "('LM (batch size 40)', 1)": { "null": 10 }, "('LM (batch size 40)', 2)": { "null": 20 } },
  "k80": { "('LM (batch size 40)', 1)": { "null": 2.5, "('LM (batch size 40)', 1)": [1, 1] } }
}`,
    },
    read: 5,
    skipped: 3,
  },
  google2011: {
    file: 'part-00000-of-00500.csv',
    content: `0,,10,0,uA+/=,3,n1,l1
0,,10,1,uA+/=,3,n1,l1
600000000,,11,0,uB=,0,n2,l2
601000000,,11,1,uB=,0,n2,l2
602000000,,12,0,uB=,1,n3,l2
603000000,2,12,1,uB=,1,n3,l2
604000000,,13,0,uC=,2,n4,l3
605000000,,11,3,uB=,0,n2,l2
606000000,,11,0,uB=,0,n2,l2
607000000,,11,1,uB=,0,n2,l2
608000000,,11,4,uB=,0,n2,l2
609000000,,14,0,uC=,2,n5,l3
609000000,,14,9,uC=,2,n5,l3
610000000,,13,5,uC=,2,n4,l3
9223372036854775807,,12,5,uB=,1,n3,l2
`,
    options: { own: { 'task-events': 'tasks.csv' } },
    others: {
      'tasks.csv': `600000000,,11,0,,0,uB=,0,9,0.0625,0.03125,0.001,1
600000000,,11,1,,0,uB=,0,2,0.5,0.25,0,0
601000000,,11,0,77,1,uB=,0,9,0.0625,0.03125,0.001,1
601500000,,11,1,78,1,uB=,0,2,0.5,0.25,0,0
604000000,,11,0,77,2,uB=,0,9,0.0625,0.03125,0.001,1
604500000,,11,0,79,1,uB=,0,9,0.0625,0.03125,0.001,1
605000000,,11,0,79,4,uB=,0,9,0.0625,0.03125,0.001,1
606000000,,99,0,79,4,uB=,0,9,0.0625,0.03125,0.001,1
607000000,,11,x,79,4,uB=,0,9,0.0625,0.03125,0.001,1
608000000,,11,1,78,4,uB=,0,2,0.5,0.25,0,0
`,
    },
    resources: cpus,
    read: 25,
    skipped: 11,
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
  sia: {
    file: 'workload-1.csv',
    content: `set,workload,name,time,application,num_replicas,batch_size
philly,1,cifar10-0,107,cifar10,2,128
philly,1,cifar10-1,110.5,cifar10,4,512
philly,1,bert-2,120,bert,2,128
philly,1,cifar10-3,125,cifar10,2,100
philly,1,cifar10-4,130,cifar10,2,0
philly,1,cifar10-5,soon,cifar10,2,128
`,
    options: { own: { placements: 'placements.csv', validation: 'validation.csv' } },
    others: {
      'placements.csv': `application,variant,placement,local_bsz,step_time,sync_time
cifar10,base,2,32,0.25,0.125
cifar10,base,2,64,0.5,0.125
cifar10,base,11,32,0.75,0.5
cifar10,base,22,64,1,0.5
cifar10,base,4,64,0.75,0.25
cifar10,rtx,4,64,0.1,0.05
`,
      'validation.csv': `application,variant,progress,iteration,metric,grad_sqr,grad_var
cifar10,128,50,50,0.5,1,1
cifar10,128,100,100,0.75,1,1
cifar10,512,100,40,0.75,1,1
`,
    },
    resources: gpus,
    read: 6,
    skipped: 4,
  },
  'spark-tpch': {
    file: 'tpch.json',
    content: JSON.stringify({
      unit: 'milliseconds',
      profiles: [
        {
          query: 1,
          size: '2g',
          num_stages: 2,
          edges: [[0, 1]],
          stages: [
            {
              first_wave: { 2: [4000, 3500], 10: [5000, 4000, 3000] },
              rest_wave: { 2: [2000], 10: [] },
              fresh_durations: { 2: [4000], 10: [5000] },
            },
            { first_wave: { 2: [1000], 10: [1000] }, rest_wave: { 2: [], 10: [] }, fresh_durations: {} },
          ],
        },
        { query: 6, size: '5g', edges: [], stages: [{ first_wave: { 12: [1000] } }] },
        { query: 2, size: '5g' },
        { query: 2, size: '5g', num_stages: 3, edges: [], stages: [{ first_wave: { 2: [1000] } }] },
        { query: 2, size: '5g', edges: [[0, 1]], stages: [{ first_wave: { 2: [1000] } }] },
        { query: 2, size: '5g', edges: [], stages: [{ rest_wave: { 2: [1000] } }] },
        { query: 2, size: '5g', edges: [], stages: [{ first_wave: { 2: [] } }] },
        { query: 2, size: '5g', edges: [], stages: [{ first_wave: { 2: ['fast'] } }] },
      ],
    }),
    options: { own: { draw: 'each', arrivals: 'together' } },
    resources: cpus,
    read: 8,
    skipped: 6,
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
  tidy: {
    file: 'jobs.csv',
    content: `index,job,framework,submit_s,estimate_s,priority,weight,gang,killed,constraint,speeds,stage,parents,tasks,run_s,demand_cpus,demand_mem_mib
0,a,ann,0,,0,,,,,,,,1,10.000001,1,512
1,7,bob,0.5,20,1,3.5,true,true,gpu=A100|V100,gpu=A100:2,,,4,15,2,0
2,dag,"b, c",1,,0,,,,,,0,,1,5,1,0
2,dag,"b, c",1,,0,,,,,,1,0,3,5,1,0
2,dag,"b, c",1,,0,,,,,,1,0,1,6,1.5,0
2,dag,"b, c",1,,0,,,,,,2,0 1,1,0,1,0
3,x,ann,soon,,0,,,,,,,,1,10,1,1
4,y,ann,2,,0,,maybe,,,,,,1,10,1,1
5,z,ann,2,,0,,,,gpu,,,,1,10,1,1
6,w,ann,2,,0,,,,,,,,1.5,10,1,1
`,
    resources: cpus,
    read: 10,
    skipped: 4,
  },
  tiresias: {
    file: '3_job.csv',
    content: `job_id,num_gpu,submit_time,iterations,model_name,duration,interval
0,1,0,606,vgg19,164,30
1,8,30,133,vgg11,147,23
2,0,53,133,vgg11,147,23
3,2,53,133,vgg11,0,23
4,2,,133,vgg11,147,23`,
    resources: gpus,
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
};
