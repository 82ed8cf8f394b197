import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { Interner } from '../../../../src/base/interner.ts';
import { openBytes } from '../../../../src/platform/files.ts';
import { readTaskName } from '../../../../src/workload/readers/alibaba2018.ts';
import { CsvRecords } from '../../../../src/workload/readers/csv-records.ts';
import { resolveParents } from '../../../../src/workload/task-graph.ts';
import { realTraces, traceIndex } from '../../../support/real-traces.ts';
import { traceSamples } from '../../../support/trace-samples.ts';
import { readTrace } from './read-trace.ts';

const HEADER = 'task_name,instance_num,job_name,task_type,status,start_time,end_time,plan_cpu,plan_mem\n';
const resources = [resource('cpus'), resource('mem')];
const read = (rows: string, options = {}) =>
  readTrace(HEADER + rows, { file: 'b.csv', format: 'alibaba2018', as: undefined, ...options }, { resources });

describe('a task name of 2018', () => {
  it.each([
    ['M1', 1, []],
    ['J4_2_3', 4, [2, 3]],
    ['R2_1_Stg4', 2, [1]],
    ['M12_', 12, []],
  ])('%s is task %i, waiting for %j', (name, key, parents) => {
    expect(readTaskName(name)).toEqual({ key, parents, isCut: false });
  });

  it.each(['task_Nzg3ODAwNDgz', 'MergeTask', '', 'J_2', '4_2'])('%j is a task on its own', (name) => {
    expect(readTaskName(name)).toEqual({ key: null, parents: [], isCut: false });
  });

  it('of 50 characters may be cut, so its last number is no parent', () => {
    const cut = 'R24_1_2_3_4_5_6_7_8_9_10_11_12_13_14_15_16_17_18_1';
    expect(readTaskName(cut).parents.at(-1)).toBe(18);
    const whole = 'J30_4_5_6_8_9_10_12_13_14_16_17_18_19_21_22_24_25_';
    expect(readTaskName(whole)).toMatchObject({ key: 30, isCut: true });
    expect(readTaskName(whole).parents.at(-1)).toBe(25);
  });
});

describe('the batch tasks of Alibaba 2018', () => {
  it('become jobs of stages, an instance each a task', async () => {
    const { jobs } = await read(
      'R2_1,1.0,j_1,1,Terminated,112,120,100.0,0.4\nM1,2.0,j_1,1,Terminated,100,110,50.0,0.2\n',
    );
    expect(jobs).toEqual([
      {
        name: 'j_1',
        framework: 'all',
        submit: 100,
        estimate: null,
        priority: 0,
        flags: 0,
        records: 2,
        stages: [
          { tasks: 1, parents: [1] },
          { tasks: 2, parents: [] },
        ],
        run: [8, 10, 10],
        demand: [
          [1000, 400],
          [500, 200],
          [500, 200],
        ],
      },
    ]);
  });

  it('look through tasks that did not end well, each with its reason', async () => {
    const { content } = traceSamples['alibaba2018']!;
    const options = { file: 'b.csv', format: 'alibaba2018', as: undefined, sort: 'whole' as const };
    const { jobs, account } = await readTrace(content as string, options, { resources });
    expect(account.skipped).toEqual({
      'missing: job_name': 1,
      'wrong number of cells': 1,
      'status Failed': 1,
      'zero run time': 1,
      'status Waiting': 1,
      'missing: plan_cpu': 1,
      'unknown submit': 1,
    });
    expect(account.notes).toMatchObject({ 'task name cut at 50 characters, parents may be missing': 1 });
    expect(jobs.map((job) => [job.name, job.submit, job.run.length])).toEqual([
      ['j_2', 90, 1],
      ['j_1', 100, 4],
    ]);
    expect(jobs[1]!.stages!.map((stage) => stage.parents)).toEqual([[], [0], [0]]);
  });

  it('are read without a header, as they were published', async () => {
    const rows = 'M1,2,j_1,1,Terminated,100,110,50,0.2\nM1,1,j_3,1,Terminated,101,111,50,0.2\n';
    const { jobs } = await readTrace(rows, { file: 'b.csv', format: 'alibaba2018', as: 'pool' }, { resources });
    expect(jobs.map((job) => job.demand)).toEqual([[[1000, 400]], [[500, 200]]]);
  });

  it('are one job however far apart with `sort: whole`, and an error beyond the window of a stream', async () => {
    const others = 'MergeTask,1,j_2,1,Terminated,100,110,50,0.2\n'.repeat(100_000);
    const rows = `M1,1,j_1,1,Terminated,100,110,50,0.2\n${others}R2_1,1,j_1,1,Terminated,100,110,50,0.2\n`;
    const { jobs } = await read(rows, { sort: 'whole' });
    expect(jobs[0]).toMatchObject({ name: 'j_1', records: 2 });
    await expect(read(rows)).rejects.toThrow(/b\.csv:100003: a record of the job j_1, whose last one stands more than/);
  });
});

describe.skipIf(realTraces === null)('the real names of 2018', () => {
  it('give as many edges and cycles as an independent script finds', async () => {
    const file = 'alibaba2018/batch_task_selected_dags.csv.gz';
    const records = new CsvRecords(openBytes(join(realTraces!, file)), new Interner());
    const jobs = new Map<string, { key: number; parents: number[] }[]>();
    let edges = 0;
    while (await records.more()) {
      while (records.next()) {
        const name = records.cells.text(0);
        if (name === 'task_name') continue;
        const job = records.cells.text(2);
        const { key, parents, isCut } = readTaskName(name);
        // The script takes the last number of a cut name too.
        const last = isCut && !name.endsWith('_') ? [Number(name.split('_').at(-1))] : [];
        edges += parents.length + last.length;
        const tasks = jobs.get(job) ?? [];
        jobs.set(job, tasks);
        tasks.push({ key: key as number, parents: [...(parents as number[]), ...last] });
      }
    }
    const stats = traceIndex().find((entry) => entry.file === file)!.stats as Readonly<Record<string, unknown>>;
    const cyclic = [...jobs.values()].filter((tasks) => resolveParents(tasks).cyclic > 0).length;
    const widest = Math.max(...[...jobs.values()].map((tasks) => tasks.length));
    expect({ dags: jobs.size, edges, dags_with_cycle: cyclic, tasks_per_dag_max: widest }).toEqual({
      dags: stats['dags'],
      edges: stats['edges'],
      dags_with_cycle: stats['dags_with_cycle'],
      tasks_per_dag_max: stats['tasks_per_dag_max'],
    });
  });
});
