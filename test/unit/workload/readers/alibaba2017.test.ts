import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { readTrace } from './read-trace.ts';

const HEADER =
  'task_create_time, task_end_time, job_id, task_id,number_of_instances, status, number_of_cpus_requested_per_instance_in_the_task,normalized_memory_requested_per_instance_in_the_task\n';
const world = { resources: [resource('cpus'), resource('mem', { scale: 1_000_000 })] };
const alibaba = (rows: string, options = {}) =>
  readTrace(rows, { format: 'alibaba2017', as: undefined, ...options }, world);

describe('the batch tasks of Alibaba 2017', () => {
  it('are jobs with a task for each instance, in cores and shares of memory', async () => {
    const { jobs } = await alibaba(`${HEADER}100,160,3,4,2,Terminated,50,0.0079`);
    expect(jobs).toEqual([
      {
        name: '3/4',
        framework: 'all',
        submit: 100,
        estimate: null,
        priority: 0,
        flags: 0,
        run: [60, 60],
        demand: [
          [500, 7_900],
          [500, 7_900],
        ],
      },
    ]);
  });

  it('may stand without a header, as they were published', async () => {
    const { jobs } = await alibaba('100,160,3,4,2,Terminated,50,0.0079', { as: 'pool', frameworkBy: 'job_id' });
    expect(jobs[0]).toMatchObject({ framework: '3', demand: [[1_000, 15_800]] });
  });

  it('are left out unless they terminated, planned, took time and had instances', async () => {
    const rows = [
      '1,9,1,1,1,Waiting,,',
      '1,9,1,2,1,Running,50,0.1',
      '1,9,1,3,1,Failed,50,0.1',
      '1,9,1,4,1,Gone,50,0.1',
      '1,9,1,5,1,Terminated,,',
      '0,9,1,6,1,Terminated,50,0.1',
      '9,9,1,7,1,Terminated,50,0.1',
      '9,1,1,8,1,Terminated,50,0.1',
      '1,9,1,9,0,Terminated,50,0.1',
    ].join('\n');
    expect((await alibaba(HEADER + rows)).account.skipped).toEqual({
      'status Waiting': 1,
      'status Running': 1,
      'status Failed': 1,
      'unknown status': 1,
      'missing: number_of_cpus_requested_per_instance_in_the_task': 1,
      'unknown submit': 1,
      'zero run time': 1,
      'unknown run time': 1,
      'no processors': 1,
    });
    const ended = await alibaba(HEADER + rows, { own: { status: 'ended' } });
    expect(ended.jobs.map(({ name }) => name)).toEqual(['1/3']);
  });
});
