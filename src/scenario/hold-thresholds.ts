import { didYouMean } from '../base/nearest.ts';
import type { MetricValues, ThresholdOutcome } from '../report/run-result.ts';
import { parseThreshold, type Threshold } from './threshold.ts';

/** Holds a run's metrics against what the scenario asks; a metric without a value fails. */
export function holdAgainst(thresholds: Readonly<Record<string, string>>, metrics: MetricValues): ThresholdOutcome[] {
  return Object.entries(thresholds).map(([metric, expected]) => {
    const value = metrics[metric] ?? null;
    const threshold = parseThreshold(expected);
    return { metric, expected, value, pass: value !== null && threshold !== null && holds(value, threshold) };
  });
}

function holds(value: number, { comparison, value: bound }: Threshold): boolean {
  switch (comparison) {
    case '>=':
      return value >= bound;
    case '>':
      return value > bound;
    case '<=':
      return value <= bound;
    case '<':
      return value < bound;
    case '==':
      return value === bound;
  }
}

/** Gives what is wrong with a threshold's metric, or null when a run will have it. */
export function unknownMetric(name: string, known: readonly string[]): { message: string; suggestion?: string } | null {
  if (known.includes(name)) return null;
  const suggestion = didYouMean(name, known);
  return { message: `there is no metric \`${name}\``, ...(suggestion && { suggestion }) };
}
