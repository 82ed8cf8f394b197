import type { PlanProblem } from '../../src/allocators/lp/plan-problem.ts';
import { openStream } from '../../src/base/random.ts';

const RESOURCES = 3;

/** How coarse a family is: the most that a task demands, and the range of what a node has free. */
export interface Grain {
  readonly demand: number;
  readonly free: readonly [number, number];
}

/** Tasks small beside nodes, as in most clusters; and tasks of which a node holds few. */
export const FINE: Grain = { demand: 8, free: [8, 64] };
export const COARSE: Grain = { demand: 20, free: [20, 100] };

/**
 * A random problem of the family that rounding is measured on: `kinds` of tasks by `nodes`, three resources.
 *
 * All numbers are whole and drawn evenly: what a node has free and what a task demands of each resource by the grain, from
 * 1 for the demand; weights from 1 to 10; 10 to 40 tasks of each kind, about twice what fits.
 */
export function planFamily(kinds: number, nodes: number, seed: number, grain: Grain = FINE): PlanProblem {
  const random = openStream(String(seed), `plan-family/${kinds}x${nodes}`);
  const draw = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const amounts = (least: number, most: number) => Float64Array.from({ length: RESOURCES }, () => draw(least, most));
  const free = Array.from({ length: nodes }, () => ({ free: amounts(grain.free[0], grain.free[1]) }));
  const totals = Array.from({ length: RESOURCES }, (_, r) => free.reduce((sum, node) => sum + node.free[r]!, 0));
  const tasks = Array.from({ length: kinds }, () => {
    const demand = amounts(1, grain.demand);
    const unit = Math.max(...demand.map((amount, r) => amount / totals[r]!));
    return { demand, count: draw(10, 40), weight: draw(1, 10), tier: 0, unit, isGang: false };
  });
  const most = Float64Array.from({ length: kinds * nodes }, (_, at) => {
    const { demand, count } = tasks[Math.floor(at / nodes)]!;
    return Math.min(count, ...demand.map((amount, r) => Math.floor(free[at % nodes]!.free[r]! / amount)));
  });
  return { resources: RESOURCES, tasks, nodes: free, most, bounds: [] };
}
