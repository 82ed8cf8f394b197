import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../../src/base/time.ts';
import { openBytes, sha256OfFile } from '../../../../src/platform/files.ts';
import { openTrace } from '../../../../src/workload/readers/registry.ts';
import { readSwfHeader } from '../../../../src/workload/readers/swf-header.ts';
import { total } from '../../../../src/workload/workload-source.ts';
import { realTraces, traceIndex } from '../../../support/real-traces.ts';
import { contextOf, swfDefaults } from './read-trace.ts';

/** What an independent script counted in each log; times in seconds. */
interface LogStats {
  readonly rows: number;
  readonly jobs_valid: number;
  readonly first_submit_s: number;
  readonly last_submit_s: number;
  readonly total_core_seconds: number;
  readonly runtime_mean_s: number;
  readonly runtime_max_s: number;
  readonly runtime_min_s: number;
  readonly max_cores: number;
  readonly header: Readonly<Record<string, string>>;
}

interface Log {
  readonly file: string;
  readonly sha256: string;
  readonly stats: LogStats;
}

const logs = traceIndex().filter(({ file }) => file.includes('.swf')) as unknown as readonly Log[];

describe.skipIf(realTraces === null)('of a real log', () => {
  it('there are at least nine', () => {
    expect(logs.length).toBeGreaterThanOrEqual(9);
  });

  it.each(logs)(
    '$file, every row is a job or left out, and the sums are those of an independent count',
    async (log) => {
      const { stats } = log;
      const path = join(realTraces!, log.file);
      const source = openTrace(openBytes(path), { ...swfDefaults, file: path }, contextOf());
      let disorder = 0;
      let jobs = 0;
      let runs = 0;
      let longest = 0;
      let shortest = Number.POSITIVE_INFINITY;
      let widest = 0;
      let coreSeconds = 0;
      let first = Number.NaN;
      let last = Number.NEGATIVE_INFINITY;
      for await (const batch of source.batches()) {
        for (let row = 0; row < batch.jobs; row++) {
          const submit = batch.submit[row]! / SECOND;
          const run = batch.run[row]! / SECOND;
          const cores = batch.demand[row]! / 1_000;
          if (submit < last) disorder++;
          if (jobs === 0) first = submit;
          last = submit;
          jobs++;
          runs += run;
          coreSeconds += run * cores;
          longest = Math.max(longest, run);
          shortest = Math.min(shortest, run);
          widest = Math.max(widest, cores);
        }
      }
      expect({
        disorder,
        rows: source.account.read,
        jobs_valid: jobs,
        left_out: total(source.account.skipped),
        first_submit_s: first,
        last_submit_s: last,
        total_core_seconds: coreSeconds,
        runtime_mean_s: Number((runs / jobs).toFixed(6)),
        runtime_max_s: longest,
        runtime_min_s: shortest,
        max_cores: widest,
      }).toEqual({
        disorder: 0,
        rows: stats.rows,
        jobs_valid: stats.jobs_valid,
        left_out: stats.rows - stats.jobs_valid,
        first_submit_s: stats.first_submit_s,
        last_submit_s: stats.last_submit_s,
        total_core_seconds: stats.total_core_seconds,
        runtime_mean_s: stats.runtime_mean_s,
        runtime_max_s: stats.runtime_max_s,
        runtime_min_s: stats.runtime_min_s,
        max_cores: stats.max_cores,
      });
    },
  );

  it.each(logs)('$file, the header has the fields that the index names', async ({ file, stats }) => {
    expect(await readSwfHeader(openBytes(join(realTraces!, file)))).toMatchObject(stats.header);
  });

  it.each(logs)('$file, the SHA-256 is that of the index', async ({ file, sha256 }) => {
    expect(await sha256OfFile(join(realTraces!, file))).toBe(sha256);
  });
});

describe.skipIf(realTraces === null)('of the rows that real logs lack', () => {
  const skipped = async (file: string) => {
    const path = join(realTraces!, file);
    const source = openTrace(openBytes(path), { ...swfDefaults, file: path }, contextOf());
    for await (const batch of source.batches()) expect(batch.jobs).toBeGreaterThan(0);
    return source.account.skipped;
  };

  it('run time 0 and unknown run time are told apart', async () => {
    expect(await skipped('swf/RICC-2010-2.swf.gz')).toEqual({ 'zero run time': 10 });
    expect(await skipped('swf/HPC2N-2002-2.excerpt-3170.swf.gz')).toEqual({ 'unknown run time': 25 });
    expect(await skipped('swf/MetaCentrum-wagap-2013.extended.swf.gz')).toEqual({ 'unknown run time': 2 });
  });
});
