import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { openStream } from '../../../../src/base/random.ts';
import { openBytes } from '../../../../src/platform/files.ts';
import { realTraces, traceIndex } from '../../../support/real-traces.ts';
import { traceSamples } from '../../../support/trace-samples.ts';
import { readTrace } from './read-trace.ts';

const resources = [resource('cpus'), resource('mem')];
const content = traceSamples['spark-tpch']!.content as string;
const stream = (name: string) => openStream('1', name);
const read = (own = {}, options = {}) =>
  readTrace(
    content,
    { file: 'tpch.json', format: 'spark-tpch', as: undefined, own, ...options },
    { resources, stream },
  );
const each = { draw: 'each', arrivals: 'every', gap: '10s' };

describe('a job of Spark', () => {
  it('has the tasks of one measured execution: the first wave, fresh executors and all, and the rest', async () => {
    const { jobs } = await read({ ...each, executors: 2 });
    expect(jobs).toMatchObject([
      { name: '0-q1-2g', submit: 0, run: [4, 3.5, 2, 1] },
      { name: '1-q6-5g', submit: 10, run: [1] },
    ]);
    expect(jobs[0]!.stages).toEqual([
      { tasks: 3, parents: [] },
      { tasks: 1, parents: [0] },
    ]);
    expect(jobs[0]!.demand[0]).toEqual([1000, 0]);
  });

  it.each([
    [1, [4, 3.5, 2, 1]],
    [9, [4, 3.5, 2, 1]],
    [10, [5, 4, 3, 1]],
    [100, [5, 4, 3, 1]],
  ])('with %i executors runs as measured with the most that are not above, else the fewest', async (executors, run) => {
    expect((await read({ ...each, executors })).jobs[0]!.run).toEqual(run);
  });

  it('is left out with its reason where its profile makes no sense', async () => {
    const { account } = await read(each);
    expect(account.skipped).toEqual({
      'no stages': 1,
      'wrong number of stages': 1,
      'edge to a stage that is not there': 1,
      'missing: first_wave': 1,
      'stage without tasks': 1,
      'task without a run time': 1,
    });
  });

  it('is drawn anew for each job, by the seed alone', async () => {
    const own = { jobs: 50, queries: '1, 6', sizes: '2g 5g' };
    const [first, second] = [await read(own), await read(own)];
    expect(first.account.read).toBe(50);
    expect(first.jobs).toEqual(second.jobs);
    expect(new Set(first.jobs.map((job) => String(job.name).replace(/^\d+-/, '')))).toEqual(
      new Set(['q1-2g', 'q6-5g']),
    );
    const gaps = first.jobs.map((job, i) => job.submit - (first.jobs[i - 1]?.submit ?? 0)).slice(1);
    expect(new Set(gaps).size).toBe(gaps.length);
  });

  it('belongs to the query or the size where one asks for that', async () => {
    const { jobs } = await read(each, { frameworkBy: 'query' });
    expect(jobs.map((job) => job.framework)).toEqual(['query-1', 'query-6']);
    await expect(read(each, { frameworkBy: 'queue' })).rejects.toThrow(/there are query and size/);
    await expect(read({ queries: '99' })).rejects.toThrow(/no profile of queries 99 and sizes all/);
  });
});

describe.skipIf(realTraces === null)('the real profiles', () => {
  const file = 'spark-tpch/tpch_profiles.json.gz';

  it('have as many stages, edges, tasks and milliseconds as an independent script counts', async () => {
    const stats = traceIndex().find((entry) => entry.file === file)!.stats as Readonly<Record<string, unknown>>;
    const own = { draw: 'each', arrivals: 'together', executors: 2 };
    const given = { file, format: 'spark-tpch', as: undefined, frameworkBy: 'size', own };
    const { jobs, account } = await readTrace(openBytes(join(realTraces!, file)), given, { resources });
    expect([account.read, jobs.length]).toEqual([stats['rows'], stats['jobs_valid']]);
    const found: Record<string, Record<string, number>> = {};
    for (const { framework, stages = [{ tasks: 0, parents: [] }], run } of jobs) {
      const size = found[framework] ?? { queries: 0, stages: 0, edges: 0, tasks: 0, task_ms_smallest_key: 0 };
      found[framework] = size;
      size['queries']! += 1;
      size['stages']! += stages.length;
      size['edges']! += stages.reduce((sum, stage) => sum + stage.parents.length, 0);
      size['tasks']! += run.length;
      size['task_ms_smallest_key']! += Math.round(run.reduce((sum, time) => sum + time * 1_000, 0));
    }
    expect(found).toEqual(stats['by_size']);
  });
});
