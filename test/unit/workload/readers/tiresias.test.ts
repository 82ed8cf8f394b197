import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { JobFlag } from '../../../../src/workload/job-batch.ts';
import { readTrace } from './read-trace.ts';

const HEADER = 'job_id,num_gpu,submit_time,iterations,model_name,duration,interval';
const world = { resources: [resource('cpus'), resource('gpus')] };
const tiresias = (rows: string, options = {}) =>
  readTrace(`${HEADER}\n${rows}`, { format: 'tiresias', as: undefined, ...options }, world);

describe('a Tiresias table', () => {
  it('has a task for each GPU of a job, and they start together', async () => {
    const { jobs } = await tiresias('7,2,30,133,vgg11,147,23');
    expect(jobs).toEqual([
      {
        name: '7',
        framework: 'all',
        submit: 30,
        estimate: null,
        priority: 0,
        flags: JobFlag.gang,
        run: [147, 147],
        demand: [
          [0, 1_000],
          [0, 1_000],
        ],
      },
    ]);
  });

  it('is read with its columns in any order, and with others beside them', async () => {
    const { jobs } = await readTrace(
      'start_time,duration,job_id,num_gpu,submit_time\n14,20,10,1,11\n14,20,10,1,11',
      { format: 'tiresias' },
      world,
    );
    expect(jobs.map(({ name, submit, run }) => [name, submit, run])).toEqual([
      ['10', 11, [20]],
      ['10', 11, [20]],
    ]);
  });

  it('gives the reason for each job that it leaves out', async () => {
    const { account } = await tiresias('0,0,0,1,a,5,0\n1,2,0,1,a,0,0\n2,x,0,1,a,5,0\n3,1,,1,a,5,0\n4,1.5,0,1,a,5,0');
    expect(account.skipped).toEqual({
      'no processors': 1,
      'zero run time': 1,
      'not a number: num_gpu': 1,
      'missing: submit_time': 1,
      'not a whole number of tasks': 1,
    });
  });

  it('has the models as frameworks where they are asked for', async () => {
    const { jobs } = await tiresias('7,2,30,133,vgg11,147,23', { frameworkBy: 'group' });
    expect(jobs[0]!.framework).toBe('vgg11');
  });

  it('needs a cluster with GPUs', async () => {
    const trace = readTrace(`${HEADER}\n7,2,30,133,vgg11,147,23`, { format: 'tiresias' });
    await expect(trace).rejects.toThrow('tiresias tells of gpus, and the cluster has cpus');
  });
});
