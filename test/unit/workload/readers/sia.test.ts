import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { bytesInMemory } from '../../../../src/base/byte-source.ts';
import { JobFlag } from '../../../../src/workload/job-batch.ts';
import { readTrace } from './read-trace.ts';

const PLACEMENTS = `application,variant,placement,local_bsz,step_time,sync_time
cifar10,base,11,32,8,7
cifar10,base,2,32,0.25,0.125
cifar10,base,2,64,0.5,0.125
cifar10,base,22,64,8,7
cifar10,base,13,64,1,0.5
cifar10,rtx,2,64,0.125,0
`;
const VALIDATION = `application,variant,progress,iteration,metric,grad_sqr,grad_var
cifar10,128,50,50,0.5,1,1
cifar10,128,100,100,0.75,1,1
cifar10,64,100,200,0.75,1,1
cifar10,96,100,150,0.75,1,1
cifar10,192,100,60,0.75,1,1
`;
const measured = { placements: 'placements.csv', validation: 'validation.csv' };

function sia(rows: string, own: Readonly<Record<string, unknown>> = measured, files: Record<string, string> = {}) {
  const known: Record<string, string> = { 'placements.csv': PLACEMENTS, 'validation.csv': VALIDATION, ...files };
  return readTrace(
    `set,workload,name,time,application,num_replicas,batch_size\n${rows}`,
    { format: 'sia', as: undefined, own },
    { resources: [resource('gpus')], openFile: (file) => bytesInMemory(file, known[file]!) },
  );
}

async function runOf(
  gpus: number,
  samples: number,
  own: Readonly<Record<string, unknown>> = measured,
): Promise<number | undefined> {
  const { jobs } = await sia(`philly,1,a,0,cifar10,${gpus},${samples}`, own);
  return jobs[0]?.run[0];
}

describe('a Sia workload', () => {
  it('has gangs that run for the measured steps of their batch size', async () => {
    const { jobs, account } = await sia('philly,1,cifar10-0,107.5,cifar10,2,128');
    expect(jobs).toEqual([
      {
        name: 'philly/1/cifar10-0',
        framework: 'all',
        submit: 107.5,
        estimate: null,
        priority: 0,
        flags: JobFlag.gang,
        // 100 steps of 0.5 s with 64 samples a GPU.
        run: [50, 50],
        demand: [[1_000], [1_000]],
      },
    ]);
    expect(account.rules['run-time']).toBe('steps x step time');
  });

  it('takes step times of the fewest nodes, and of those the one with the fullest', async () => {
    expect(await runOf(2, 64)).toBe(200 * 0.25);
    // 13 and 22 both are two nodes.
    expect(await runOf(4, 192)).toBe(60 * 1);
  });

  it('reads between two measured batch sizes, and takes the least for less', async () => {
    // 48 samples a GPU lie in the middle between 32 and 64.
    expect(await runOf(2, 96)).toBe(150 * 0.375);
    expect(await runOf(2, 8, { placements: 'placements.csv', steps: 10 })).toBe(10 * 0.25);
  });

  it('computes what does not fit on a GPU in equal parts, and synchronises once', async () => {
    // 96 samples a GPU are two parts of 48: 0.375 s, of which 0.125 s are for synchronising.
    expect(await runOf(2, 192)).toBe(60 * (0.375 + 0.25));
  });

  it('takes the times of other GPUs', async () => {
    expect(await runOf(2, 128, { ...measured, variant: 'rtx' })).toBe(100 * 0.125);
  });

  it('leaves out what was not measured', async () => {
    const rows = 'p,1,a,0,bert,2,128\np,1,b,0,cifar10,2,100\np,1,c,0,cifar10,3,128\np,1,d,0,cifar10,2,0';
    expect((await sia(rows)).account.skipped).toEqual({
      'training not measured at that batch size': 2,
      'application not measured on so many GPUs': 1,
      'no samples': 1,
    });
  });

  it('can be one set or workload of several', async () => {
    const rows = 'a,1,x,0,cifar10,2,128\na,2,y,0,cifar10,2,128\nb,1,z,0,cifar10,2,128';
    const { jobs, account } = await sia(rows, { 'run-time': '1h', set: 'a', workload: '2' });
    expect(jobs.map(({ name, run }) => [name, run[0]])).toEqual([['a/2/y', 3_600]]);
    expect(account.skipped).toEqual({ 'another set': 1, 'another workload': 1 });
  });

  it('is not read without saying how long jobs run, or saying it twice', async () => {
    const row = 'a,1,x,0,cifar10,2,128';
    await expect(sia(row, {})).rejects.toThrow('give `placements` and `validation` (or `steps`), or a `run-time`');
    await expect(sia(row, { placements: 'placements.csv' })).rejects.toThrow('or a `run-time`');
    await expect(sia(row, { 'run-time': '1h', steps: 5 })).rejects.toThrow('options.steps: means nothing');
  });

  it('has profiles whose faults are told with their line', async () => {
    const fault = (files: Record<string, string>) => sia('a,1,x,0,cifar10,2,128', measured, files);
    await expect(fault({ 'placements.csv': PLACEMENTS.replace('2,64,0.5', '2,64,-1') })).rejects.toThrow(
      'placements.csv:4: local_bsz and step_time are to be above 0',
    );
    await expect(fault({ 'placements.csv': PLACEMENTS.replace('base,2,64', 'base,x,64') })).rejects.toThrow(
      'placements.csv:4: not a placement',
    );
    await expect(fault({ 'validation.csv': 'a,b\n1,2\n' })).rejects.toThrow(
      'validation.csv:1: the header has no column',
    );
    await expect(sia('a,1,x,0,cifar10,2,128', { ...measured, variant: 'dgx' })).rejects.toThrow(
      'placements.csv: no row of the variant "dgx"',
    );
  });
});
