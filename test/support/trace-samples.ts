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
};
