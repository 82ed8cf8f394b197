import type { NodeId, TaskId } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { Placement } from '../placement/placement.ts';
import type { PosedProblem } from './pose-problem.ts';
import type { QueuedKind, TaskIndex } from './task-index.ts';

/** Puts tasks where a plan has most of their kind left, and elsewhere only when there is no room for them there. */
export class GuidedPlacement implements Placement {
  readonly name = 'guided';
  readonly #view: ClusterView;
  readonly #index: TaskIndex;
  readonly #otherwise: Placement;
  readonly #rows = new Map<QueuedKind, number>();
  #nodes: PosedProblem['nodes'] = [];
  /** What the plan has and has not been given yet. */
  #left = new Float64Array(0);
  #cursors = new Int32Array(0);
  /** The cell of the last search; -1 for none. */
  #cell = -1;

  constructor(view: ClusterView, index: TaskIndex, otherwise: Placement) {
    this.#view = view;
    this.#index = index;
    this.#otherwise = otherwise;
  }

  /** Follows another plan; null for none. */
  follow(posed: PosedProblem, cells: Float64Array | null): void {
    this.#rows.clear();
    this.#nodes = posed.nodes;
    if (cells === null) return;
    for (const i of posed.problem.tasks.keys()) this.#rows.set(posed.kinds[i]!, i);
    this.#left = cells.slice();
    this.#cursors = new Int32Array(cells.length);
  }

  find(task: TaskId): NodeId {
    this.#cell = -1;
    const kind = this.#index.kindOf(task);
    const row = kind === undefined ? undefined : this.#rows.get(kind);
    if (row === undefined) return this.#otherwise.find(task);
    const columns = this.#nodes.length;
    const left = (column: number) => this.#left[row * columns + column]!;
    const order = this.#nodes.map((_, column) => column).filter((column) => left(column) > 0);
    order.sort((a, b) => left(b) - left(a) || a - b);
    for (const column of order) {
      const node = this.#firstFit(task, row * columns + column, this.#nodes[column]!);
      if (node >= 0) return node;
    }
    return this.#otherwise.find(task);
  }

  placed(node: NodeId): void {
    if (this.#cell >= 0) this.#left[this.#cell] = this.#left[this.#cell]! - 1;
    else this.#otherwise.placed?.(node);
  }

  #firstFit(task: TaskId, cell: number, nodes: readonly NodeId[]): NodeId {
    // A search on trial must not move the cursor: what it has taken is given back.
    const isOnTrial = this.#view.trial.depth > 0;
    let at = this.#cursors[cell]!;
    while (at < nodes.length && !this.#view.fits(task, nodes[at]!)) at++;
    if (!isOnTrial) this.#cursors[cell] = at;
    if (at === nodes.length) return -1;
    this.#cell = cell;
    return nodes[at]!;
  }
}
