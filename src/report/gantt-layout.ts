import { assignLanes, mostAtOnce } from './assign-lanes.ts';
import type { LaneRange } from './free-lanes.ts';
import { type RunCluster, type RunData, resourcesOf } from './run-data.ts';

/** A node of a Gantt chart, which is as many lanes high. */
export interface GanttNode {
  readonly name: string;
  readonly lanes: number;
}

/** Rectangles of a Gantt chart: piece i lies on lanes `from[i]` to `to[i] - 1` of its node while its task ran. */
export interface GanttLayout {
  readonly nodes: readonly GanttNode[];
  /** The resource of which a lane is an amount; null where each lane holds one task, whatever it takes. */
  readonly resource: string | null;
  /** How much of the resource a lane is. */
  readonly perLane: number;
  /** Row of tasks.csv, in order of node, then start. */
  readonly task: Int32Array;
  readonly node: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Lanes a node may have; a finer amount is not to be seen. */
const LANES = 20_000;
/** Pieces a task may be cut into on average. */
const PIECES = 3;

/**
 * Lays the stretches in which tasks ran out on their nodes.
 *
 * A task is as high as what it held of the first resource, where all tasks hold some of it in whole lanes; else each
 * task is one lane high.
 */
export function ganttLayout(run: RunData): GanttLayout {
  const nodes = nodesOf(run);
  const { starts, ends } = stretches(run);
  const rows = rowsByNode(run, nodes, starts);
  for (const resource of resourcesOf(run)) {
    const layout = byAmount(run, nodes, rows, starts, ends, resource);
    if (layout !== null) return layout;
  }
  const widths = new Float64Array(starts.length).fill(1);
  const lanes = rows.map((own) => Math.max(1, mostAtOnce({ rows: own, starts, ends })));
  const pieces = new Pieces();
  for (const [node, own] of rows.entries()) {
    assignLanes({ rows: own, starts, ends, widths }, lanes[node]!, (row, range) => pieces.add(node, row, range));
  }
  return {
    nodes: nodes.map(({ name }, i) => ({ name, lanes: lanes[i]! })),
    resource: null,
    perLane: 1,
    ...pieces.columns(),
  };
}

/** Gives when tasks started and ended; those that still ran, when the run ended. */
function stretches({ tasks, result }: RunData): { starts: Float64Array; ends: Float64Array } {
  const ends = tasks.numbers('end_s').map((end) => (Number.isNaN(end) ? result.time.end_s : end));
  return { starts: tasks.numbers('start_s'), ends };
}

interface NodeOf {
  readonly name: string;
  readonly capacity: Readonly<Record<string, number>>;
}

/** All nodes in the order of the cluster; where the manifest does not tell, those that ran something, by name. */
function nodesOf({ manifest, tasks }: RunData): NodeOf[] {
  if (manifest.cluster !== undefined) return clusterNodes(manifest.cluster);
  return [...tasks.words('node').words]
    .filter((name) => name !== '')
    .sort()
    .map((name) => ({ name, capacity: {} }));
}

function clusterNodes({ nodes }: RunCluster): NodeOf[] {
  return nodes.flatMap(({ name, count, capacity }) =>
    count === 1 ? [{ name, capacity }] : Array.from({ length: count }, (_, i) => ({ name: `${name}-${i}`, capacity })),
  );
}

/** Gives the rows of each node in order of start. */
function rowsByNode({ tasks }: RunData, nodes: readonly NodeOf[], starts: Float64Array): Int32Array[] {
  const { codes, words } = tasks.words('node');
  const index = new Map(nodes.map(({ name }, i) => [name, i]));
  const nodeOfCode = words.map((name) => index.get(name) ?? -1);
  const rows = nodes.map((): number[] => []);
  for (let row = 0; row < tasks.count; row++) {
    const node = nodeOfCode[codes[row]!]!;
    if (node >= 0) rows[node]!.push(row);
  }
  return rows.map((own) => Int32Array.from(own).sort((a, b) => starts[a]! - starts[b]! || a - b));
}

/** Lays tasks out by what they held of a resource; null where that does not come out in lanes. */
function byAmount(
  run: RunData,
  nodes: readonly NodeOf[],
  rows: readonly Int32Array[],
  starts: Float64Array,
  ends: Float64Array,
  resource: string,
): GanttLayout | null {
  const { tasks } = run;
  if (!tasks.has(`${resource}_used`)) return null;
  const amounts = tasks.numbers(`${resource}_used`);
  const perLane = commonMeasure(nodes, amounts, resource);
  if (perLane === null) return null;
  const widths = amounts.map((amount) => Math.round(amount / perLane));
  const pieces = new Pieces();
  for (const [node, own] of rows.entries()) {
    const lanes = Math.round((nodes[node]!.capacity[resource] ?? 0) / perLane);
    const fits = assignLanes({ rows: own, starts, ends, widths }, lanes, (row, range) => pieces.add(node, row, range));
    if (!fits || pieces.count > PIECES * Math.max(100, tasks.count)) return null;
  }
  const sized = nodes.map(({ name, capacity }) => ({
    name,
    lanes: Math.max(1, Math.round((capacity[resource] ?? 0) / perLane)),
  }));
  return { nodes: sized, resource, perLane, ...pieces.columns() };
}

/** Gives the greatest amount that all amounts are multiples of, in thousandths; null if some task holds none. */
function commonMeasure(nodes: readonly NodeOf[], amounts: Float64Array, resource: string): number | null {
  let common = 0;
  const capacities = nodes.map(({ capacity }) => capacity[resource] ?? 0);
  if (amounts.length === 0) return null;
  for (const amount of amounts) {
    const steps = Math.round(amount * 1_000);
    if (!(steps > 0) || steps / 1_000 !== amount) return null;
    common = greatestCommonDivisor(common, steps);
  }
  for (const capacity of capacities) common = greatestCommonDivisor(common, Math.round(capacity * 1_000));
  return common > 0 && capacities.reduce((most, capacity) => Math.max(most, capacity), 0) * 1_000 <= LANES * common
    ? common / 1_000
    : null;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

class Pieces {
  readonly #task: number[] = [];
  readonly #node: number[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  get count(): number {
    return this.#task.length;
  }

  add(node: number, task: number, [from, to]: LaneRange): void {
    this.#task.push(task);
    this.#node.push(node);
    this.#from.push(from);
    this.#to.push(to);
  }

  columns(): Pick<GanttLayout, 'task' | 'node' | 'from' | 'to'> {
    return {
      task: Int32Array.from(this.#task),
      node: Int32Array.from(this.#node),
      from: Int32Array.from(this.#from),
      to: Int32Array.from(this.#to),
    };
  }
}
