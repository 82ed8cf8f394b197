import { formatDuration, fromSeconds } from '../base/time.ts';
import { formatNumber } from '../report/quantity.ts';
import type { Style } from '../report/style.ts';
import { table } from '../report/table.ts';
import type { ComparedMetric, Comparison } from './comparison.ts';
import { formatWithError, scaleFor } from './quantity-with-error.ts';
import { counted, widest, wrapped } from './text-layout.ts';

/** What stands beside the comparison itself. */
export interface ComparisonParts {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly width: number;
  readonly threads: number;
  readonly wall_s: number;
}

/** Sentences that are shown; the JSON has one for each metric and pair. */
const STATEMENTS = 6;

/** Sets a comparison out to be read by people. */
export function comparisonText(comparison: Comparison, parts: ComparisonParts): string {
  const blocks = [
    headline(comparison, parts),
    thresholds(comparison, parts.style),
    values(comparison, parts),
    sentences(comparison, parts.style),
    warnings(comparison, parts),
    footer(comparison, parts.style),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headline(comparison: Comparison, { style, threads, wall_s }: ComparisonParts): string {
  const { allocators, seeds } = comparison;
  const runs = allocators.reduce((sum, own) => sum + own.runs.length, 0);
  const took = `${formatNumber(runs)} runs in ${formatDuration(fromSeconds(Math.round(wall_s * 10) / 10))}`;
  const on = threads === 1 ? 'one thread' : `${threads} threads`;
  const many = `${counted(allocators.length, 'allocator')} × ${counted(seeds.length, 'seed')}`;
  return [
    `${style.strong(comparison.scenario)} ${style.quiet('·')} ${many} ${style.quiet(`· ${took} on ${on}`)}`,
    ...methodOf(comparison),
  ].join('\n');
}

/** Says what the intervals are, and what they are not. */
export function methodOf({ sampling, samples, seeds, confidence, allocators }: Comparison): string[] {
  const level = `${formatNumber(confidence * 100)} %`;
  if (sampling === 'seeds') {
    const holm = allocators.length > 2 ? ', raised for all pairs of a metric (Holm)' : '';
    return [
      `common random numbers; ± is the half width of the ${level} t interval`,
      `differences are tested by paired t${holm}`,
    ];
  }
  const why =
    seeds.length === 1 ? 'one seed: one sample' : 'nothing here is random, every seed gives the same: one sample';
  const remedy = seeds.length === 1 ? '; --seeds 10 tells differences from chance' : '';
  if (sampling === 'none') return [`${why}, without intervals${remedy}`];
  return [why, `± is the ${level} interval of a block bootstrap over the ${samples} weeks of the run`];
}

function thresholds({ thresholds: list, allocators }: Comparison, style: Style): string {
  if (list.length === 0) return '';
  const rows = list.map(({ allocator, metric, expected, value, pass }) => [
    pass ? style.good('✓') : style.bad('✗'),
    ...(allocators.length > 1 ? [allocator] : []),
    metric,
    expected,
    value === null ? 'not defined' : formatNumber(value),
  ]);
  return `${style.strong('Thresholds')} ${style.quiet('(means)')}\n${table([], rows, style, (column) => column < rows[0]!.length - 2)}`;
}

function values(comparison: Comparison, { style, width }: ComparisonParts): string {
  const names = comparison.allocators.map(({ label }) => label);
  const shown = comparison.metrics.filter((metric) => metric.values.some(({ mean }) => mean !== null));
  if (shown.length === 0) return 'none of these metrics is defined in any run';
  const rows = shown.map((metric) => cellsOf(metric, style));
  const beside = table(['', ...names.map((name) => `${name}  `)], rows, style);
  const text = widest(beside) <= width ? beside : below(names, rows, style);
  const left = comparison.metrics.filter((metric) => !shown.includes(metric)).map(({ metric }) => metric);
  const undefinedOnes = left.length === 0 ? [] : [style.quiet(`  not defined: ${left.join(', ')}`)];
  return [text, ...legend(shown, style), ...undefinedOnes].join('\n');
}

/** Each metric with a line an allocator, where they do not fit side by side. */
function below(names: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const lines = rows.flatMap(([metric, ...cells]) => cells.map((cell, i) => [i === 0 ? metric! : '', names[i]!, cell]));
  return table([], lines, style, (column) => column < 2);
}

/** The metric's name with its unit, and a cell an allocator. */
function cellsOf({ metric, values: list, best, unit }: ComparedMetric, style: Style): string[] {
  const mark = best.length > 1 ? '≈' : '◀';
  const scale = scaleFor(
    list.map(({ mean }) => mean),
    unit,
  );
  const cells = list.map(({ allocator, mean, half_width }) => {
    const text = formatWithError(mean, half_width, scale);
    return best.includes(allocator) ? `${style.good(text)} ${style.good(mark)}` : `${text}  `;
  });
  return [scale.name === '' ? metric : `${metric} ${style.quiet(scale.name)}`, ...cells];
}

function legend(metrics: readonly ComparedMetric[], style: Style): string[] {
  const said: string[] = [];
  if (metrics.some(({ best }) => best.length === 1)) said.push('◀ best');
  if (metrics.some(({ best }) => best.length > 1)) said.push('≈ best, not to be told apart');
  if (metrics.some(({ best, better }) => best.length === 0 && better !== null))
    said.push('no mark: no difference shown');
  return said.length === 0 ? [] : [style.quiet(`  ${said.join(' · ')}`)];
}

function warnings({ warnings: list }: Comparison, { style, width }: ComparisonParts): string {
  return list.flatMap((warning) => wrapped(`${style.bad('warning')}: ${warning}`, width)).join('\n');
}

function sentences({ statements }: Comparison, style: Style): string {
  const shown = statements.slice(0, STATEMENTS).map((statement) => `  ${statement}`);
  const more = statements.length - shown.length;
  if (more > 0) shown.push(style.quiet(`  and ${more} more in --json`));
  return shown.join('\n');
}

function footer({ digest, reproduce }: Comparison, style: Style): string {
  return `${style.quiet('digest')}     ${digest}\n${style.quiet('reproduce')}  ${reproduce}`;
}
