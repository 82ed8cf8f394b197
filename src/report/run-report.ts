import type { CheckReport } from './check-report.ts';
import { formatMetric, formatNumber } from './quantity.ts';
import type { RunResult } from './run-result.ts';

/** Metrics that a report on one run shows, with their units. */
const SHOWN: readonly (readonly [metric: string, unit: string])[] = [
  ['wait.mean', 's'],
  ['wait.p95', 's'],
  ['response.mean', 's'],
  ['bounded-slowdown.mean', ''],
  ['makespan', 's'],
  ['queue.mean', ''],
  ['fairness.jain', ''],
];

/** Gives what one run tells other programs: thresholds, main figures, and how to get it again. */
export function runReport(result: RunResult, reproduce: string): CheckReport {
  const { scenario, allocator, seed, jobs, metrics } = result;
  const shares = Object.keys(metrics).filter((name) => name.startsWith('utilization.'));
  const figures = [...SHOWN, ...shares.map((name) => [name, 'share'] as const)];
  return {
    title: `${scenario}: ${allocator['name']}, seed ${seed}`,
    checks: result.thresholds.map(({ metric, expected, value, pass }) => ({
      ...{ group: '', name: metric, expected, pass },
      found: value === null ? 'not defined' : formatNumber(value),
    })),
    notes: [
      `${formatNumber(jobs.completed)} of ${formatNumber(jobs.submitted)} jobs completed`,
      ...(result.interrupted ? ['interrupted: a partial result, thresholds not judged'] : []),
      `digest ${result.digest}`,
    ],
    figures: {
      head: ['metric', 'value'],
      rows: figures.map(([name, unit]) => [name, formatMetric(metrics[name] ?? null, unit)]),
    },
    reproduce,
  };
}
