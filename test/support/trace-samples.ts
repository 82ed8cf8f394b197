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
