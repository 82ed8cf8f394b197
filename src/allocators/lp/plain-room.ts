import { Ceilings } from './ceilings.ts';
import type { PlanProblem } from './plan-problem.ts';
import type { Room } from './round-plan.ts';

/** Room for whole tasks on kinds of one node each, counted in arrays: what a plan would come to, without doing it. */
export class PlainRoom implements Room {
  /** Whole tasks, one a kind of task and node. */
  readonly cells: Float64Array;
  readonly #problem: PlanProblem;
  readonly #free: Float64Array[];
  readonly #left: number[];
  readonly #ceilings: Ceilings;

  constructor(problem: PlanProblem) {
    this.#problem = problem;
    this.#free = problem.nodes.map(({ free }) => free.slice());
    this.#left = problem.tasks.map(({ count }) => count);
    this.#ceilings = new Ceilings(problem.bounds);
    this.cells = new Float64Array(problem.tasks.length * problem.nodes.length);
  }

  left(task: number): number {
    return this.#left[task]!;
  }

  next(): number {
    return 1;
  }

  place(task: number, node: number): boolean {
    const { resources, tasks, nodes, most } = this.#problem;
    const at = task * nodes.length + node;
    if (most[at] === 0 || !this.#ceilings.allows(task, 1)) return false;
    // A class that has room for no task more of it may still have enough in sum: nodes are counted one by one.
    if (this.cells[at]! >= most[at]!) return false;
    const free = this.#free[node]!;
    const { demand } = tasks[task]!;
    for (let r = 0; r < resources; r++) if (demand[r]! > free[r]!) return false;
    for (let r = 0; r < resources; r++) free[r] = free[r]! - demand[r]!;
    this.cells[at] = this.cells[at]! + 1;
    this.#left[task] = this.#left[task]! - 1;
    this.#ceilings.take(task, 1);
    return true;
  }

  placeAnywhere(task: number): number {
    for (let node = 0; node < this.#problem.nodes.length; node++) if (this.place(task, node)) return 1;
    return 0;
  }
}
