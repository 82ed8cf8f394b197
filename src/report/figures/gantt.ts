import * as Plot from '@observablehq/plot';
import { type GanttRectangles, ganttCharts } from '../gantt-rectangles.ts';
import { mix, occupancy, type Rgb, rgbOf } from '../occupancy.ts';
import { LIGHT, slotOf } from '../palette.ts';
import type { RunData } from '../run-data.ts';
import { timeUnitFor } from '../time-unit.ts';
import type { Drawing, Figure, Ink } from './figure.ts';

/** Rectangles that are drawn one by one; of more, the picture is a grid of what they cover. */
const RECTANGLES = 2_500;
/** Nodes whose names stand beside the picture. */
const NAMED = 24;
const GRID = { columns: 220, rows: 100 } as const;
const WHITE: Rgb = [255, 255, 255];

/** One rectangle of the picture. */
interface Box {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly fill: string;
  readonly run: string;
}

/** Which tasks ran where and when. */
export const gantt: Figure = {
  name: 'gantt',
  title: 'Gantt chart',
  caption:
    'Each rectangle is a stretch in which a task ran, with the colour of its framework: one band a node, and as high as what it held of the first resource where all tasks hold some. Of many tasks, each cell has the mixed colour of what covers it.',
  draw: (runs, ink) => {
    const charts = ganttCharts(runs);
    const times = runs.map(({ result }) => result.time);
    const unit = timeUnitFor(Math.max(...times.map(({ start_s, end_s }) => end_s - start_s)));
    const boxes = runs.flatMap((run, i) => boxesOf(run, charts[i]!, unit.seconds, ink));
    return { options: optionsOf(runs, charts, boxes, unit.name, ink), key: keyOf(charts[0]!, ink) };
  },
};

function optionsOf(
  runs: readonly RunData[],
  charts: readonly GanttRectangles[],
  boxes: readonly Box[],
  unit: string,
  ink: Ink,
): Plot.PlotOptions {
  const isFaceted = runs.length > 1;
  const nodes = Math.max(...charts.map((chart) => chart.nodes.length));
  const { nodes: names } = charts[0]!;
  const areNamed = nodes <= NAMED && names.length === nodes;
  const longest = areNamed ? Math.max(...names.map((name) => name.length)) : 3;
  return {
    width: isFaceted ? Math.max(640, 300 * runs.length) : 640,
    height: Math.min(420, Math.max(260, 60 + 18 * nodes)),
    marginLeft: Math.min(160, 30 + 7 * longest),
    x: { label: `time (${unit})` },
    y: areNamed
      ? {
          label: null,
          domain: [nodes, 0],
          ticks: names.map((_, i) => i + 0.5),
          tickFormat: (at: number) => names[Math.floor(at)] ?? '',
          tickSize: 0,
        }
      : { label: 'node', domain: [nodes, 0] },
    ...(isFaceted && { fx: { label: null, domain: runs.map(({ label }) => label), padding: 0.06 } }),
    marks: [
      Plot.rect(boxes as Box[], {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        fill: 'fill',
        ...(isFaceted && { fx: 'run' }),
        render: asPaths,
      }),
      ...(nodes > 1 && nodes <= 100
        ? [
            Plot.ruleY(
              Array.from({ length: nodes + 1 }, (_, i) => i),
              { stroke: ink.grid, strokeWidth: 0.5 },
            ),
          ]
        : []),
    ],
  };
}

/** Draws rectangles of one colour as one path, which is a tenth as long as an element each. */
const asPaths: Plot.RenderFunction = (index, _scales, { x1, x2, y1, y2, fill }, _dimensions, { document }) => {
  const paths = new Map<string, string[]>();
  for (const i of index) {
    const [left, right] = [round(x1![i]), round(x2![i])];
    const [top, bottom] = [round(Math.min(y1![i], y2![i])), round(Math.max(y1![i], y2![i]))];
    const box = `M${left} ${top}H${right}V${bottom}H${left}z`;
    const own = paths.get(fill![i]);
    if (own === undefined) paths.set(fill![i], [box]);
    else own.push(box);
  }
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  for (const [colour, boxes] of paths) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('fill', colour);
    path.setAttribute('d', boxes.join(''));
    group.append(path);
  }
  return group;
};

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

function keyOf({ frameworks, hasOthers }: GanttRectangles, ink: Ink): Drawing['key'] {
  const entries = frameworks.map((name, i) => ({ name, colour: ink.series[slotOf(i)]!, dash: null }));
  return hasOthers ? [...entries, { name: 'others', colour: ink.series.at(-1)!, dash: null }] : entries;
}

function boxesOf(run: RunData, chart: GanttRectangles, unit: number, ink: Ink): Box[] {
  return chart.start.length <= RECTANGLES ? plainBoxes(run, chart, unit, ink) : gridBoxes(run, chart, unit);
}

function plainBoxes(run: RunData, chart: GanttRectangles, unit: number, ink: Ink): Box[] {
  return Array.from(chart.start, (start, i) => {
    const node = chart.node[i]!;
    const lanes = chart.lanes[node]!;
    return {
      x1: start / unit,
      x2: chart.end[i]! / unit,
      y1: node + chart.from[i]! / lanes,
      y2: node + chart.to[i]! / lanes,
      fill: ink.series[chart.colour[i]!]!,
      run: run.label,
    };
  });
}

/** Cells of one colour beside each other are one box. */
function gridBoxes(run: RunData, chart: GanttRectangles, unit: number): Box[] {
  const { start_s: left, end_s: right } = run.result.time;
  const { columns, rows } = { ...GRID, rows: Math.max(GRID.rows, Math.min(2 * GRID.rows, chart.nodes.length)) };
  const view = { left, right, top: 0, bottom: chart.nodes.length };
  const grid = occupancy(chart, view, columns, rows, LIGHT.length);
  const pixels = new Uint8ClampedArray(4 * rows * columns);
  mix(grid, rows * columns, LIGHT.map(rgbOf), WHITE, pixels);
  const boxes: Box[] = [];
  const x = (column: number): number => (left + ((right - left) * column) / columns) / unit;
  const y = (row: number): number => (view.bottom * row) / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; ) {
      const fill = coarse(pixels, row * columns + column);
      const first = column;
      while (column < columns && coarse(pixels, row * columns + column) === fill) column++;
      if (fill !== '#ffffff')
        boxes.push({ x1: x(first), x2: x(column), y1: y(row), y2: y(row + 1), fill, run: run.label });
    }
  }
  return boxes;
}

/** A colour in steps of 17, so that neighbours are alike more often. */
function coarse(pixels: Uint8ClampedArray, cell: number): string {
  const digit = (at: number): string => {
    const hex = Math.round(pixels[4 * cell + at]! / 17).toString(16);
    return hex + hex;
  };
  return `#${digit(0)}${digit(1)}${digit(2)}`;
}
