import { decimate, pick } from '../decimate.ts';
import { escapeXml } from '../escape-xml.ts';
import type { PackedArray } from '../pack.ts';
import type { ChartData } from '../page/page-data.ts';
import { DASHES, slotOf } from '../palette.ts';
import { formatNumber } from '../quantity.ts';
import type { RunData } from '../run-data.ts';
import { leadingNames, type NamedSeries, queueSeries, shareSeries, utilizationSeries } from '../run-series.ts';
import { timeUnitFor } from '../time-unit.ts';
import { htmlDetails, htmlSection, htmlTable, htmlText } from './elements.ts';

/** A section with a chart over time a run, and what the charts are made of. */
export interface TimeSection {
  readonly html: string;
  readonly charts: readonly ChartData[];
  /** By run: the arrays that the charts need. */
  readonly arrays: readonly Readonly<Record<string, PackedArray>>[];
}

/** What the charts of a section show. */
interface Topic {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly label: string;
  readonly isPart: boolean;
  /** The greatest value to be shown; that of the series where left out. */
  readonly top?: number;
  readonly seriesOf: (run: RunData) => NamedSeries[];
}

const TOPICS: readonly Topic[] = [
  {
    id: 'utilization',
    title: 'Utilization over time',
    caption: 'Part of the capacity of the nodes that are not down which running tasks hold, by resource.',
    label: 'utilization',
    isPart: true,
    top: 1,
    seriesOf: utilizationSeries,
  },
  {
    id: 'shares',
    title: 'Dominant share per role over time',
    caption:
      'The largest part of the capacity of any resource that the running tasks of a role hold, with those of all roles below it.',
    label: 'dominant share',
    isPart: true,
    seriesOf: shareSeries,
  },
  {
    id: 'queue',
    title: 'Queue length over time',
    caption: 'Jobs that have been submitted and of which no task has started yet.',
    label: 'waiting jobs',
    isPart: false,
    seriesOf: (run) => [{ name: 'waiting jobs', values: queueSeries(run) }],
  },
];

/** Values that all charts of a page may hold together. */
const VALUES = 2_000_000;
/** Rows of the table behind a chart. */
const SLICES = 24;

/** Gives the sections of charts over time. */
export function timeSections(runs: readonly RunData[]): TimeSection[] {
  const columns = runs.reduce((sum, { timeline }) => sum + timeline.names.length, 0);
  const rows = Math.max(64, Math.floor(VALUES / Math.max(1, columns)));
  return TOPICS.map((topic) => section(topic, runs, rows));
}

function section(topic: Topic, runs: readonly RunData[], limit: number): TimeSection {
  const lists = runs.map(topic.seriesOf);
  const names = leadingNames(lists, DASHES.length);
  const shown = lists.map((list) => list.filter(({ name }) => names.includes(name)));
  const greatest = shown.flat().reduce((top, { values }) => Math.max(top, greatestOf(values)), 0);
  const top = topic.top ?? (greatest > 0 ? greatest * 1.04 : 1);
  const all = new Set(lists.flat().map(({ name }) => name)).size;
  const panels = runs.map((run, i) => panel(topic, run, i, shown[i]!, names, top, limit, runs));
  const cut =
    all > names.length
      ? htmlText(`Of ${all}, the ${names.length} with the greatest values are shown; all are in timeline.csv.`, 'quiet')
      : '';
  return {
    html: htmlSection(
      topic.id,
      topic.title,
      `<figure><figcaption>${escapeXml(topic.caption)} Drag across a chart to see a part of it, double-click to see all.</figcaption>${cut}${keyOf(names)}<div class="panels">${panels.map(({ html }) => html).join('')}</div></figure>`,
    ),
    charts: panels.map(({ chart }) => chart),
    arrays: panels.map(({ arrays }) => arrays),
  };
}

function panel(
  topic: Topic,
  run: RunData,
  at: number,
  series: readonly NamedSeries[],
  names: readonly string[],
  top: number,
  limit: number,
  runs: readonly RunData[],
): { html: string; chart: ChartData; arrays: Record<string, PackedArray> } {
  const times = run.timeline.numbers('time_s');
  const rows = decimate(
    times,
    series.map(({ values }) => values),
    limit,
  );
  const id = `${topic.id}-${at}`;
  const arrays: Record<string, PackedArray> = { [`${topic.id}-time`]: pick(times, rows) };
  for (const [i, { values }] of series.entries()) arrays[`${topic.id}-${i}`] = Float32Array.from(pick(values, rows));
  const left = Math.min(...runs.map(({ result }) => result.time.start_s));
  const right = Math.max(...runs.map(({ result }) => result.time.end_s));
  const unit = timeUnitFor(right - left);
  const thinned =
    rows.length < times.length
      ? htmlText(
          `Thinned to ${formatNumber(rows.length)} of ${formatNumber(times.length)} rows, peaks kept; all are in ${run.folder}/timeline.csv.`,
          'quiet',
        )
      : '';
  const rule = run.manifest.conventions['timeline.csv'];
  const behind = htmlTable({
    caption: `${topic.title} of ${run.label}: averages over equal parts of the run`,
    head: [`from (${unit.name})`, ...series.map(({ name }) => name)],
    rows: slices(times, series, run.result.time.end_s, topic.isPart, unit.seconds),
    words: 0,
  });
  const title = runs.length > 1 ? `<h3>${escapeXml(run.label)}</h3>` : '';
  const words = `${topic.title}, ${run.label}; the table below the chart has the figures`;
  return {
    html: `<div class="panel">${title}<div class="chart" id="${id}" role="img" aria-label="${escapeXml(words)}"></div>${thinned}${rule === undefined ? '' : htmlText(`Rows: ${rule}.`, 'quiet')}${htmlDetails(`Table: ${topic.title}, ${run.label}`, behind)}</div>`,
    chart: {
      id,
      pack: at,
      lines: series.map(({ name }, i) => ({ name, array: `${topic.id}-${i}`, slot: slotOf(names.indexOf(name)) })),
      ...{ label: topic.label, isPart: topic.isPart, left, right, top, unit },
    },
    arrays,
  };
}

function greatestOf(values: Float64Array): number {
  return values.reduce((top, value) => (Number.isNaN(value) ? top : Math.max(top, value)), 0);
}

/** Gives time averages over equal parts of the run. */
function slices(
  times: Float64Array,
  series: readonly NamedSeries[],
  end: number,
  isPart: boolean,
  perUnit: number,
): string[][] {
  if (times.length === 0) return [];
  const from = times[0]!;
  const width = (end - from) / SLICES;
  if (!(width > 0)) return [];
  const sums = series.map(() => new Float64Array(SLICES));
  const lengths = series.map(() => new Float64Array(SLICES));
  for (let row = 0; row < times.length; row++) {
    const until = row + 1 < times.length ? times[row + 1]! : end;
    for (let slice = Math.floor((times[row]! - from) / width); slice < SLICES; slice++) {
      const overlap = Math.min(until, from + (slice + 1) * width) - Math.max(times[row]!, from + slice * width);
      if (overlap <= 0) break;
      for (const [i, { values }] of series.entries()) {
        if (Number.isNaN(values[row]!)) continue;
        sums[i]![slice] = sums[i]![slice]! + overlap * values[row]!;
        lengths[i]![slice] = lengths[i]![slice]! + overlap;
      }
    }
  }
  return Array.from({ length: SLICES }, (_, slice) => [
    formatNumber((from + slice * width) / perUnit),
    ...series.map((_, i) => {
      const length = lengths[i]![slice]!;
      if (length === 0) return '-';
      const mean = sums[i]![slice]! / length;
      return isPart ? `${(100 * mean).toFixed(1)} %` : formatNumber(mean);
    }),
  ]);
}

/** Gives the key of lines. */
function keyOf(names: readonly string[]): string {
  const items = names.map((name, i) => {
    const dash = DASHES[slotOf(i)]!.join(' ');
    return `<li><svg width="34" height="12" aria-hidden="true"><line x1="0" x2="34" y1="6" y2="6" stroke="var(--series-${slotOf(i)})" stroke-width="2.5" stroke-dasharray="${dash}"/></svg>${escapeXml(name)}</li>`;
  });
  return `<ul class="key">${items.join('')}</ul>`;
}
