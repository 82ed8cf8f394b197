import { loadSolver } from '../../optimization/load-solver.ts';
import type { Solver } from '../../optimization/solver.ts';
import { type CaseForm, openCases } from '../case-form.ts';
import { CaseError, type Fields } from '../fields.ts';
import { CLOSE, type Verdict } from '../verdict.ts';
import { compareOptimum } from './compare-optimum.ts';
import { compareRounding } from './compare-rounding.ts';
import { compareStages } from './compare-stages.ts';
import { linearCase } from './linear-case.ts';

/** Linear models with their optima in fractions, and divisions that come of a sequence of them. */
export const lp: CaseForm = {
  base: 'lp',
  open: (document) =>
    openCases(document, 'cases', async (one, verdict) => {
      // The text of the model is the same model again; `highs` is what another program answered.
      one.prose('id', 'title', 'formulation', 'note', 'lpFile', 'highs', 'source');
      const solver = await loadSolver();
      if (one.has('users')) return compareStages(solver, one, verdict);
      compareOptimum(solver, one.fields('model'), one.fields('expect'), verdict);
      if (one.has('seedClaim')) compareClaim(solver, one, verdict);
      if (one.has('rounding')) compareRounding(one, verdict);
    }),
};

/** Holds what a case says of the point that a text claims to be optimal; what the claim leaves open is chosen well. */
function compareClaim(solver: Solver, one: Fields, verdict: Verdict): void {
  const best = solver.solve(linearCase(one.fields('model')).model);
  const claim = one.fields('seedClaim');
  const { model, names } = linearCase(one.fields('model'));
  const x = claim.fields('x');
  for (const name of x.keys) {
    const variable = names.indexOf(name);
    if (variable < 0) throw new CaseError(`${x.path}: there is no variable \`${name}\``);
    model.columns.lower[variable] = Math.max(model.columns.lower[variable]!, x.number(name));
    model.columns.upper[variable] = Math.min(model.columns.upper[variable]!, x.number(name));
  }
  const claimed = solver.solve(model);
  const objective = claimed.status === 'optimal' ? claimed.objective : Number.NaN;
  if (claim.has('feasible'))
    verdict.same('the claim is feasible', claimed.status === 'optimal', claim.flag('feasible'));
  if (claim.has('objectiveAtClaim')) verdict.near('objective at the claim', objective, claim.raw('objectiveAtClaim'));
  if (claim.has('claimIsOptimal')) {
    const isOptimal = best.status === 'optimal' && Math.abs(objective - best.objective) <= CLOSE;
    verdict.same('the claim is optimal', isOptimal, claim.flag('claimIsOptimal'));
  }
}
