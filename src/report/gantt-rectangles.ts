import { ganttLayout } from './gantt-layout.ts';
import { LIGHT } from './palette.ts';
import type { RunData } from './run-data.ts';

/** A Gantt chart as rectangles: times in seconds; node i reaches from y = i to i + 1. */
export interface GanttRectangles {
  readonly nodes: readonly string[];
  /** Lanes by node. */
  readonly lanes: Int32Array;
  /** The resource that a lane is an amount of, and how much of it; null where each task has one lane. */
  readonly resource: string | null;
  readonly perLane: number;
  /** Frameworks that have a colour of their own, of all runs side by side, those with the most work first. */
  readonly frameworks: readonly string[];
  /** True if further ones share the last colour. */
  readonly hasOthers: boolean;
  /** Row of tasks.csv, rising by node and start. */
  readonly task: Int32Array;
  readonly node: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Position of the colour. */
  readonly colour: Uint8Array;
}

/** Gives the Gantt charts of runs; a framework has the same colour in all. */
export function ganttCharts(runs: readonly RunData[]): GanttRectangles[] {
  const parts = runs.map(rectanglesOf);
  const work = new Map<string, number>();
  for (const own of parts) for (const [name, amount] of own.work) work.set(name, (work.get(name) ?? 0) + amount);
  const order = [...work].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const frameworks = order.length <= LIGHT.length ? order : order.slice(0, LIGHT.length - 1);
  const colourOf = new Map(frameworks.map((name, i) => [name, i]));
  return parts.map(({ run, layout, start, end }) => {
    const { codes, words } = run.tasks.words('framework');
    const colours = words.map((name) => colourOf.get(name) ?? LIGHT.length - 1);
    const { resource, perLane, task, node, from, to } = layout;
    return {
      nodes: layout.nodes.map(({ name }) => name),
      lanes: Int32Array.from(layout.nodes, ({ lanes }) => lanes),
      ...{ resource, perLane, task, node, from, to, start, end, frameworks },
      hasOthers: frameworks.length < order.length,
      colour: Uint8Array.from(task, (row) => colours[codes[row]!]!),
    };
  });
}

/** Gives the rectangles of a run and, by framework, how large they are together, in parts of all nodes. */
function rectanglesOf(run: RunData) {
  const layout = ganttLayout(run);
  const { tasks, result } = run;
  const starts = tasks.numbers('start_s');
  const ends = tasks.numbers('end_s');
  const start = Float64Array.from(layout.task, (row) => starts[row]!);
  const end = Float64Array.from(layout.task, (row) => (Number.isNaN(ends[row]!) ? result.time.end_s : ends[row]!));
  const { codes, words } = tasks.words('framework');
  const work = new Float64Array(words.length);
  const lanes = layout.nodes.reduce((sum, node) => sum + node.lanes, 0);
  for (let i = 0; i < start.length; i++) {
    const code = codes[layout.task[i]!]!;
    work[code] = work[code]! + ((end[i]! - start[i]!) * (layout.to[i]! - layout.from[i]!)) / lanes;
  }
  const named = words.map((name, code) => [name, work[code]!] as const).filter(([, amount]) => amount > 0);
  return { run, layout, start, end, work: named };
}
