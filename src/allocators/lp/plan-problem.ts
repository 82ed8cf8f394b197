/**
 * What a plan is made for: kinds of like tasks that wait, and kinds of like nodes with what they have free.
 *
 * Matrices have a row a kind of task and a column a kind of node.
 */
export interface PlanProblem {
  readonly resources: number;
  readonly tasks: readonly TaskKind[];
  readonly nodes: readonly NodeKind[];
  /** The most tasks that nodes of the kind hold beside what runs there, each node by itself; 0 where none may run. */
  readonly most: Float64Array;
  /** What a task is worth there on top of its weight; absent where nowhere anything. */
  readonly bonus?: Float64Array;
  /** What a task costs there per hour; of plans by cost. */
  readonly price?: Float64Array;
  readonly bounds: readonly Bound[];
}

/** Tasks that are alike to a plan. */
export interface TaskKind {
  /** Whole steps, one a resource. */
  readonly demand: Float64Array;
  /** How many wait. */
  readonly count: number;
  /** What one counts for; zero or more. */
  readonly weight: number;
  /** Higher ones come first, whatever the weights; all 0 where there are no tiers. */
  readonly tier: number;
  /** The dominant share of one task. */
  readonly unit: number;
  /** True if the tasks start in gangs. */
  readonly isGang: boolean;
}

/** Nodes that are alike to a plan. */
export interface NodeKind {
  /** Of all of them together; whole steps, one a resource. */
  readonly free: Float64Array;
}

/** What kinds of tasks together may have at most and should have at least, over what runs already. */
export interface Bound {
  /** What one task of each kind counts for; 0 for kinds that it is not about. */
  readonly each: Float64Array;
  /** Should be reached as far as it can be; zero or less for none. */
  readonly atLeast: number;
  /** Must be kept, but for a first task where `spares` says so; Infinity for none. */
  readonly atMost: number;
  /** Whose bound it is. */
  readonly owner: number;
  /** The resource whose steps it is in; absent for one in parts of the cluster. */
  readonly resource?: number;
  /** True if the owner holds nothing yet: one task, or gang, may then start though it is more than `atMost`. */
  readonly spares: boolean;
}

/** What is to be best: what a plan is judged by. */
export type Objective = 'unmet-demand' | 'throughput' | 'cost';

/** Gives the value of whole or divided tasks, one figure a kind of task and kind of node. */
export function worthOf({ tasks, nodes, bonus }: PlanProblem, cells: ArrayLike<number>): number {
  let value = 0;
  for (let i = 0; i < tasks.length; i++) {
    for (let j = 0; j < nodes.length; j++) {
      const at = i * nodes.length + j;
      value += cells[at]! * (tasks[i]!.weight + (bonus?.[at] ?? 0));
    }
  }
  return value;
}

/** Gives the kinds of tasks by tier, then by worth for the dominant share they take, then in their own order. */
export function byDensity(tasks: readonly TaskKind[]): number[] {
  const density = tasks.map(({ weight, unit }) => (unit > 0 ? weight / unit : Number.POSITIVE_INFINITY));
  const order = tasks.map((_, i) => i);
  // Two infinite densities have no difference.
  const denser = (a: number, b: number) => (density[a] === density[b] ? 0 : density[b]! - density[a]!);
  return order.sort((a, b) => tasks[b]!.tier - tasks[a]!.tier || denser(a, b) || a - b);
}
