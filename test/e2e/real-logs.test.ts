import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/report/run-result.ts';
import { realTraces, traceIndex } from '../support/real-traces.ts';
import { allotJson } from '../support/run-cli.ts';

const logs = traceIndex().filter(
  ({ family, stats }) => ['swf', 'batsim-g5k'].includes(family) && stats.reference_fcfs !== undefined,
);

describe.skipIf(realTraces === null)(
  'strict FIFO on real logs gives the independent reference, to the printed digit or 2 microseconds',
  () => {
    it.each(logs)('$file', async ({ file, family, stats }) => {
      const reference = stats.reference_fcfs!;
      const { metrics, jobs, workload } = await allotJson<RunResult>([
        'replay',
        join(realTraces!, file),
        '--allocator',
        'fifo',
        '--processors',
        String(reference.capacity),
        '--audit',
      ]);
      expect(jobs.completed).toBe(reference.jobs);
      expectNear(metrics['wait.mean']!, reference.mean_wait_s);
      expectNear(metrics['wait.max']!, reference.max_wait_s);
      expect(metrics['wait.zero']).toBe(reference.zero_wait_jobs);
      expectNear(metrics['bounded-slowdown.mean']!, reference.mean_bounded_slowdown_10s);
      expectNear(metrics['makespan']!, reference.makespan_s);
      const { read, replayed, rejected, skipped } = workload[0]!;
      const left = Object.values(skipped).reduce((sum, count) => sum + count, 0);
      expect(read).toBe(stats.rows);
      expect(replayed + rejected + left).toBe(read);

      /** Batsim's submissions are finer than a microsecond, and a wait is a difference of two. */
      function expectNear(found: number, wanted: number): void {
        if (family === 'swf') expect(round6(found)).toBe(wanted);
        else expect(Math.abs(found - wanted), `${found} and not ${wanted}`).toBeLessThan(2e-6);
      }
    });
  },
);

describe.skipIf(realTraces === null)('a pool and gangs of single cpus are one schedule on one node', () => {
  it('starts and ends the jobs of HPC2N at the same times', async () => {
    const log = join(realTraces!, 'swf/HPC2N-2002-2.excerpt-3170.swf.gz');
    const pool = await allotJson<RunResult>(['replay', log, '--as', 'pool']);
    const gang = await allotJson<RunResult>(['replay', log, '--as', 'gang']);
    expect(gang.metrics['wait.mean']).toBe(pool.metrics['wait.mean']);
    expect(gang.metrics['makespan']).toBe(pool.metrics['makespan']);
    expect(gang.metrics['bounded-slowdown.p95']).toBe(pool.metrics['bounded-slowdown.p95']);
    expect(gang.tasks.started).toBeGreaterThan(pool.tasks.started);
  });
});

function round6(value: number): number {
  return Number(value.toFixed(6));
}
