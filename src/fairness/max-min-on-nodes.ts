import type { NoOptimum } from '../optimization/outcome.ts';
import type { Solver } from '../optimization/solver.ts';
import { type NodeClass, NodeProgram, type NodeUser } from './node-program.ts';
import { raiseLevels } from './raise-levels.ts';

/** A division over classes of nodes. */
export interface NodeDivision {
  readonly status: 'optimal';
  /** Tasks of each user on each class of nodes (all its nodes together), row-major, in fractions. */
  readonly tasks: Float64Array;
  /** By user: (share held already + share given) / weight. */
  readonly levels: readonly number[];
  /** How many linear programs it took. */
  readonly solves: number;
}

/**
 * Divides nodes so that the shares of the users, each over its weight, are as equal as bounds, masks and nodes allow:
 * lexicographic weighted max-min, exact but for the solver's rounding.
 *
 * What share a task counts for is the caller's: its dominant share of the whole cluster for DRF. A user that demands
 * nothing gets all it can use; one with no room anywhere, or whose `unit` is zero, gets nothing; neither holds the others
 * back.
 *
 * @throws RangeError if a number is out of range or a list has another length than it must.
 * @see Wang, Li and Liang, Multi-Resource Fair Allocation in Heterogeneous Cloud Computing Systems, IEEE TPDS 2015
 */
export function maxMinOnNodes(
  solver: Solver,
  nodes: readonly NodeClass[],
  users: readonly NodeUser[],
): NodeDivision | NoOptimum {
  const program = new NodeProgram(nodes, users);
  const level = program.model.addVariable(1);
  const rising = users.flatMap((user, u) => (user.unit > 0 && program.cellsOf(u).length > 0 ? [u] : []));
  const rows = rising.map((u) => {
    const { weight, held = 0 } = users[u]!;
    const row = program.addShareRow([u], -held, Number.POSITIVE_INFINITY);
    program.model.addTerm(row, level, -weight);
    return { row, weight, held };
  });
  const levels = users.map(({ held = 0, weight }) => held / weight);
  if (rising.length === 0) return { status: 'optimal', tasks: program.tasks(undefined), levels, solves: 0 };
  const open = solver.open(program.model);
  try {
    const raised = raiseLevels(open, level, rows);
    if (raised.status !== 'optimal') return raised;
    rising.forEach((u, i) => {
      levels[u] = raised.levels[i]!;
    });
    return { status: 'optimal', tasks: program.tasks(raised.last?.values), levels, solves: raised.solves };
  } finally {
    open.dispose();
  }
}
