import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { traceSamples } from '../../../support/trace-samples.ts';
import { type ReadTrace, readTrace } from './read-trace.ts';

const resources = [resource('cpus'), resource('mem'), resource('gpus', { devices: true })];

/** Reads a text as one of these formats, and says what constraints were asked for. */
async function read(
  format: string,
  content: string,
  own: Record<string, unknown> = {},
): Promise<ReadTrace & { readonly asked: unknown[] }> {
  const asked: unknown[] = [];
  const constraint = (wanted: unknown) => asked.push(wanted);
  const trace = await readTrace(content, { format, as: undefined, own, sort: 'whole' }, { resources, constraint });
  return { ...trace, asked };
}

const sampleOf = (format: string) => traceSamples[format]!.content as string;

describe('alibaba-gpu2023', () => {
  it('takes pods from scheduling to deletion, submitted at creation, in thousandths of cores and GPUs', async () => {
    const { jobs, account, asked } = await read('alibaba-gpu2023', sampleOf('alibaba-gpu2023'));
    expect(
      jobs.map(({ name, framework, submit, run, demand }) => [name, framework, submit, run[0], demand[0]]),
    ).toEqual([
      ['pod-0', 'LS', 0, 500, [12_000, 16_384_000, 1_000]],
      ['pod-2', 'LS', 90, 300, [8_000, 4_096_000, 2_000]],
      ['pod-1', 'BE', 100, 280, [6_000, 12_288_000, 460]],
    ]);
    expect(asked).toEqual([{ 'gpu-model': ['V100M16', 'V100M32'] }, { 'gpu-model': ['T4'] }]);
    expect(jobs.map((job) => job.constraint ?? 0)).toEqual([0, 2, 1]);
    expect(account.skipped).toEqual({
      'never scheduled': 1,
      'no end': 1,
      'not whole gpus or a share of one': 1,
    });
  });

  it('can leave the GPU models alone', async () => {
    expect((await read('alibaba-gpu2023', sampleOf('alibaba-gpu2023'), { 'gpu-models': 'ignore' })).asked).toEqual([]);
  });

  const timeless = 'name,cpu_milli,memory_mib,num_gpu,gpu_milli\na,1000,10,1,500\nb,1000,10,8,1000\n';

  it('submits a list without times in its order, if told to, and each pod stays as long as it is told', async () => {
    const own = { arrival: 'order', every: '2s', 'run-time': '1h' };
    const { jobs } = await read('alibaba-gpu2023', timeless, own);
    expect(jobs.map(({ name, submit, run }) => [name, submit, run[0]])).toEqual([
      ['a', 0, 3_600],
      ['b', 2, 3_600],
    ]);
  });

  it('takes pods that were never scheduled too when it goes by the order of the list', async () => {
    const { jobs } = await read('alibaba-gpu2023', sampleOf('alibaba-gpu2023'), { arrival: 'order' });
    expect(jobs.map(({ name, submit }) => [name, submit])).toEqual(
      ['pod-0', 'pod-1', 'pod-2', 'pod-3', 'pod-4'].map((name, i) => [name, i]),
    );
  });

  it('says what to do with a list without times', async () => {
    await expect(read('alibaba-gpu2023', timeless)).rejects.toThrow('arrival: order');
  });
});

describe('alibaba-gpu2020', () => {
  it('makes a gang of the instances of a task, in percent of cores and GPUs and in GiB', async () => {
    const { jobs, account, asked } = await read('alibaba-gpu2020', sampleOf('alibaba-gpu2020'));
    expect(jobs.map(({ name, submit, run, demand }) => [name, submit, run, demand])).toEqual([
      ['job1/worker', 1_000, [600, 600], Array(2).fill([6_000, 30_208_000, 500])],
      ['job1/ps', 1_000, [600], [[1_000, 10_240_000, 0]]],
    ]);
    expect(asked.slice(0, 2)).toEqual([{ 'gpu-model': ['T4'] }, { 'gpu-model': ['CPU'] }]);
    expect(account.skipped).toEqual({
      'never scheduled': 1,
      'no end': 1,
      'zero run time': 1,
      'missing: plan_cpu': 1,
      'not whole gpus or a share of one': 1,
    });
  });

  it('reads the table with its header too', async () => {
    const header =
      'job_name,task_name,inst_num,status,start_time,end_time,plan_cpu,plan_mem,plan_gpu,gpu_type\nj,t,1,Failed,0,5,100,1,100,T4\n';
    const { jobs, account } = await read('alibaba-gpu2020', header);
    expect(jobs.map(({ name }) => name)).toEqual(['j/t']);
    expect(account.read).toBe(1);
  });
});

describe('alibaba-gpu2025', () => {
  const all = [...resources, resource('rdma'), resource('disk')];

  it('takes instances with all they request, their cards in hundredths', async () => {
    const { jobs, account } = await readTrace(
      sampleOf('alibaba-gpu2025'),
      { format: 'alibaba-gpu2025', as: undefined },
      { resources: all },
    );
    expect(
      jobs.map(({ name, framework, submit, run, demand }) => [name, framework, submit, run[0], demand[0]]),
    ).toEqual([
      ['i-2', 'app_1', 480, 519.5, [8_000, 40_960_000, 1_000, 290, 87_040_000]],
      ['i-1', 'app_1', 500, 390, [64_000, 327_680_000, 0, 10, 261_120_000]],
    ]);
    expect(account.skipped).toEqual({ 'unknown submit': 1, 'no end': 1, 'scheduled before submit': 1 });
    expect(account.notes).toMatchObject({ 'limit of instances a node, not kept to': 1 });
  });

  it('says which of its resources the cluster does not have', async () => {
    const { account } = await read('alibaba-gpu2025', sampleOf('alibaba-gpu2025'));
    expect(account.rules['not-counted']).toBe('rdma, disk');
  });

  it('keeps instances to nodes of their role, if told to', async () => {
    const { asked } = await read('alibaba-gpu2025', sampleOf('alibaba-gpu2025'), { roles: 'heed' });
    expect(asked).toEqual([{ role: ['CN'] }, { role: ['HN'] }]);
  });
});
