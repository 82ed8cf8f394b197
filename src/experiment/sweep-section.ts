import { htmlCode, htmlSection, htmlTable, htmlText } from '../report/html/elements.ts';
import { formatNumber } from '../report/quantity.ts';
import { unitOf } from './choose-metrics.ts';
import { formatWithError, scaleFor } from './quantity-with-error.ts';
import type { SweepResult } from './sweep-result.ts';

/** Sets a sweep out as a section of a page, a row a combination; `position` tells it from others on the page. */
export function sweepSection(sweep: SweepResult, folder: string, position: number): string {
  const { cells, runs, confidence, command, digest, failures } = sweep;
  const names = [...new Set(cells.flatMap((cell) => Object.keys(cell.metrics)))];
  const metrics = names.filter((name) => cells.some((cell) => (cell.metrics[name]?.mean ?? null) !== null));
  const paths = [...new Set(cells.flatMap(({ settings }) => Object.keys(settings)))];
  const columns = metrics.map((metric) => {
    const means = cells.map((cell) => cell.metrics[metric]?.mean ?? null);
    const scale = scaleFor(means, unitOf(metric));
    return {
      head: scale.name === '' ? metric : `${metric} (${scale.name})`,
      cells: cells.map((cell) => {
        const value = cell.metrics[metric];
        return formatWithError(value?.mean ?? null, value?.half_width ?? null, scale);
      }),
    };
  });
  const rows = cells.map(({ allocator, settings, seeds }, i) => [
    allocator,
    ...paths.map((path) => textOf((settings as Readonly<Record<string, unknown>>)[path])),
    formatNumber(seeds),
    ...columns.map((column) => column.cells[i]!),
  ]);
  const state = `${formatNumber(runs.done)} of ${formatNumber(runs.planned)} runs are done, ${formatNumber(runs.failed)} have failed, ${formatNumber(runs.missing)} are missing; ± is the half width of the ${formatNumber(100 * confidence)} % interval over seeds.`;
  const body = [
    htmlText(state),
    ...failures.map(({ label, seed, message }) => htmlText(`${label}, seed ${seed}: ${message}`, 'warning')),
    htmlTable({
      caption: 'Means by combination',
      head: ['allocator', ...paths, 'seeds', ...columns.map(({ head }) => head)],
      rows,
      words: 1 + paths.length,
    }),
    htmlCode(command),
    htmlText(
      `${digest === null ? 'No digest before all runs are done' : `Digest ${digest}`}. All runs are in ${folder}.`,
      'quiet digest',
    ),
  ];
  return htmlSection(`sweep-${position}`, `Sweep: ${sweep.scenario}`, body.join(''));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
