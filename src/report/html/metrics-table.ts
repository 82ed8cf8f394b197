import { formatMetric } from '../quantity.ts';
import type { RunData } from '../run-data.ts';
import { htmlDetails, htmlSection, htmlTable, htmlText } from './elements.ts';

/** Metrics that are seen at once; the others are behind them. */
const HEADLINES =
  /^(wait|response|bounded-slowdown)\.(mean|p95|max)$|^wait\.zero$|^(makespan|throughput|wasted-work)$|^utilization\.|^queue\.|^fairness\.|^starvation\.max$/;

/** Gives the section with all metrics side by side. */
export function metricsTable(runs: readonly RunData[], unitOf: (metric: string) => string): string {
  const names = [...new Set(runs.flatMap(({ result }) => Object.keys(result.metrics)))];
  const row = (name: string): string[] => [
    name,
    ...runs.map(({ result }) => {
      const about = name in result.approximate ? '~ ' : '';
      return about + formatMetric(result.metrics[name] ?? null, unitOf(name));
    }),
  ];
  const isDefined = (name: string): boolean => runs.some(({ result }) => (result.metrics[name] ?? null) !== null);
  const head = ['metric', ...runs.map(({ label }) => label)];
  const defined = names.filter(isDefined);
  const main = defined.filter((name) => HEADLINES.test(name));
  const absent = names.filter((name) => !isDefined(name));
  const notes = [
    ...(runs.length > 1
      ? [
          htmlText(
            'These are single runs: what they differ by may be chance. `allot compare` says what is more than that.',
            'quiet',
          ),
        ]
      : []),
    ...(runs.some(({ result }) => Object.keys(result.approximate).length > 0)
      ? [htmlText('~ is approximate; `approximate` in result.json says how.', 'quiet')]
      : []),
    ...(absent.length > 0 ? [htmlText(`Not defined in any run: ${absent.join(', ')}.`, 'quiet')] : []),
  ];
  const others = defined.filter((name) => !main.includes(name));
  const body = [
    htmlTable({ caption: 'Of the whole run, over the headline window', head, rows: main.map(row) }),
    ...(others.length > 0
      ? [
          htmlDetails(
            `${others.length} more metrics`,
            htmlTable({ caption: 'More metrics', head, rows: others.map(row) }),
          ),
        ]
      : []),
    ...notes,
  ];
  return htmlSection('metrics', 'Metrics', body.join(''));
}
