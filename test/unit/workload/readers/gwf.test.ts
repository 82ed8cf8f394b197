import { describe, expect, it } from 'vitest';
import { traceSamples } from '../../../support/trace-samples.ts';
import { readTrace } from './read-trace.ts';

const { content, resources } = traceSamples['gwf']!;
const options = { file: 'trace.gwf', format: 'gwf', as: undefined };

describe('a grid workload', () => {
  it('becomes a job for each workflow, submitted with its first task, in order of submission', async () => {
    const { jobs, account } = await readTrace(content as string, options, { resources });
    expect(jobs.map(({ name, submit, run, demand, stages }) => ({ name, submit, run, demand, stages }))).toEqual([
      {
        name: '1',
        submit: 4,
        run: [11, 5],
        demand: [
          [2000, 0],
          [1000, 0],
        ],
        stages: undefined,
      },
      {
        name: '0',
        submit: 16,
        run: [11, 7],
        demand: [
          [1000, 0],
          [1000, 0],
        ],
        stages: [
          { tasks: 1, parents: [] },
          { tasks: 1, parents: [0] },
        ],
      },
    ]);
    expect(account.skipped).toEqual({
      'missing: JobID': 1,
      'zero run time': 1,
      'negative submit': 1,
      'unknown run time': 1,
      'no processors': 1,
    });
    expect(account.notes).toMatchObject({
      'task submitted later than its job, not waited for': 5,
      'parent that the job does not have, not waited for': 1,
      'out of order': 1,
    });
  });

  it('keeps tasks that ran for no time where one asks for them', async () => {
    const { jobs } = await readTrace(content as string, { ...options, zeroRunTime: 'keep' }, { resources });
    expect(jobs[1]!.run).toEqual([11, 0, 7]);
    expect(jobs[1]!.stages!.map((stage) => stage.parents)).toEqual([[], [0], [0, 1]]);
  });

  it('makes a task of several processors as many tasks with `as: tasks`', async () => {
    const { jobs } = await readTrace(content as string, { ...options, as: 'tasks' }, { resources });
    expect(jobs[0]!.run).toEqual([11, 11, 5]);
  });
});
