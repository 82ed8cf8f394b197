import fc from 'fast-check';
import { dominantShare } from '../../src/fairness/dominant-share.ts';
import type { NodeClass, NodeUser } from '../../src/fairness/node-program.ts';
import { LinearModel } from '../../src/optimization/linear-model.ts';
import type { Solver } from '../../src/optimization/solver.ts';

interface NodeWorld {
  readonly nodes: readonly NodeClass[];
  readonly users: readonly Required<NodeUser>[];
}

/** Draws up to `classes` classes of nodes and up to seven users, with zeros, bounds, weights and masks among them. */
export function nodeWorld({ classes }: { readonly classes: number }): fc.Arbitrary<NodeWorld> {
  return fc.integer({ min: 1, max: 3 }).chain((resources) => {
    const amounts = (max: number) =>
      fc.array(fc.integer({ min: 0, max }), { minLength: resources, maxLength: resources });
    const node = fc.record({ capacity: amounts(60), count: fc.integer({ min: 1, max: 4 }) });
    const user = fc.record({
      demand: amounts(12),
      weight: fc.constantFrom(1, 1, 2, 0.5, 3),
      tasks: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 12 })),
      mayUse: fc.array(fc.constantFrom(true, true, true, false), { minLength: classes, maxLength: classes }),
    });
    return fc
      .record({
        nodes: fc.array(node, { minLength: 1, maxLength: classes }),
        users: fc.array(user, { minLength: 1, maxLength: 7 }),
      })
      .map(({ nodes, users }) => {
        const total = Array.from({ length: resources }, (_, r) =>
          nodes.reduce((sum, { capacity, count }) => sum + count * capacity[r]!, 0),
        );
        return {
          nodes,
          users: users
            .filter(({ demand, tasks }) => tasks < Number.POSITIVE_INFINITY || demand.some((amount) => amount > 0))
            .map((each) => ({
              ...each,
              unit: dominantShare(each.demand, total),
              held: 0,
              mayUse: classes === 1 ? [true] : each.mayUse.slice(0, nodes.length),
            })),
        };
      });
  });
}

/** Gives the load of each resource of each class over its capacity; of what there is none, 0 where nothing is used. */
export function loadsOf(nodes: readonly NodeClass[], users: readonly NodeUser[], tasks: Float64Array): number[] {
  return nodes.flatMap(({ capacity, count }, j) =>
    capacity.map((amount, r) => {
      const load = users.reduce((sum, { demand }, u) => sum + tasks[u * nodes.length + j]! * demand[r]!, 0);
      return load === 0 ? 0 : load / (amount * count);
    }),
  );
}

/**
 * Gives the largest share that one user could have while the others have these levels at least: one linear model, made
 * here from the definition.
 */
export function bestShare(
  solver: Solver,
  nodes: readonly NodeClass[],
  users: readonly NodeUser[],
  user: number,
  floors: readonly number[],
): number {
  const model = new LinearModel('maximize');
  const cells = users.map(({ unit, mayUse }, u) =>
    nodes.map((_, j) =>
      model.addVariable(u === user ? unit : 0, 0, mayUse?.[j] === false ? 0 : Number.POSITIVE_INFINITY),
    ),
  );
  nodes.forEach(({ capacity, count }, j) => {
    capacity.forEach((amount, r) => {
      const row = model.addRow(Number.NEGATIVE_INFINITY, amount * count);
      users.forEach(({ demand }, u) => {
        model.addTerm(row, cells[u]![j]!, demand[r]!);
      });
    });
  });
  users.forEach(({ unit, weight, tasks }, u) => {
    const bound = model.addRow(0, tasks);
    // A hair less than what was reached, which is rounded.
    const floor = model.addRow(floors[u]! * weight * (1 - 1e-10), Number.POSITIVE_INFINITY);
    for (const cell of cells[u]!) {
      model.addTerm(bound, cell, 1);
      model.addTerm(floor, cell, unit);
    }
  });
  const outcome = solver.solve(model);
  if (outcome.status !== 'optimal') throw new Error(`${outcome.status}: no floor was to be out of reach`);
  return outcome.objective;
}
