import { describe, expect, it } from 'vitest';
import { taskIds } from '../../../../src/workload/readers/task-ids.ts';
import { traceSamples } from '../../../support/trace-samples.ts';
import { readTrace } from './read-trace.ts';

const { content, resources } = traceSamples['wta']!;
const options = { file: 'tasks.csv', format: 'wta', as: undefined };

describe('a table of the Workflow Trace Archive', () => {
  it('becomes a job for each workflow, its times given in milliseconds', async () => {
    const { jobs, account } = await readTrace(content as string, options, { resources });
    expect(jobs).toMatchObject([{ name: '7', submit: 0, records: 3, run: [7.184, 9.1715, 5.24] }]);
    expect(jobs[0]!.demand.map(([cpus]) => cpus)).toEqual([1000, 2000, 1000]);
    expect(jobs[0]!.stages!.map((stage) => stage.parents)).toEqual([[], [0], [1]]);
    expect(account.skipped).toEqual({ 'zero run time': 1, 'unknown submit': 1, 'unknown run time': 1 });
    expect(account.notes).toMatchObject({
      'amount requested unknown, one processor taken': 1,
      'task submitted later than its job, not waited for': 2,
    });
  });

  it('takes the user for the framework where the table has one', async () => {
    const rows = 'id,workflow_id,ts_submit,runtime,parents,user_id\n0,7,0,10,,ann\n1,7,0,10,0,bob\n';
    const { jobs } = await readTrace(rows, options, { resources });
    expect(jobs.map((job) => job.framework)).toEqual(['ann']);
  });
});

describe('a list of tasks', () => {
  it.each([
    ['', []],
    ['-1', []],
    ['4 5  6', ['4', '5', '6']],
    ['[1, 2]', ['1', '2']],
    ['9007199254740993', ['9007199254740993']],
  ])('%j names %j', (text, ids) => {
    expect(taskIds(text)).toEqual(ids);
  });
});
