import { formatNumber } from '../report/quantity.ts';
import type { Style } from '../report/style.ts';
import { table } from '../report/table.ts';
import { unitOf } from './choose-metrics.ts';
import { formatWithError, scaleFor } from './quantity-with-error.ts';
import type { SweepCell, SweepResult } from './sweep-result.ts';
import { counted, widest } from './text-layout.ts';

/** What stands beside the result itself. */
export interface SweepParts {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly width: number;
  /** True if metrics may be left out where they do not fit. */
  readonly mayDrop: boolean;
  /** Where the results are. */
  readonly folder: string;
}

/** Cells that are shown; the JSON has all. */
const CELLS = 60;

/** Sets the result of a sweep out to be read by people. */
export function sweepText(result: SweepResult, parts: SweepParts): string {
  const head = [
    headline(result, parts),
    `± is the half width of the ${formatNumber(result.confidence * 100)} % t interval`,
  ];
  const blocks = [head.join('\n'), cells(result, parts), footer(result, parts)];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** Gives the factors of a plan: `3 allocators × 2 of until × 30 seeds`. */
export function factorsOf({ allocators, axes, seeds }: Pick<SweepResult, 'allocators' | 'axes' | 'seeds'>): string {
  const varied = axes.map(({ path, values }) => `${values.length} of ${path}`);
  return [counted(allocators.length, 'allocator'), ...varied, counted(seeds.length, 'seed')].join(' × ');
}

function headline(result: SweepResult, { style, width }: SweepParts): string {
  const { planned, done, failed, missing } = result.runs;
  const state = [style.good(`${formatNumber(done)} of ${counted(planned, 'run')} done`)];
  if (failed > 0) state.push(style.bad(`${formatNumber(failed)} failed`));
  if (missing > 0) state.push(`${formatNumber(missing)} missing`);
  const dot = style.quiet(' · ');
  const [what, became] = [`${style.strong(result.scenario)}${dot}${factorsOf(result)}`, state.join(dot)];
  return widest(what + dot + became) <= width ? what + dot + became : `${what}\n${became}`;
}

function cells(result: SweepResult, { style, width, mayDrop }: SweepParts): string {
  const shown = result.cells.filter(({ seeds }) => seeds > 0);
  if (shown.length === 0) return '';
  const metrics = Object.keys(shown[0]!.metrics).filter((metric) =>
    shown.some((cell) => cell.metrics[metric]!.mean !== null),
  );
  for (let count = metrics.length; ; count--) {
    const text = tableOf(result, shown.slice(0, CELLS), metrics.slice(0, count), style);
    if (mayDrop && count > 1 && widest(text) > width) continue;
    const left = [];
    if (shown.length > CELLS) left.push(counted(shown.length - CELLS, 'line'));
    if (count < metrics.length) left.push(counted(metrics.length - count, 'metric'));
    return left.length === 0 ? text : `${text}\n${style.quiet(`  and ${left.join(' and ')} more in --json`)}`;
  }
}

function tableOf(result: SweepResult, shown: readonly SweepCell[], metrics: readonly string[], style: Style): string {
  const several = new Set(shown.map(({ seeds }) => seeds)).size > 1;
  const columns = metrics.map((metric) => {
    const means = shown.map((cell) => cell.metrics[metric]!.mean);
    return { metric, scale: scaleFor(means, unitOf(metric)) };
  });
  const head = [
    '',
    ...result.axes.map(({ path }) => path),
    ...(several ? ['seeds'] : []),
    ...columns.map(({ metric, scale }) => `${metric} ${scale.name}`.trimEnd()),
  ];
  const rows = shown.map(({ allocator, settings, seeds, metrics: values }) => [
    allocator,
    ...result.axes.map(({ path }) => said(settings[path])),
    ...(several ? [formatNumber(seeds)] : []),
    ...columns.map(({ metric, scale }) => formatWithError(values[metric]!.mean, values[metric]!.half_width, scale)),
  ]);
  return table(head, rows, style, (column) => column <= result.axes.length && column === 0);
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function footer(result: SweepResult, { style, folder }: SweepParts): string {
  const digest = result.digest ?? 'none before all runs are done';
  return [
    `${style.quiet('digest')}   ${digest}`,
    `${style.quiet('results')}  ${folder}`,
    `${style.quiet('again')}    ${result.command}`,
  ].join('\n');
}
