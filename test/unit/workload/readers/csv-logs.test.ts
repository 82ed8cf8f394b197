import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { SECOND } from '../../../../src/base/time.ts';
import { openBytes } from '../../../../src/platform/files.ts';
import type { ColumnMap } from '../../../../src/workload/readers/reader.ts';
import { openTrace } from '../../../../src/workload/readers/registry.ts';
import { realTraces, traceIndex } from '../../../support/real-traces.ts';
import { contextOf, swfDefaults } from './read-trace.ts';

/** What an independent script counted in a trace; times in seconds. */
interface TraceStats {
  readonly rows: number;
  readonly jobs_valid: number;
  readonly first_submit_s: number;
  readonly last_submit_s: number;
  readonly total_core_seconds?: number;
  readonly total_gpu_seconds?: number;
  readonly runtime_mean_s: number;
  readonly runtime_max_s: number;
}

interface Case {
  readonly file: string;
  readonly columns: ColumnMap;
  readonly frameworkBy?: string;
  readonly frameworks: number;
}

const milliseconds = (column: string) => ({ column, unit: 'ms' });

const cases: readonly Case[] = [
  {
    file: 'surf/surf_lisa_halfyear_tasks.csv.gz',
    columns: {
      job: 'id',
      submit: milliseconds('submission_time'),
      duration: milliseconds('duration'),
      demand: { cpus: 'cpu_count' },
    },
    frameworks: 1,
  },
  {
    file: 'bitbrains/bitbrains_small_tasks.csv.gz',
    columns: {
      job: 'id',
      submit: milliseconds('submission_time'),
      duration: milliseconds('duration'),
      demand: { cpus: 'cpu_count' },
    },
    frameworks: 1,
  },
  {
    file: 'tiresias/60_job.csv',
    columns: { job: 'job_id', submit: 'submit_time', duration: 'duration', demand: { cpus: 'num_gpu' } },
    frameworkBy: 'model_name',
    frameworks: 10,
  },
];

describe.skipIf(realTraces === null)('of a real CSV trace', () => {
  it.each(cases)('$file, the sums are those of an independent count', async ({ file, columns, ...expected }) => {
    const stats = traceIndex().find((entry) => entry.file === file)!.stats as unknown as TraceStats;
    const path = join(realTraces!, file);
    const options = { ...swfDefaults, file, format: 'csv', columns, frameworkBy: expected.frameworkBy ?? 'none' };
    const context = contextOf({ resources: [resource('cpus')] });
    const source = openTrace(openBytes(path), options, context);
    let jobs = 0;
    let runs = 0;
    let longest = 0;
    let cpuSeconds = 0;
    let first = Number.NaN;
    let last = Number.NEGATIVE_INFINITY;
    for await (const batch of source.batches()) {
      for (let row = 0; row < batch.jobs; row++) {
        const run = batch.run[row]! / SECOND;
        if (jobs === 0) first = batch.submit[row]! / SECOND;
        last = batch.submit[row]! / SECOND;
        jobs++;
        runs += run;
        longest = Math.max(longest, run);
        cpuSeconds += (run * batch.demand[row]!) / 1_000;
      }
    }
    expect({ rows: source.account.read, jobs, first, last, longest, cpuSeconds }).toEqual({
      rows: stats.rows,
      jobs: stats.jobs_valid,
      first: stats.first_submit_s,
      last: stats.last_submit_s,
      longest: stats.runtime_max_s,
      cpuSeconds: stats.total_core_seconds ?? stats.total_gpu_seconds,
    });
    expect(runs / jobs).toBeCloseTo(stats.runtime_mean_s, 5);
    expect(context.frameworks.size).toBe(expected.frameworks);
  });
});
