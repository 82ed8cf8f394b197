import { describe, expect, it } from 'vitest';
import { readDocument } from '../support/markdown.ts';
import { type ComparedRun, comparedRuns, realClusterTables } from '../support/real-cluster-table.ts';
import { realTraces } from '../support/real-traces.ts';

describe.skipIf(realTraces === null)('of workloads that 32 real nodes ran under OAR', async () => {
  const runs = realTraces === null ? [] : await comparedRuns();
  const waitOff = ({ real }: ComparedRun, { meanWait }: ComparedRun['real']) => meanWait - real.meanWait;

  it('there are fourteen executions, and what happened is what the index says', () => {
    expect(runs.length).toBe(14);
    expect(runs[0]!.real).toEqual({ meanWait: 14.82375, makespan: 11307 });
  });

  it('conservative backfilling gives the mean wait within 6.5 s, and on average within 4.5 s', () => {
    const off = runs.map((run) => Math.abs(waitOff(run, run.conservative)));
    expect(Math.max(...off)).toBeLessThan(6.5);
    expect(off.reduce((a, b) => a + b, 0) / off.length).toBeLessThan(4.5);
  });

  it('conservative backfilling gives the makespan within 2 %, and but for seed 6 within 0.2 %', () => {
    for (const { seed, real, conservative } of runs) {
      const off = Math.abs(conservative.makespan / real.makespan - 1);
      expect(off, `seed ${seed}`).toBeLessThan(seed === 6 ? 0.02 : 0.002);
    }
  });

  it('but for seed 6, the times of the execution itself bring conservative backfilling nearer', () => {
    for (const run of runs.filter(({ seed }) => seed !== 6)) {
      expect(Math.abs(waitOff(run, run.own))).toBeLessThan(Math.abs(waitOff(run, run.conservative)) + 1e-9);
    }
  });

  it('where jobs queue for minutes, conservative backfilling is within 4 %, and no backfilling off by a factor of four', () => {
    for (const run of runs.filter(({ seed }) => seed === 6)) {
      expect(run.fifo.meanWait).toBeGreaterThan(4 * run.real.meanWait);
      expect(Math.abs(waitOff(run, run.conservative))).toBeLessThan(0.04 * run.real.meanWait);
    }
  });

  it('the page about validation has these tables', () => {
    const { waits, makespans } = realClusterTables(runs);
    const { text } = readDocument('docs/validation.md');
    expect(text).toContain(waits);
    expect(text).toContain(makespans);
  });
});
