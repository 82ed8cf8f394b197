import { NONE, type NodeId, type TaskId } from '../../base/ids.ts';
import type { TaskMix } from '../../cluster/task-mix.ts';
import { deviceColumn, type ShapeId, TaskTally } from '../../cluster/task-tally.ts';
import type { ClusterView, FreeListener } from '../../cluster/view.ts';
import type { Placement } from '../placement/placement.ts';
import { NodeFragments } from './node-fragments.ts';
import { RecentNodes } from './recent-nodes.ts';
import { ScoreTree } from './score-tree.ts';

/** Shapes of tasks whose scores are kept; those asked for least lately go. */
const KEPT = 256;

/** How a growth of the fragments becomes a score; the mean over the mix, in devices. */
export type Scoring = (less: number) => number;

/** The scores of one shape of tasks on all nodes, as of some time. */
interface Scores {
  tree: ScoreTree;
  /** The clock of changes when they were true. */
  at: number;
}

/**
 * Places a task on the node, and the device of it, where idle devices become useless least; ties go to the lowest name of a
 * node and the first device.
 *
 * Scores are kept by shape of task, and made anew of those nodes alone that changed since the shape was asked for last.
 */
export class FgdPlacement implements Placement, FreeListener {
  readonly name = 'fgd';
  readonly #view: ClusterView;
  readonly #score: Scoring;
  readonly #column: number;
  readonly #whole: number;
  readonly #shapes: TaskTally;
  readonly #kept = new Map<ShapeId, Scores>();
  readonly #recent: RecentNodes;
  readonly #fragments: NodeFragments;
  /** By node its place in order of names, and the node of each place. */
  readonly #place: Int32Array;
  readonly #nodeAt: Int32Array;
  readonly #demand: Float64Array;
  /** Until when the fragments of nodes are up to date. */
  #refreshed = 0;
  #of: number;

  constructor(view: ClusterView, mix: TaskMix, score: Scoring) {
    this.#view = view;
    this.#score = score;
    this.#column = deviceColumn(view.resources);
    this.#whole = view.resources[this.#column]?.scale ?? 1;
    this.#shapes = new TaskTally(view.resources);
    this.#recent = new RecentNodes(view.nodeCount);
    this.#fragments = new NodeFragments(view, mix);
    this.#of = mix.of;
    this.#demand = new Float64Array(view.resources.length);
    const names = Array.from({ length: view.nodeCount }, (_, node) => view.nodeName(node));
    this.#nodeAt = Int32Array.from(names.keys()).sort((a, b) => compare(names[a]!, names[b]!) || a - b);
    this.#place = new Int32Array(view.nodeCount);
    for (const [place, node] of this.#nodeAt.entries()) this.#place[node] = place;
    view.watchFree(this);
  }

  onFreeChanged(node: NodeId): void {
    this.#recent.touch(node);
  }

  /** Says what is a fragment by another mix from now on. */
  use(mix: TaskMix): void {
    this.#of = mix.of;
    this.#fragments.use(mix);
    this.#refreshed = this.#recent.clock;
    this.#kept.clear();
  }

  find(task: TaskId): NodeId {
    const { clock } = this.#recent;
    this.#refresh();
    const shape = this.#shapeOf(task);
    let scores = this.#kept.get(shape);
    if (scores === undefined) {
      scores = { tree: new ScoreTree(this.#view.nodeCount), at: clock };
      for (let node = 0; node < this.#view.nodeCount; node++) this.#rescore(scores, task, node);
      const [first] = this.#kept.keys();
      if (this.#kept.size >= KEPT) this.#kept.delete(first!);
    } else {
      const current = scores;
      this.#recent.since(current.at, (node) => this.#rescore(current, task, node));
      current.at = clock;
      this.#kept.delete(shape);
    }
    this.#kept.set(shape, scores);
    const place = scores.tree.first();
    return place < 0 ? NONE : this.#nodeAt[place]!;
  }

  device(task: TaskId, node: NodeId): number {
    this.#refresh();
    return this.#best(task, node).device;
  }

  #refresh(): void {
    const { clock } = this.#recent;
    if (clock === this.#refreshed) return;
    this.#recent.since(this.#refreshed, (node) => this.#fragments.refresh(node));
    this.#refreshed = clock;
  }

  #rescore({ tree }: Scores, task: TaskId, node: NodeId): void {
    const fits = this.#view.fits(task, node);
    tree.set(this.#place[node]!, fits ? this.#best(task, node).score : Number.NEGATIVE_INFINITY);
  }

  /** The best score of a task on a node where it fits, and the first device that gives it; -1 where it takes no share. */
  #best(task: TaskId, node: NodeId): { score: number; device: number } {
    const view = this.#view;
    const column = this.#column;
    const demand = column < 0 ? 0 : view.demand(task, column);
    if (demand === 0 || demand >= this.#whole) return { score: this.#scoreOf(task, node, NONE), device: NONE };
    let best = { score: Number.NEGATIVE_INFINITY, device: NONE };
    const devices = view.deviceCount(node, column);
    for (let device = 0; device < devices; device++) {
      const free = view.deviceFree(node, column, device);
      if (free < demand || this.#isLike(node, device, free)) continue;
      const score = this.#scoreOf(task, node, device);
      if (score > best.score) best = { score, device };
    }
    return best;
  }

  /** Whether an earlier device of the node has the same free. */
  #isLike(node: NodeId, device: number, free: number): boolean {
    for (let d = 0; d < device; d++) if (this.#view.deviceFree(node, this.#column, d) === free) return true;
    return false;
  }

  #scoreOf(task: TaskId, node: NodeId, device: number): number {
    if (this.#of === 0) return this.#score(0);
    const less = this.#fragments.of(node) - this.#fragments.with(task, node, device);
    return this.#score(less / (this.#of * this.#whole));
  }

  #shapeOf(task: TaskId): ShapeId {
    const view = this.#view;
    for (let r = 0; r < this.#demand.length; r++) this.#demand[r] = view.demand(task, r);
    return this.#shapes.add(this.#demand, 0, view.constraint(task));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
