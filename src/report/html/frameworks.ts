import { formatMetric, formatNumber } from '../quantity.ts';
import type { RunData } from '../run-data.ts';
import { htmlSection, htmlTable, htmlText } from './elements.ts';

/** Gives the section with a table of frameworks a run. */
export function frameworks(runs: readonly RunData[]): string {
  const tables = runs.map((run) => frameworkTable(run, runs.length > 1));
  return htmlSection('frameworks', 'Frameworks', tables.join(''));
}

/** Frameworks that a table lists; the others are in result.json. */
const FRAMEWORKS = 200;

function frameworkTable({ label, result }: RunData, isNamed: boolean): string {
  const all = Object.entries(result.frameworks);
  const jobs = (name: string): number => result.frameworks[name]!.metrics['jobs.submitted'] ?? 0;
  const shown = [...all].sort(([a], [b]) => jobs(b) - jobs(a)).slice(0, FRAMEWORKS);
  const rows = shown.map(([name, { role, metrics, running }]) => [
    name,
    role,
    formatMetric(metrics['jobs.submitted'] ?? null, 'jobs'),
    formatMetric(metrics['wait.mean'] ?? null, 's'),
    formatMetric(metrics['wait.p95'] ?? null, 's'),
    formatMetric(metrics['response.mean'] ?? null, 's'),
    formatMetric(metrics['bounded-slowdown.mean'] ?? null, 'ratio'),
    formatMetric(metrics['dominant-share.mean'] ?? null, 'share'),
    formatNumber(running.tasks),
  ]);
  const head = [
    'framework',
    'role',
    'jobs',
    'wait, mean',
    'wait, p95',
    'response, mean',
    'bounded slowdown, mean',
    'dominant share, mean',
    'running at the end',
  ];
  const caption = isNamed ? `Frameworks of ${label}` : 'By framework, the one with the most jobs first';
  const rest = all.length - shown.length;
  return (
    htmlTable({ caption, head, rows, words: 2 }) +
    (rest > 0 ? htmlText(`And ${formatNumber(rest)} more with fewer jobs, in result.json.`, 'quiet') : '')
  );
}
