import type { NoOptimum } from '../optimization/outcome.ts';
import type { Solver } from '../optimization/solver.ts';
import { dominantShare } from './dominant-share.ts';
import { maxMinOnNodes, type NodeDivision } from './max-min-on-nodes.ts';
import type { NodeClass } from './node-program.ts';
import type { User } from './progressive-filling.ts';

/** Who takes part in a division over nodes. */
export interface PlacedUser extends User {
  /** By class of nodes: whether it may use them; all where left out. */
  readonly mayUse?: readonly boolean[];
}

/**
 * Divides nodes by DRF in heterogeneous clusters: global dominant shares, of the whole cluster, each over its weight, are as
 * equal as bounds and nodes allow.
 *
 * On one node, or on nodes whose edges do not matter, it is exact fractional DRF.
 *
 * @throws RangeError as maxMinOnNodes does.
 * @see Wang, Li and Liang, Dominant Resource Fairness in Cloud Computing Systems with Heterogeneous Servers, INFOCOM 2014,
 *   section IV
 */
export function drfh(
  solver: Solver,
  nodes: readonly NodeClass[],
  users: readonly PlacedUser[],
): NodeDivision | NoOptimum {
  const total = totalOf(nodes);
  return maxMinOnNodes(
    solver,
    nodes,
    users.map(({ demand, weight = 1, tasks = Number.POSITIVE_INFINITY, mayUse }) => ({
      demand,
      unit: dominantShare(demand, total),
      weight,
      tasks,
      ...(mayUse && { mayUse }),
    })),
  );
}

/** Gives what all nodes have together. */
export function totalOf(nodes: readonly NodeClass[]): number[] {
  const resources = nodes[0]?.capacity.length ?? 0;
  return Array.from({ length: resources }, (_, r) =>
    nodes.reduce((sum, { capacity, count }) => sum + count * capacity[r]!, 0),
  );
}
