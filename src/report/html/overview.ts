import { formatMetric, formatNumber } from '../quantity.ts';
import type { RunData } from '../run-data.ts';
import { htmlSection, htmlTable, htmlText } from './elements.ts';

/** Gives the section that says which runs these are, and what to know before believing them. */
export function overview(runs: readonly RunData[]): string {
  const rows = runs.map(({ label, result, manifest }) => [
    label,
    result.scenario,
    describeAllocator(result.allocator),
    result.seed,
    manifest.cluster === undefined
      ? '-'
      : formatNumber(manifest.cluster.nodes.reduce((sum, { count }) => sum + count, 0)),
    formatNumber(result.jobs.submitted),
    formatNumber(result.jobs.completed),
    formatNumber(result.jobs.rejected),
    formatNumber(result.jobs.failed),
    formatNumber(result.jobs.unfinished),
    formatMetric(result.time.end_s - result.time.start_s, 's'),
  ]);
  const head = [
    'run',
    'scenario',
    'allocator',
    'seed',
    'nodes',
    'jobs',
    'completed',
    'rejected',
    'failed',
    'unfinished',
    'length',
  ];
  const table = htmlTable({ caption: 'What was run', head, rows, words: 4 });
  return htmlSection('runs', runs.length === 1 ? 'The run' : 'The runs', `${table}${runs.flatMap(doubts).join('')}`);
}

function doubts({ label, result }: RunData): string[] {
  const said: string[] = [];
  if (result.interrupted)
    said.push(`${label} was interrupted: everything is told up to its end, as if it had been cut there.`);
  if (!result.reproducible)
    said.push(`${label} went on after a program that decides in it had failed, and need not come out the same again.`);
  return said.map((text) => htmlText(text, 'warning'));
}

function describeAllocator({ name, ...options }: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(options).map(
    ([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  return words.length === 0 ? String(name) : `${name} (${words.join(', ')})`;
}

/** Gives the section of the thresholds of the scenarios; empty where there are none. */
export function thresholds(runs: readonly RunData[]): string {
  const rows = runs.flatMap(({ label, result }) =>
    result.thresholds.map(({ metric, expected, value, pass }) => [
      metric,
      ...(runs.length > 1 ? [label] : []),
      pass ? '✓ holds' : '✗ fails',
      expected,
      value === null ? 'not defined' : formatNumber(value),
    ]),
  );
  if (rows.length === 0) return '';
  const head = ['metric', ...(runs.length > 1 ? ['run'] : []), 'outcome', 'expected', 'value'];
  return htmlSection(
    'thresholds',
    'Thresholds',
    htmlTable({ caption: 'Held against the whole run; times in seconds', head, rows, words: head.length - 2 }),
  );
}
