import { formatDuration, fromSeconds } from '../base/time.ts';
import { formatMetric, formatNumber } from './quantity.ts';
import type { ListAccount, RunResult } from './run-result.ts';
import { sparkline } from './sparkline.ts';
import { plainStyle, type Style } from './style.ts';
import { table } from './table.ts';

/** What a summary shows beside the result itself. */
export interface SummaryParts {
  /** Name of the scenario's cluster in words: `50 nodes · 200 cpus · 400 GiB mem`. */
  readonly cluster: string;
  /** Average utilization in equal slices of the run, by resource; null where nothing was up. */
  readonly utilization: Readonly<Record<string, readonly (number | null)[]>>;
  /** Which part of the workload had come when the run was interrupted, 0 to 1; null where nothing tells. */
  readonly share: number | null;
  /** The command that gives this very result again. */
  readonly reproduce: string;
  /** What each option of the allocator is where nobody says. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly style: Style;
  readonly width: number;
}

/** Frameworks that a summary lists; the others are in the JSON. */
const FRAMEWORKS_SHOWN = 12;
const REASONS_SHOWN = 5;

/** Sets a run out to be read by people: thresholds first, then load, waiting, fairness, frameworks and what was left out. */
export function summarize(result: RunResult, parts: SummaryParts): string {
  const blocks = [
    headline(result, parts),
    partial(result, parts),
    faulty(result, parts.style),
    thresholds(result, parts.style),
    utilization(result, parts),
    waiting(result, parts.style),
    others(result, parts),
    frameworks(result, parts.style),
    leftOut(result, parts.style),
    footer(result, parts),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headline(result: RunResult, { style, cluster, defaults }: SummaryParts): string {
  const { jobs, engine, allocator, time } = result;
  const speed = `${formatNumber(engine.events)} events in ${formatDuration(fromSeconds(engine.wall_s))}`;
  const span = formatDuration(fromSeconds(time.end_s - time.start_s));
  return [
    `${style.strong(result.scenario)} ${style.quiet('·')} ${style.accent(describeAllocator(allocator, defaults))} ${style.quiet(`· seed ${result.seed}`)}`,
    `${cluster} ${style.quiet('·')} ${formatNumber(jobs.submitted)} jobs, ${formatNumber(result.tasks.submitted)} tasks over ${span}`,
    `${jobsLine(result, style)} ${style.quiet(`· ${speed}`)}`,
  ].join('\n');
}

/** Says that the run need not come out like this again. */
function faulty({ reproducible }: RunResult, style: Style): string {
  if (reproducible) return '';
  return `${style.bad('a program that decides for a framework failed')}: the run went on without it, and may not come out the same again`;
}

/** Says that the run was stopped, so that nobody takes its figures for those of the whole. */
function partial({ interrupted, time }: RunResult, { style, share }: SummaryParts): string {
  if (!interrupted) return '';
  const part = share === null ? '' : ` (${formatMetric(share, 'share')} of the workload)`;
  const where = formatDuration(fromSeconds(time.end_s));
  return `${style.bad(`interrupted at t = ${where}${part}: partial result`)}, thresholds not judged`;
}

function jobsLine({ jobs, tasks, metrics }: RunResult, style: Style): string {
  const parts = [style.good(`${formatNumber(jobs.completed)} completed`)];
  if (jobs.failed > 0) parts.push(style.bad(`${formatNumber(jobs.failed)} failed`));
  if (jobs.rejected > 0) parts.push(style.bad(`${formatNumber(jobs.rejected)} rejected`));
  if (jobs.unfinished > 0) {
    parts.push(
      `${formatNumber(jobs.unfinished)} unfinished (${formatNumber(tasks.unfinished)} tasks running or queued)`,
    );
  }
  if (tasks.preempted > 0) parts.push(counted(tasks.preempted, 'preemption'));
  if (tasks.failed > 0) parts.push(style.bad(`${counted(tasks.failed, 'task')} lost`));
  const wasted = metrics['wasted-work'] ?? 0;
  if (wasted > 0) parts.push(`${formatNumber(wasted)} cpu-s of work lost`);
  return parts.join(style.quiet(' · '));
}

function counted(count: number, what: string): string {
  return `${formatNumber(count)} ${count === 1 ? what : `${what}s`}`;
}

/** Options that a headline has room for; of more, only those are told that are not as usual. */
const OPTIONS_SHOWN = 6;

/** An allocator with the options that set it apart: `drf (placement best-fit)`. */
function describeAllocator(
  allocator: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): string {
  const { name, ...options } = allocator;
  const all = Object.entries(options);
  const told = all.length <= OPTIONS_SHOWN ? all : all.filter(([key, value]) => value !== defaults[key]);
  const said = told.map(([key, value]) => `${key} ${[value].flat().join(' ')}`);
  return said.length === 0 ? String(name) : `${name} (${said.join(', ')})`;
}

function thresholds({ thresholds: list }: RunResult, style: Style): string {
  if (list.length === 0) return '';
  const rows = list.map(({ metric, expected, value, pass }) => [
    pass ? style.good('✓') : style.bad('✗'),
    metric,
    expected,
    value === null ? 'not defined' : formatNumber(value),
  ]);
  return `${style.strong('Thresholds')}\n${table([], rows, style, (column) => column < 2)}`;
}

function utilization(result: RunResult, { style, utilization: series }: SummaryParts): string {
  const rows = Object.entries(series).map(([name, values]) => [
    name,
    formatMetric(result.metrics[`utilization.${name}`] ?? null, 'share'),
    style.accent(sparkline(values, 1)),
  ]);
  return `${style.strong('Utilization')}\n${table([], rows, style)}`;
}

const WAITING = [
  ['wait', 'wait', 's'],
  ['response', 'response', 's'],
  ['bounded slowdown', 'bounded-slowdown', ''],
] as const;

/** Where tasks are preempted, jobs do not only wait for their first start. */
const TOTAL_WAIT = ['total wait', 'total-wait', 's'] as const;

function waiting({ metrics, approximate, tasks }: RunResult, style: Style): string {
  const shown = tasks.preempted + tasks.failed > 0 ? [WAITING[0], TOTAL_WAIT, ...WAITING.slice(1)] : WAITING;
  const rows = shown.map(([label, name, unit]) => [
    label,
    ...['mean', 'p50', 'p95', 'p99', 'max'].map((part) => {
      const mark = `${name}.${part}` in approximate ? '~' : '';
      return mark + formatMetric(metrics[`${name}.${part}`] ?? null, unit);
    }),
  ]);
  return `${style.strong('Jobs')}\n${table(['', 'mean', 'p50', 'p95', 'p99', 'max'], rows, style)}`;
}

/** What a figure is called, the metric, and its unit. */
type Figure = readonly [label: string, metric: string, unit: string];

const OTHERS: readonly Figure[] = [
  ['makespan', 'makespan', 's'],
  ['throughput', 'throughput', 'jobs/s'],
  ['did not wait', 'wait.zero', 'jobs'],
  ['queue, mean', 'queue.mean', 'jobs'],
  ['queue, max', 'queue.max', 'jobs'],
  ['fairness, Jain', 'fairness.jain', ''],
  ['fairness, min/max', 'fairness.min-max', ''],
  ['off exact DRF by', 'fairness.drf-deviation', ''],
  ['longest starvation', 'starvation.max', 's'],
];

/** Beside them where frameworks are offered resources. */
const TWO_LEVELS: readonly Figure[] = [
  ['offers', 'offers.made', 'made'],
  ['declined', 'offers.declined', 'offers'],
  ['locality', 'locality', ''],
  ['first offer, mean', 'first-offer.mean', 's'],
  ['ramp-up, mean', 'ramp-up.mean', 's'],
  ['allocation runs', 'allocation-runs.count', ''],
];

/** Single figures, three side by side, or two where three do not fit. */
function others({ metrics }: RunResult, { style, width }: SummaryParts): string {
  const shown = metrics['offers.made'] === undefined ? OTHERS : byColumns(OTHERS, TWO_LEVELS);
  const cells = shown.map(([label, name, unit]) => {
    const value = formatMetric(metrics[name] ?? null, unit);
    return [label, unit === '' || unit === 's' || value === '-' ? value : `${value} ${unit}`];
  });
  const fits = figureTable(cells, 3, plainStyle)
    .split('\n')
    .every((line) => line.length <= width);
  return figureTable(cells, fits ? 3 : 2, style);
}

/** Lists labels and values column by column. */
function figureTable(cells: readonly (readonly string[])[], columns: number, style: Style): string {
  const rows: string[][] = [];
  const lines = Math.ceil(cells.length / columns);
  for (let i = 0; i < lines; i++) {
    rows.push(Array.from({ length: columns }, (_, column) => cells[i + column * lines] ?? ['', '']).flat());
  }
  const labelled = rows.map((row) =>
    row.map((cell, column) => (isLabel(column) ? style.quiet(column === 0 ? cell : ` ${cell}`) : cell)),
  );
  return table([], labelled, style, isLabel);
}

/** Puts more rows of three below those that there are; both are listed column by column. */
function byColumns<Entry>(first: readonly Entry[], more: readonly Entry[]): Entry[] {
  const [height, added] = [first.length / 3, more.length / 3];
  return [0, 1, 2].flatMap((column) => [
    ...first.slice(column * height, (column + 1) * height),
    ...more.slice(column * added, (column + 1) * added),
  ]);
}

function isLabel(column: number): boolean {
  return column % 2 === 0;
}

function frameworks(result: RunResult, style: Style): string {
  const all = Object.entries(result.frameworks);
  if (all.length === 0) return '';
  const byJobs = [...all].sort(
    ([, a], [, b]) => (b.metrics['jobs.submitted'] ?? 0) - (a.metrics['jobs.submitted'] ?? 0),
  );
  const shown = all.length > FRAMEWORKS_SHOWN ? byJobs.slice(0, FRAMEWORKS_SHOWN) : all;
  const rows = shown.map(([name, { metrics, running }]) => [
    name,
    formatNumber(metrics['jobs.submitted'] ?? 0),
    formatMetric(metrics['wait.mean'] ?? null, 's'),
    formatMetric(metrics['wait.p95'] ?? null, 's'),
    formatMetric(metrics['bounded-slowdown.mean'] ?? null, ''),
    formatMetric(metrics['dominant-share.mean'] ?? null, 'share'),
    ...(result.tasks.unfinished > 0 ? [formatNumber(running.tasks), formatMetric(running.dominantShare, 'share')] : []),
  ]);
  const head = ['', 'jobs', 'wait mean', 'wait p95', 'bounded slowdown', 'dominant share'];
  if (result.tasks.unfinished > 0) head.push('running', 'share at end');
  const rest = all.length - shown.length;
  const more = rest > 0 ? `\n  ${style.quiet(`and ${formatNumber(rest)} more with fewer jobs (see --json)`)}` : '';
  return `${style.strong('Frameworks')}\n${table(head, rows, style)}${more}`;
}

function leftOut(result: RunResult, style: Style): string {
  const lines: string[] = [];
  for (const { source, read, replayed, rejected, skipped, notes } of result.workload) {
    const reasons = Object.entries(skipped);
    if (reasons.length + Object.keys(notes).length + rejected === 0) continue;
    const left = reasons.reduce((sum, [, count]) => sum + count, 0);
    lines.push(
      `  ${source}: ${formatNumber(read)} read = ${formatNumber(replayed)} replayed + ${formatNumber(rejected)} rejected + ${formatNumber(left)} skipped`,
    );
    for (const [reason, count] of reasons) lines.push(style.quiet(`    skipped ${formatNumber(count)}: ${reason}`));
    for (const [note, count] of Object.entries(notes)) lines.push(style.quiet(`    ${formatNumber(count)}: ${note}`));
  }
  for (const list of [...(result.cluster ?? []), ...(result.events ?? [])]) lines.push(...listLines(list, style));
  if (result.rejected.length > 0) lines.push(...rejectedLines(result, style));
  return lines.length === 0 ? '' : `${style.strong('Records')}\n${lines.join('\n')}`;
}

/** What became of the records of a list; nothing where all were used. */
function listLines({ source, read, used, skipped, notes }: ListAccount, style: Style): string[] {
  if (read === used && Object.keys(notes).length === 0) return [];
  return [
    `  ${source}: ${formatNumber(read)} read = ${formatNumber(used)} used + ${formatNumber(read - used)} skipped`,
    ...Object.entries(skipped).map(([why, count]) => style.quiet(`    skipped ${formatNumber(count)}: ${why}`)),
    ...Object.entries(notes).map(([note, count]) => style.quiet(`    ${formatNumber(count)}: ${note}`)),
  ];
}

function rejectedLines(result: RunResult, style: Style): string[] {
  const lines = result.rejected
    .slice(0, REASONS_SHOWN)
    .map(({ job, reason }) => `  ${style.bad('rejected')} ${job}: ${reason}`);
  const more = result.jobs.rejected - lines.length;
  if (more > 0) lines.push(style.quiet(`  and ${formatNumber(more)} more`));
  return lines;
}

function footer(result: RunResult, { style, reproduce }: SummaryParts): string {
  return [
    `${style.quiet('digest')}     ${result.digest}`,
    `${style.quiet('reproduce')}  ${reproduce}`,
    ...(Object.keys(result.approximate).length > 0 ? [style.quiet('~ approximate; the JSON says how')] : []),
  ].join('\n');
}
