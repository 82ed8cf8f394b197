import type { ClusterView } from '../../cluster/view.ts';
import { dominantShare } from '../../fairness/dominant-share.ts';
import { maxMinOnNodes } from '../../fairness/max-min-on-nodes.ts';
import type { Solver } from '../../optimization/solver.ts';
import type { PosedProblem } from './pose-problem.ts';

/** Where tasks would go if shares were as equal as they can be; null where the solver has no answer. */
export interface FairPlan {
  /** Tasks of each kind on each column, in fractions. */
  readonly cells: Float64Array;
  readonly solves: number;
}

/**
 * Divides what is free so that the dominant shares of roles, over their weights, are as equal as nodes allow.
 *
 * The kinds of a role share its weight, and what it holds already, by how much of the cluster they ask for.
 */
export function fairPlan(solver: Solver, view: ClusterView, { problem, kinds }: PosedProblem): FairPlan | null {
  const { tasks, nodes, most } = problem;
  const totals = view.resources.map((_, r) => view.totalCapacity(r));
  const asked = new Map<number, number>();
  tasks.forEach(({ unit, count }, i) => {
    const { role } = kinds[i]!;
    asked.set(role, (asked.get(role) ?? 0) + unit * count);
  });
  const users = tasks.map(({ demand, unit, count }, i) => {
    const { role } = kinds[i]!;
    const used = totals.map((_, r) => view.roleUsed(role, r));
    const part = unit > 0 ? (unit * count) / asked.get(role)! : 1;
    return {
      demand: Array.from(demand),
      unit,
      weight: view.roleWeight(role) * part,
      tasks: count,
      held: dominantShare(used, totals) * part,
      mayUse: nodes.map((_, j) => most[i * nodes.length + j]! > 0),
    };
  });
  const division = maxMinOnNodes(
    solver,
    nodes.map(({ free }) => ({ capacity: Array.from(free), count: 1 })),
    users,
  );
  return division.status === 'optimal' ? { cells: division.tasks, solves: division.solves } : null;
}
