import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LinearModel } from '../../src/optimization/linear-model.ts';
import { loadSolver } from '../../src/optimization/load-solver.ts';
import { needsRefining } from '../../src/optimization/refine-costs.ts';
import { solveInOrder } from '../../src/optimization/solve-in-order.ts';
import type { Solver } from '../../src/optimization/solver.ts';
import { type ExactModel, exactSimplex, toNumber } from '../support/exact-simplex.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const small = fc.integer({ min: -3, max: 9 });
const models: fc.Arbitrary<ExactModel> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 5 }))
  .chain(([n, m]) =>
    fc.record({
      costs: fc.array(small, { minLength: n, maxLength: n }),
      rows: fc.array(fc.array(small, { minLength: n, maxLength: n }), { minLength: m, maxLength: m }),
      limits: fc.array(fc.integer({ min: -6, max: 30 }), { minLength: m, maxLength: m }),
    }),
  );

function modelOf({ costs, rows, limits }: ExactModel): LinearModel {
  const model = new LinearModel('maximize');
  for (const cost of costs) model.addVariable(cost);
  rows.forEach((row, r) => {
    model.addRow(Number.NEGATIVE_INFINITY, limits[r]!);
    row.forEach((value, v) => {
      model.addTerm(r, v, value);
    });
  });
  return model;
}

describe('the solver', () => {
  it('gives status and objective of a simplex method in fractions', () => {
    const seen = { optimal: 0, infeasible: 0, unbounded: 0 };
    fc.assert(
      fc.property(models, (exact) => {
        const model = modelOf(exact);
        const expected = exactSimplex(exact);
        const outcome = solver.solve(model);
        expect(outcome.status).toBe(expected.status);
        seen[expected.status]++;
        if (expected.status !== 'optimal' || outcome.status !== 'optimal') return;
        const objective = toNumber(expected.objective);
        expect(Math.abs(outcome.objective - objective)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(objective)));
      }),
      { numRuns: 500 },
    );
    // A family that never left one of them would prove nothing of it.
    expect(Math.min(seen.optimal, seen.infeasible, seen.unbounded)).toBeGreaterThan(20);
  });

  it('does not lose small costs beside large ones', () => {
    const power = fc.constantFrom(1, 1e4, 1e8, 1e12);
    const spread = models.chain((exact) =>
      fc.tuple(fc.constant(exact), fc.array(power, { minLength: exact.costs.length, maxLength: exact.costs.length })),
    );
    let refined = 0;
    fc.assert(
      fc.property(spread, ([exact, powers]) => {
        const wide = { ...exact, costs: exact.costs.map((cost, v) => cost * powers[v]!) };
        const expected = exactSimplex(wide);
        const model = modelOf(wide);
        const outcome = solver.solve(model);
        expect(outcome.status).toBe(expected.status);
        if (expected.status !== 'optimal' || outcome.status !== 'optimal') return;
        const objective = toNumber(expected.objective);
        // A sum of 1e12 and 1 has lost what is below 1e-4; half a thousand of its last places are room for the point's own.
        expect(Math.abs(outcome.objective - objective)).toBeLessThanOrEqual(1e-6 + 1e-13 * Math.abs(objective));
        if (needsRefining(model)) refined++;
      }),
      { numRuns: 500 },
    );
    expect(refined).toBeGreaterThan(50);
  });

  it('gives the same optimum, bit by bit, for the same model', () => {
    fc.assert(
      fc.property(models, (exact) => {
        expect(solver.solve(modelOf(exact))).toEqual(solver.solve(modelOf(exact)));
      }),
      { numRuns: 100 },
    );
  });

  it('names rows of a conflict that are infeasible, and of which none can be left out', () => {
    fc.assert(
      fc.property(models, (exact) => {
        const conflict = solver.conflict(modelOf(exact));
        expect(conflict === null).toBe(exactSimplex(exact).status !== 'infeasible');
        if (conflict === null) return;
        const statusWith = (kept: readonly number[]) =>
          exactSimplex({
            costs: exact.costs.map(() => 0),
            rows: kept.map((r) => exact.rows[r]!),
            limits: kept.map((r) => exact.limits[r]!),
          }).status;
        expect(statusWith(conflict.rows)).toBe('infeasible');
        for (const row of conflict.rows) {
          expect(statusWith(conflict.rows.filter((other) => other !== row))).toBe('optimal');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('optimises one objective among the optima of another', () => {
    const inOrder = models.chain((exact) =>
      fc.tuple(fc.constant(exact), fc.array(small, { minLength: exact.costs.length, maxLength: exact.costs.length })),
    );
    let bettered = 0;
    fc.assert(
      fc.property(inOrder, fc.boolean(), ([exact, second], reversed) => {
        // A box, so that both objectives have an optimum.
        const n = exact.costs.length;
        const box = exact.costs.map((_, v) => exact.costs.map((__, w) => (v === w ? 1 : 0)));
        const boxed = { ...exact, rows: [...exact.rows, ...box], limits: [...exact.limits, ...new Array(n).fill(50)] };
        const first = exactSimplex(boxed);
        const outcome = solveInOrder(solver, modelOf(boxed), [
          { sense: 'maximize', costs: boxed.costs },
          // Minimising the negative is the same objective.
          reversed ? { sense: 'minimize', costs: second.map((cost) => -cost) } : { sense: 'maximize', costs: second },
        ]);
        expect(outcome.status).toBe(first.status);
        if (first.status !== 'optimal' || outcome.status !== 'optimal') return;
        // The face of the first optimum as one more row, exactly: in whole numbers, times the bottom of the fraction.
        const bottom = Number(first.objective.bottom);
        const face = boxed.costs.map((cost) => -cost * bottom);
        const then = exactSimplex({
          costs: second,
          rows: [...boxed.rows, face],
          limits: [...boxed.limits, -Number(first.objective.top)],
        });
        if (then.status !== 'optimal') throw new Error(then.status);
        const objective = toNumber(then.objective) * (reversed ? -1 : 1);
        expect(Math.abs(outcome.objective - objective)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(objective)));
        if (
          Math.abs(
            second.reduce((sum, cost, v) => sum + cost * toNumber(first.values[v]!), 0) - toNumber(then.objective),
          ) > 1e-6
        )
          bettered++;
      }),
      { numRuns: 400 },
    );
    expect(bettered).toBeGreaterThan(20);
  });
});
