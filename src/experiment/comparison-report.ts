import type { CheckReport } from '../report/check-report.ts';
import { formatNumber } from '../report/quantity.ts';
import type { Comparison } from './comparison.ts';
import { methodOf } from './comparison-text.ts';
import { formatWithError, scaleFor } from './quantity-with-error.ts';

/** Findings that are told; the JSON has all. */
const STATEMENTS = 8;

/** Gives what a comparison tells other programs: thresholds, figures with their intervals, and findings. */
export function comparisonReport(comparison: Comparison): CheckReport {
  const rows = comparison.metrics.map(({ metric, values, unit, best }) => {
    const scale = scaleFor(
      values.map(({ mean }) => mean),
      unit,
    );
    const mark = best.length > 1 ? ' ≈' : ' ◀';
    const cells = values.map(({ allocator, mean, half_width }) => {
      return `${formatWithError(mean, half_width, scale)}${best.includes(allocator) ? mark : ''}`;
    });
    return [`${metric} ${scale.name}`.trimEnd(), ...cells];
  });
  return {
    title: `${comparison.scenario}: ${comparison.allocators.map(({ label }) => label).join(', ')}`,
    checks: comparison.thresholds.map(({ allocator, metric, expected, value, pass }) => ({
      ...{ group: allocator, name: metric, expected, pass },
      found: value === null ? 'not defined' : formatNumber(value),
    })),
    notes: [
      ...methodOf(comparison),
      ...comparison.statements.slice(0, STATEMENTS),
      ...comparison.warnings.map((warning) => `warning: ${warning}`),
    ],
    figures: { head: ['metric', ...comparison.allocators.map(({ label }) => label)], rows },
    reproduce: comparison.reproduce,
  };
}
