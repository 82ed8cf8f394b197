import { describe, expect, it } from 'vitest';
import { generatorNames } from '../../../../src/workload/generators/registry.ts';
import { drawAll, drawJobs, law } from '../../../support/draw-jobs.ts';

describe.each(generatorNames)('%s', (model) => {
  it('draws the same jobs from the same seed, and others from another', async () => {
    const jobs = await drawJobs(model, { jobs: 300 });
    expect(await drawJobs(model, { jobs: 300 })).toEqual(jobs);
    expect(await drawJobs(model, { jobs: 300, seed: '2' })).not.toEqual(jobs);
    expect(jobs).toHaveLength(300);
  });

  it('draws the first jobs alike however many are wanted', async () => {
    expect((await drawJobs(model, { jobs: 400 })).slice(0, 50)).toEqual(await drawJobs(model, { jobs: 50 }));
  });

  it('gives jobs in order, each with a task that runs and asks for something, and counts them', async () => {
    const { jobs, account } = await drawAll(model, { jobs: 2_000 });
    expect(account).toMatchObject({ format: model, read: 2_000, skipped: {} });
    for (const [i, { submit, runs, demand }] of jobs.entries()) {
      expect(submit).toBeGreaterThanOrEqual(i === 0 ? 0 : jobs[i - 1]!.submit);
      expect(runs.length).toBeGreaterThan(0);
      expect(runs.every((run) => Number.isFinite(run) && run >= 0)).toBe(true);
      expect(demand.every((amounts) => amounts.some((amount) => amount > 0))).toBe(true);
    }
  });

  it('ends with the last arrival up to a time', async () => {
    const all = await drawJobs(model, { jobs: 500 });
    const until = `${all[249]!.submit + 1e-6}s`;
    const some = await drawJobs(model, { until });
    expect(some).toEqual(all.filter(({ submit }) => submit <= all[249]!.submit + 1e-6));
  });

  it('keeps arrivals, submitters and sizes where only the run times are others', async () => {
    const rest = (jobs: Awaited<ReturnType<typeof drawJobs>>) =>
      jobs.map(({ runs, ...job }) => ({ ...job, tasks: runs.length }));
    const jobs = await drawJobs(model, { jobs: 300 });
    const other = await drawJobs(model, { jobs: 300, template: { duration: law('5s', 'duration') } });
    expect(rest(other)).toEqual(rest(jobs));
    expect(other.every(({ runs }) => runs.every((run) => run === 5))).toBe(true);
  });

  it('keeps arrivals and run times where only the demand is another', async () => {
    const rest = (jobs: Awaited<ReturnType<typeof drawJobs>>) => jobs.map(({ demand, ...job }) => job);
    const template = { demand: [law({ uniform: { min: 2, max: 4 } }), null, null] };
    const other = await drawJobs(model, { jobs: 300, template });
    expect(rest(other)).toEqual(rest(await drawJobs(model, { jobs: 300 })));
  });

  it('keeps run times and sizes where only the arrivals are others', async () => {
    const rest = (jobs: Awaited<ReturnType<typeof drawJobs>>) => jobs.map(({ submit, ...job }) => job);
    const parameters = model === 'mmpp' ? { states: [{ rate: 1, stay: 1 }] } : { rate: 1e-3 };
    const other = await drawJobs(model, { jobs: 300, parameters });
    const jobs = await drawJobs(model, { jobs: 300 });
    expect(rest(other)).toEqual(rest(jobs));
    expect(other.at(-1)!.submit).toBeLessThan(jobs.at(-1)!.submit);
  });

  it('lets stages wait for earlier ones alone', async () => {
    for (const { stages, runs } of await drawJobs(model, { jobs: 1_000 })) {
      if (stages === undefined) continue;
      expect(stages.firstTask[stages.count]).toBe(runs.length);
      for (let stage = 0; stage < stages.count; stage++) {
        const parents = stages.parents.subarray(stages.parentStart[stage], stages.parentStart[stage + 1]);
        expect(parents.every((parent) => parent < stage)).toBe(true);
        expect(new Set(parents).size).toBe(parents.length);
      }
    }
  });

  it('opens each stream of chance once', async () => {
    const opened: string[] = [];
    await drawJobs(model, { jobs: 10, opened });
    expect(new Set(opened).size).toBe(opened.length);
    expect(opened).toContain('arrivals');
  });
});
