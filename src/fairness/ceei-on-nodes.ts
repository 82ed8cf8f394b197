import type { NoOptimum, Optimal } from '../optimization/outcome.ts';
import type { Solver } from '../optimization/solver.ts';
import { dominantShare } from './dominant-share.ts';
import { type PlacedUser, totalOf } from './drfh.ts';
import { type NodeClass, NodeProgram } from './node-program.ts';
import { tasksAlone } from './ps-dsf.ts';

/** A division and the proof of how near it is to the best. */
export interface NodeEquilibrium {
  readonly status: 'optimal';
  /** Tasks of each user on each class of nodes (all its nodes together), row-major, in fractions. */
  readonly tasks: Float64Array;
  /** At most this much is missing from the largest possible sum of weight x log(tasks), over the sum of weights. */
  readonly gap: number;
  readonly solves: number;
}

/**
 * Divides nodes so that the product of tasks, each to the power of its weight, is largest (Nash welfare): what CEEI gives in
 * one pool, here with nodes, bounds and masks.
 *
 * Kelley's cutting planes: each logarithm is bounded from above by tangents, a linear model is solved, and tangents are
 * added where its answer lies, until what the model promises is within `gap` (1e-6) of what the answer is worth. Tasks are
 * then good to about the square root of that. Nobody gets less than its weight's part of what it could have alone, which
 * keeps logarithms finite.
 *
 * A user that demands nothing gets all it can use; one that can have nothing gets nothing; both stay out of the product.
 *
 * @throws RangeError as maxMinOnNodes does.
 * @see Kelley, The Cutting-Plane Method for Solving Convex Programs, 1960; Eisenberg and Gale, Consensus of Subjective
 *   Probabilities, 1959
 */
export function ceeiOnNodes(
  solver: Solver,
  nodes: readonly NodeClass[],
  users: readonly PlacedUser[],
  { gap: wanted = 1e-6, solves: most = 500 }: { readonly gap?: number; readonly solves?: number } = {},
): NodeEquilibrium | NoOptimum {
  const total = totalOf(nodes);
  const program = new NodeProgram(
    nodes,
    users.map(({ demand, weight = 1, tasks = Number.POSITIVE_INFINITY, mayUse }) => ({
      demand,
      unit: dominantShare(demand, total),
      weight,
      tasks,
      ...(mayUse && { mayUse }),
    })),
  );
  const buyers = users.flatMap((user, u) => {
    const alone = mostTasks(nodes, user);
    const cells = program.cellsOf(u);
    if (!(cells.length > 0 && alone > 0)) return [];
    return [{ weight: user.weight ?? 1, cells, alone: alone * dominantShare(user.demand, total) }];
  });
  if (buyers.length === 0) return { status: 'optimal', tasks: program.tasks(undefined), gap: 0, solves: 0 };
  const money = buyers.reduce((sum, { weight }) => sum + weight, 0);
  const logs = buyers.map((buyer) => new LogBound(program, buyer, money));
  let best: { answer: Optimal; value: number } | null = null;
  let missing = Number.POSITIVE_INFINITY;
  let solves = 0;
  while (missing > wanted && solves < most) {
    const answer = solver.solve(program.model);
    if (answer.status === 'stopped') return { status: 'failed', reason: 'stopped before the optimum' };
    if (answer.status !== 'optimal') return answer;
    solves++;
    const value = logs.reduce((sum, log) => sum + log.valueAt(answer.values), 0);
    if (best === null || value > best.value) best = { answer, value };
    missing = Math.min(missing, answer.objective - best.value);
    for (const log of logs) log.cutAt(answer.values);
  }
  return { status: 'optimal', tasks: program.tasks(best!.answer.values), gap: Math.max(0, missing), solves };
}

/** Gives how many tasks a user could run if it had all nodes. */
function mostTasks(
  nodes: readonly NodeClass[],
  { demand, tasks = Number.POSITIVE_INFINITY, mayUse }: PlacedUser,
): number {
  const room = nodes.map(({ capacity, count }, j) =>
    mayUse?.[j] === false || !(count > 0) ? 0 : count * tasksAlone(capacity, demand),
  );
  return Math.min(
    tasks,
    room.reduce((sum, count) => sum + count, 0),
  );
}

/** The logarithm of what a user has, of what it could have alone, as a variable below tangents. */
class LogBound {
  readonly #program: NodeProgram;
  readonly #cells: readonly number[];
  /** Share that the user could have alone. */
  readonly #alone: number;
  readonly #part: number;
  readonly #variable: number;

  constructor(
    program: NodeProgram,
    { weight, cells, alone }: { weight: number; cells: readonly number[]; alone: number },
    money: number,
  ) {
    this.#program = program;
    this.#cells = cells;
    this.#alone = alone;
    this.#part = weight / money;
    this.#variable = program.model.addVariable(this.#part, Number.NEGATIVE_INFINITY, 0);
    // What the product is best with; a hair less, so that rounding cannot make it impossible.
    const floor = program.model.addRow(alone * this.#part * (1 - 1e-9), Number.POSITIVE_INFINITY);
    for (const cell of cells) program.model.addTerm(floor, cell, 1);
    for (let at = 1; at > this.#part / 2; at /= 2) this.#addTangent(at);
  }

  /** The user's part of the objective as it is, not as the model has it. */
  valueAt(values: Float64Array): number {
    return this.#part * Math.log(this.#at(values));
  }

  cutAt(values: Float64Array): void {
    this.#addTangent(this.#at(values));
  }

  #at(values: Float64Array): number {
    return this.#cells.reduce((sum, cell) => sum + values[cell]!, 0) / this.#alone;
  }

  /** log(y) + (s / alone - y) / y is at least log(s / alone). */
  #addTangent(y: number): void {
    const { model } = this.#program;
    const row = model.addRow(Number.NEGATIVE_INFINITY, Math.log(y) - 1);
    model.addTerm(row, this.#variable, 1);
    for (const cell of this.#cells) model.addTerm(row, cell, -1 / (this.#alone * y));
  }
}
