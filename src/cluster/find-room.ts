import { type JobId, NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { ClusterView } from './view.ts';

/** How much room a job's next task finds on the nodes as they are. */
export interface Room {
  /** True if the next task of the job, or all tasks of the gang side by side, could start now. */
  readonly hasRoom: boolean;
  /** Nodes in all, and those that could take the next task. */
  readonly nodes: number;
  readonly fitting: number;
  /** Nodes that are not up, and those that are but that the task may not run on. */
  readonly away: number;
  readonly forbidden: number;
  /** Of the others: how many have too little of a resource free. One may be short of several. */
  readonly short: Readonly<Record<string, number>>;
  /** Of the others: how many have enough free in all, but not on the devices it takes. */
  readonly scattered: number;
  /** Of a gang of several: how many of its queued tasks there are, and how many a search one by one finds room for. */
  readonly together?: { readonly tasks: number; readonly found: number };
  /** The node that lacks least, where one lacks amounts alone. */
  readonly nearest: Nearest | null;
}

/** What one node lacks. */
export interface Nearest {
  readonly node: NodeId;
  /** Whole steps by resource, those alone of which something is lacking. */
  readonly lacks: Readonly<Record<string, number>>;
  /** The largest part of a demand that is lacking. */
  readonly part: number;
}

/** Looks at every node for what keeps the next task of a job from starting; one with queued tasks. */
export function findRoom(view: ClusterView, job: JobId): Room {
  const task = view.firstQueuedTask(job);
  const isGang = view.isGang(job) && view.queuedTaskCount(job) > 1;
  const amounts = isGang && view.nodeCount === 1 ? sumOfQueued(view, job) : demandOf(view, task);
  const constraint = view.constraint(task);
  const short = Object.fromEntries(view.resources.map(({ name }) => [name, 0]));
  let [fitting, away, forbidden, scattered] = [0, 0, 0, 0];
  let nearest: Nearest | null = null;
  for (let node = 0; node < view.nodeCount; node++) {
    if (view.fits(task, node)) fitting++;
    else if (view.nodeState(node) !== 'up') {
      away++;
      continue;
    } else if (!view.classSatisfies(view.nodeClass(node), constraint)) {
      forbidden++;
      continue;
    } else if (!countShort(view, task, node, short)) scattered++;
    const lacking = lackOf(view, amounts, node);
    if (lacking !== null && (nearest === null || lacking.part < nearest.part)) nearest = lacking;
  }
  const together = isGang ? { tasks: view.queuedTaskCount(job), found: findSideBySide(view, job) } : undefined;
  const hasRoom = together === undefined ? fitting > 0 : together.found === together.tasks;
  const isTold = !hasRoom && (together === undefined || view.nodeCount === 1);
  return {
    hasRoom,
    nodes: view.nodeCount,
    fitting,
    away,
    forbidden,
    short,
    scattered,
    ...(together && { together }),
    nearest: isTold ? nearest : null,
  };
}

/** Counts the resources of which the node has too little; false where it has enough of all. */
function countShort(view: ClusterView, task: TaskId, node: NodeId, short: Record<string, number>): boolean {
  let isShort = false;
  for (const [r, { name }] of view.resources.entries()) {
    if (view.demand(task, r) <= view.free(node, r)) continue;
    short[name] = short[name]! + 1;
    isShort = true;
  }
  return isShort;
}

/** What a node lacks of such amounts; null where it lacks nothing, or would even if it were empty. */
function lackOf(view: ClusterView, amounts: ArrayLike<number>, node: NodeId): Nearest | null {
  const lacks: Record<string, number> = {};
  let part = 0;
  for (const [r, { name }] of view.resources.entries()) {
    const amount = amounts[r]!;
    if (amount > view.capacity(node, r)) return null;
    const lack = amount - view.free(node, r);
    if (lack <= 0) continue;
    lacks[name] = lack;
    part = Math.max(part, lack / amount);
  }
  return part > 0 ? { node, lacks, part } : null;
}

function demandOf(view: ClusterView, task: TaskId): Float64Array {
  return Float64Array.from(view.resources, (_, r) => view.demand(task, r));
}

function sumOfQueued(view: ClusterView, job: JobId): Float64Array {
  const sum = new Float64Array(view.resources.length);
  for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) {
    for (let r = 0; r < sum.length; r++) sum[r] = sum[r]! + view.demand(task, r);
  }
  return sum;
}

/** Puts the queued tasks of a gang one by one on the first node with room, on trial; gives how many found one. */
function findSideBySide(view: ClusterView, job: JobId): number {
  const { trial } = view;
  const { depth } = trial;
  let found = 0;
  let before: TaskId = NONE;
  let node = 0;
  try {
    for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) {
      // Like tasks find no room where the one before found none.
      if (before === NONE || !alike(view, task, before)) node = 0;
      before = task;
      while (node < view.nodeCount && !view.fits(task, node)) node++;
      if (node === view.nodeCount) continue;
      trial.take(task, node);
      found++;
    }
  } finally {
    trial.rollback(depth);
  }
  return found;
}

function alike(view: ClusterView, a: TaskId, b: TaskId): boolean {
  return view.resources.every((_, r) => view.demand(a, r) === view.demand(b, r));
}
