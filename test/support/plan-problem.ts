import type { PlanProblem, TaskKind } from '../../src/allocators/lp/plan-problem.ts';

/** Tasks of a problem that a test writes down. */
export interface ProblemTasks extends Partial<Omit<TaskKind, 'demand'>> {
  readonly demand: readonly number[];
  readonly count: number;
  readonly weight: number;
}

/** A problem over single nodes with so much free, on which any task may run. */
export function planProblem(tasks: readonly ProblemTasks[], nodes: readonly (readonly number[])[]): PlanProblem {
  const resources = nodes[0]!.length;
  const totals = Array.from({ length: resources }, (_, r) => nodes.reduce((sum, free) => sum + free[r]!, 0));
  return {
    resources,
    tasks: tasks.map(({ demand, ...rest }) => ({
      tier: 0,
      unit: Math.max(...demand.map((amount, r) => amount / totals[r]!)),
      isGang: false,
      ...rest,
      demand: Float64Array.from(demand),
    })),
    nodes: nodes.map((free) => ({ free: Float64Array.from(free) })),
    most: Float64Array.from(
      tasks.flatMap(({ demand, count }) =>
        nodes.map((free) =>
          Math.min(count, ...demand.map((amount, r) => (amount > 0 ? Math.floor(free[r]! / amount) : count))),
        ),
      ),
    ),
    bounds: [],
  };
}
