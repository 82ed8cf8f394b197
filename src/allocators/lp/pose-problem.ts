import type { NodeId } from '../../base/ids.ts';
import { toSeconds } from '../../base/time.ts';
import type { ClusterView } from '../../cluster/view.ts';
import { dominantShare } from '../../fairness/dominant-share.ts';
import type { Parties } from '../parties.ts';
import type { LpSettings } from './lp-settings.ts';
import type { LikeNodes } from './node-index.ts';
import { byDensity, type PlanProblem, type TaskKind } from './plan-problem.ts';
import { roleBounds } from './role-bounds.ts';
import type { QueuedKind, TaskIndex } from './task-index.ts';

/** A problem and what its rows and columns stand for. */
export interface PosedProblem {
  readonly problem: PlanProblem;
  /** The kinds that are planned, then those that are too many to be. */
  readonly kinds: readonly QueuedKind[];
  readonly tasks: readonly TaskKind[];
  /** By column. */
  readonly nodes: readonly (readonly NodeId[])[];
}

/** Says of a kind of tasks on which classes of nodes it runs already. */
export type RunsOn = (kind: QueuedKind, nodeClass: number) => boolean;

/** Writes down what waits and what is free as a problem to plan. */
export function poseProblem(
  view: ClusterView,
  index: TaskIndex,
  likeNodes: readonly LikeNodes[],
  parties: Parties,
  settings: LpSettings,
  runsOn: RunsOn,
): PosedProblem {
  const { kinds, tasks, planned } = chosen(view, index, settings);
  const columns = usefulColumns(view, kinds.slice(0, planned), likeNodes, settings.nodeClasses);
  const most = new Float64Array(planned * columns.length);
  const price = new Float64Array(most.length);
  const bonus = new Float64Array(most.length);
  for (let i = 0; i < planned; i++) {
    for (let j = 0; j < columns.length; j++) {
      const [first] = columns[j]!;
      const at = i * columns.length + j;
      most[at] = columns[j]!.reduce((sum, like) => sum + mostOn(view, kinds[i]!, like), 0);
      price[at] = first!.price * dominantShare(kinds[i]!.demand, first!.capacity);
      if (settings.stickiness > 0 && runsOn(kinds[i]!, first!.nodeClass)) bonus[at] = settings.stickiness;
    }
  }
  const bounded = kinds.map((kind, i) => ({ ...kind, unit: tasks[i]!.unit }));
  const problem: PlanProblem = {
    resources: view.resources.length,
    tasks: tasks.slice(0, planned),
    nodes: columns.map((column) => ({ free: freeOf(column) })),
    most,
    price,
    ...(settings.stickiness > 0 && { bonus }),
    bounds: roleBounds(view, parties, bounded, settings.floor, settings.ceiling),
  };
  const nodes = columns.map((column) =>
    column.length === 1 ? column[0]!.nodes.slice() : column.flatMap((like) => like.nodes).sort((a, b) => a - b),
  );
  return { problem, kinds, tasks, nodes };
}

/** Every kind of which tasks wait; the first `planned` of them are those that a plan is made of. */
function chosen(view: ClusterView, index: TaskIndex, settings: LpSettings) {
  const totals = Float64Array.from(view.resources, (_, r) => view.totalCapacity(r));
  const all = index.kinds();
  const made = all.map((kind): TaskKind => {
    const wait = settings.aging > 0 ? toSeconds(view.now - index.since(kind)) : 0;
    return {
      demand: kind.demand,
      count: kind.count,
      weight: kind.weight + settings.aging * wait,
      tier: settings.tiers ? kind.priority : 0,
      unit: dominantShare(kind.demand, totals),
      isGang: kind.isGang,
    };
  });
  if (all.length <= settings.taskClasses) return { kinds: all, tasks: made, planned: all.length };
  const order = byDensity(made);
  const first = order.slice(0, settings.taskClasses).sort((a, b) => a - b);
  const picked = [...first, ...order.slice(settings.taskClasses)];
  return { kinds: picked.map((i) => all[i]!), tasks: picked.map((i) => made[i]!), planned: first.length };
}

/** Nodes on which a task of any kind fits; by class and price alone where there would be too many columns. */
function usefulColumns(
  view: ClusterView,
  kinds: readonly QueuedKind[],
  likeNodes: readonly LikeNodes[],
  limit: number,
): LikeNodes[][] {
  const useful = likeNodes.filter((like) => kinds.some((kind) => mostOn(view, kind, like) > 0));
  if (useful.length <= limit) return useful.map((like) => [like]);
  const columns = new Map<string, LikeNodes[]>();
  for (const like of useful) {
    const key = `${like.nodeClass} ${like.price}`;
    const column = columns.get(key);
    if (column === undefined) columns.set(key, [like]);
    else column.push(like);
  }
  return [...columns.values()];
}

/** How many tasks of the kind such nodes hold, each by itself. */
function mostOn(view: ClusterView, kind: QueuedKind, { nodeClass, free, nodes }: LikeNodes): number {
  if (!view.classSatisfies(nodeClass, kind.constraint)) return 0;
  let each = kind.count;
  for (let r = 0; r < free.length; r++) {
    if (kind.demand[r]! > 0) each = Math.min(each, Math.floor(free[r]! / kind.demand[r]!));
  }
  return each * nodes.length;
}

function freeOf(column: readonly LikeNodes[]): Float64Array {
  const sum = new Float64Array(column[0]!.free.length);
  for (const { free, nodes } of column) for (let r = 0; r < sum.length; r++) sum[r] = sum[r]! + free[r]! * nodes.length;
  return sum;
}
