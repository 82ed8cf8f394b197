import { escapeXml } from '../escape-xml.ts';
import { type GanttRectangles, ganttCharts } from '../gantt-rectangles.ts';
import type { PackedArray } from '../pack.ts';
import type { GanttData } from '../page/page-data.ts';
import { LIGHT, slotOf } from '../palette.ts';
import { formatNumber } from '../quantity.ts';
import type { RunData } from '../run-data.ts';
import { timeUnitFor } from '../time-unit.ts';
import { htmlDetails, htmlSection, htmlTable, htmlText } from './elements.ts';
import { keepLargest } from './keep-largest.ts';

/** The section with a Gantt chart a run, and what the charts are made of. */
export interface GanttSection {
  readonly html: string;
  readonly gantts: readonly GanttData[];
  readonly arrays: readonly Readonly<Record<string, PackedArray>>[];
}

/** Rectangles that all charts of a page may hold together. */
const RECTANGLES = 300_000;
/** Nodes that the table behind a chart lists. */
const NODES = 50;

/** Gives the section of Gantt charts. */
export function ganttSection(runs: readonly RunData[]): GanttSection {
  const charts = ganttCharts(runs);
  const parts = runs.map((run, at) => panel(run, charts[at]!, at, Math.floor(RECTANGLES / runs.length), runs));
  const help =
    'Each rectangle is a stretch in which a task ran, with the colour of its framework. From afar, a point has the mixed colour of what covers it. Drag to move; zoom with the buttons, or with the wheel after a click; arrow keys, + and - do the same, t and l make nodes taller and lower, 0 shows all.';
  return {
    html: htmlSection(
      'gantt',
      'Who ran where and when',
      `<p class="quiet">${escapeXml(help)}</p><div class="panels wide">${parts.map(({ html }) => html).join('')}</div>`,
    ),
    gantts: parts.map(({ gantt }) => gantt),
    arrays: parts.map(({ arrays }) => arrays),
  };
}

function panel(run: RunData, whole: GanttRectangles, at: number, limit: number, runs: readonly RunData[]) {
  const { kept, part } = keepLargest(whole, limit);
  const count = whole.start.length;
  const { tasks, result } = run;
  const { left, right } = { left: result.time.start_s, right: Math.max(result.time.end_s, result.time.start_s + 1e-6) };
  const jobs = tasks.words('job');
  const position = tasks.numbers('task');
  const thinned =
    kept.start.length < count
      ? htmlText(
          `Of ${formatNumber(count)} stretches the ${formatNumber(kept.start.length)} with the most work are drawn, which hold ${(100 * part).toFixed(1)} % of it; all are in ${run.folder}/tasks.csv.`,
          'quiet',
        )
      : '';
  const height =
    whole.resource === null
      ? 'Each task is one line high, whatever it holds.'
      : `Height is what a task holds of ${whole.resource}, out of what its node has.`;
  const id = `gantt-${at}`;
  const tools = ['zoom in', 'zoom out', 'earlier', 'later', 'taller', 'lower', 'show all'].map(
    (name) => `<button type="button" data-action="${name}">${name}</button>`,
  );
  const words = `Gantt chart of ${run.label}: ${formatNumber(count)} stretches of tasks on ${formatNumber(whole.nodes.length)} nodes; the table below has the work of each node`;
  const html = `<figure class="panel gantt" id="${id}">${runs.length > 1 ? `<h3>${escapeXml(run.label)}</h3>` : ''}${ganttKey(whole)}<div class="tools" role="group" aria-label="View of the Gantt chart of ${escapeXml(run.label)}">${tools.join('')}</div><canvas tabindex="0" role="img" aria-label="${escapeXml(words)}"></canvas><p class="pointed" aria-live="polite"></p><figcaption>${escapeXml(height)}</figcaption>${thinned}${htmlDetails(`Table: nodes of ${run.label}`, nodeTable(run, whole))}</figure>`;
  return {
    html,
    gantt: {
      id,
      pack: at,
      nodes: whole.nodes,
      resource: whole.resource,
      perLane: whole.perLane,
      frameworks: whole.frameworks,
      left,
      right,
      unit: timeUnitFor(right - left),
    },
    arrays: {
      ...{ lanes: whole.lanes, node: kept.node, from: kept.from, to: kept.to },
      ...{ start: kept.start, end: kept.end, colour: kept.colour },
      job: Int32Array.from(kept.task, (row) => jobs.codes[row]!),
      position: Int32Array.from(kept.task, (row) => position[row]!),
      names: new TextEncoder().encode(JSON.stringify(jobs.words)),
    },
  };
}

/** Gives the work of nodes as a table: where lanes are amounts, as a part of what the node could have done. */
function nodeTable({ label, result }: RunData, chart: GanttRectangles): string {
  const work = new Float64Array(chart.nodes.length);
  const count = new Int32Array(chart.nodes.length);
  for (let i = 0; i < chart.start.length; i++) {
    const node = chart.node[i]!;
    work[node] = work[node]! + (chart.end[i]! - chart.start[i]!) * (chart.to[i]! - chart.from[i]!);
    count[node] = count[node]! + 1;
  }
  const length = result.time.end_s - result.time.start_s;
  const rows = chart.nodes.slice(0, NODES).map((name, node) => {
    const all = length * chart.lanes[node]!;
    return [name, formatNumber(count[node]!), all > 0 ? `${((100 * work[node]!) / all).toFixed(1)} %` : '-'];
  });
  const of = chart.resource === null ? 'of its lines in use' : `of its ${chart.resource} in use`;
  const rest = chart.nodes.length - rows.length;
  const more = rest > 0 ? htmlText(`And ${formatNumber(rest)} more nodes.`, 'quiet') : '';
  return htmlTable({ caption: `Nodes of ${label}`, head: ['node', 'stretches', of], rows }) + more;
}

function ganttKey({ frameworks, hasOthers }: GanttRectangles): string {
  const names = hasOthers ? [...frameworks, 'others'] : frameworks;
  const items = names.map((name, i) => {
    const slot = hasOthers && i === frameworks.length ? LIGHT.length - 1 : slotOf(i);
    return `<li><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" fill="var(--series-${slot})"/></svg>${escapeXml(name)}</li>`;
  });
  return `<ul class="key">${items.join('')}</ul>`;
}
