import type { NodeId } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { Decisions } from '../allocator.ts';
import type { JobStarter } from '../job-starter.ts';
import type { Placement } from '../placement/placement.ts';
import { Ceilings } from './ceilings.ts';
import type { PosedProblem } from './pose-problem.ts';
import type { Room } from './round-plan.ts';
import type { TaskIndex } from './task-index.ts';

/** What puts tasks on nodes. */
export interface LaunchTools {
  readonly view: ClusterView;
  readonly index: TaskIndex;
  readonly starter: JobStarter;
  readonly placement: Placement;
  /** Has tasks that the plan has no place for go to the cheapest nodes. */
  readonly byPrice: boolean;
}

/** The cluster itself as room for whole tasks: what is placed is launched. */
export class LaunchRoom implements Room {
  readonly #tools: LaunchTools;
  readonly #decide: Decisions;
  readonly #posed: PosedProblem;
  readonly #ceilings: Ceilings;
  /** By cell: nodes of the column before this one have no room for the kind. */
  readonly #cursors: Int32Array;

  constructor(tools: LaunchTools, decide: Decisions, posed: PosedProblem) {
    this.#tools = tools;
    this.#decide = decide;
    this.#posed = posed;
    this.#ceilings = new Ceilings(posed.problem.bounds);
    this.#cursors = new Int32Array(posed.problem.most.length);
  }

  left(kind: number): number {
    return this.#posed.kinds[kind]!.count;
  }

  next(kind: number): number {
    const { view, index } = this.#tools;
    const queued = this.#posed.kinds[kind]!;
    return queued.isGang ? view.queuedTaskCount(view.jobOf(index.next(queued))) : 1;
  }

  place(kind: number, column: number): boolean {
    const { view, index } = this.#tools;
    if (!this.#ceilings.allows(kind, 1)) return false;
    const task = index.next(this.#posed.kinds[kind]!);
    const nodes = this.#posed.nodes[column]!;
    const cell = kind * this.#posed.nodes.length + column;
    let at = this.#cursors[cell]!;
    while (at < nodes.length && !view.fits(task, nodes[at]!)) at++;
    this.#cursors[cell] = at;
    if (at === nodes.length) return false;
    this.#launch(kind, task, nodes[at]!);
    return true;
  }

  placeAnywhere(kind: number): number {
    const { view, index, starter, placement } = this.#tools;
    const count = this.next(kind);
    if (!this.#ceilings.allows(kind, count)) return 0;
    const task = index.next(this.#posed.kinds[kind]!);
    if (this.#posed.kinds[kind]!.isGang) {
      if (!starter.startNext(view.jobOf(task), this.#decide)) return 0;
      this.#ceilings.take(kind, count);
      return count;
    }
    if (this.#tools.byPrice && kind < this.#posed.problem.tasks.length) return this.#placeCheaply(kind) ? 1 : 0;
    const node = placement.find(task);
    if (node < 0) return 0;
    this.#launch(kind, task, node);
    placement.placed?.(node);
    return 1;
  }

  #placeCheaply(kind: number): boolean {
    const { price, nodes } = this.#posed.problem;
    const priceOf = (column: number) => price![kind * nodes.length + column]!;
    const order = nodes.map((_, column) => column).sort((a, b) => priceOf(a) - priceOf(b) || a - b);
    return order.some((column) => this.place(kind, column));
  }

  #launch(kind: number, task: number, node: NodeId): void {
    this.#decide.launch(task, node);
    this.#ceilings.take(kind, 1);
  }
}
