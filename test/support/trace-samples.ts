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
