import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { traceSamples } from '../../../support/trace-samples.ts';
import { readTrace } from './read-trace.ts';

const resources = [resource('cpus'), resource('mem')];
const read = (document: unknown, options = {}) =>
  readTrace(
    typeof document === 'string' ? document : JSON.stringify(document),
    { file: 'wf.json', format: 'wfcommons', as: undefined, origin: undefined as never, ...options },
    { resources },
  );

describe('a workflow of WfCommons', () => {
  it('is a job whose tasks wait for their parents, by the words of parents and of children', async () => {
    const { jobs, account } = await read(traceSamples['wfcommons']!.content);
    expect(jobs).toMatchObject([{ name: 'blast', submit: 0, records: 3, run: [1.5, 4, 2.25] }]);
    expect(jobs[0]!.stages!.map((stage) => stage.parents)).toEqual([[], [0], [0, 1]]);
    expect(jobs[0]!.demand).toEqual([
      [2000, 3000],
      [1000, 0],
      [1000, 0],
    ]);
    expect(account.skipped).toEqual({ 'zero run time': 1, 'unknown run time': 1, 'missing: id': 1 });
    expect(account.notes).toMatchObject({
      'cores unknown, one taken': 3,
      'memory unknown, none taken': 4,
      'parent that the job does not have, not waited for': 1,
    });
  });

  it('knows an edge that only the parent tells of', async () => {
    const tasks = [
      { id: 'a', runtimeInSeconds: 1, children: ['b'] },
      { id: 'b', runtimeInSeconds: 2 },
    ];
    const { jobs } = await read({ name: 'w', workflow: { tasks } });
    expect(jobs[0]!.stages!.map((stage) => stage.parents)).toEqual([[], [0]]);
  });

  it('is read in the layout of WfFormat 1.3, where tasks are called by name and memory is in kilobytes', async () => {
    const tasks = [
      { name: 'first', id: 'ID1', runtime: 3, cores: 2, memory: 2048, parents: [], children: ['second'] },
      { name: 'second', id: 'ID2', runtime: 4.5, cores: 1, memory: 1024, parents: ['first'] },
    ];
    const { jobs } = await read({ name: 'w', schemaVersion: '1.3', workflow: { makespan: 9, tasks } });
    expect(jobs).toMatchObject([{ run: [3, 4.5] }]);
    expect(jobs[0]!.demand).toEqual([
      [2000, 2000],
      [1000, 1000],
    ]);
    expect(jobs[0]!.stages!.map((stage) => stage.parents)).toEqual([[], [0]]);
  });

  it('is submitted when one says, so that several workflows can follow one another', async () => {
    const { jobs } = await read(traceSamples['wfcommons']!.content, {
      own: { submit: '90s' },
      frameworkBy: 'workflow',
      origin: 'trace',
    });
    expect(jobs).toMatchObject([{ submit: 90, framework: 'blast' }]);
  });

  it('that is no workflow, or no JSON, is an error', async () => {
    await expect(read({ workflow: {} })).rejects.toThrow(/wf\.json: a WfCommons workflow has a list/);
    await expect(read('{"workflow": {,}}')).rejects.toThrow(/wf\.json:1:15: not valid JSON/);
  });
});
