import { loadSolver } from '../../optimization/load-solver.ts';
import type { Solver } from '../../optimization/solver.ts';
import { type CaseForm, type OpenCase, openCases } from '../case-form.ts';
import type { Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import { generated } from './generated.ts';
import { hierarchical } from './hierarchical.ts';
import { programCase } from './programs.ts';
import { publishedMaxMin } from './published-max-min.ts';

/** Divisions of time on unlike nodes, as published, as found anew, and as drawn by a recipe. */
export const gavelPolicies: CaseForm = {
  base: 'gavel-policies',
  open(document) {
    document.prose('conventions');
    return document.left.flatMap((key) => {
      if (Array.isArray(document.raw(key))) return openCases(document, key, check);
      const section = document.fields(key);
      section.prose('source', 'finding', 'note', 'about');
      return openCases(section, 'cases', check) satisfies OpenCase[];
    });
  },
};

async function check(one: Fields, verdict: Verdict): Promise<void> {
  one.prose('source', 'note', 'notes');
  formOf(one)(one, verdict, await loadSolver());
}

/** What kind of case it is shows in its keys. */
function formOf(one: Fields): (one: Fields, verdict: Verdict, solver: Solver) => void {
  if (one.has('prng')) return generated;
  if (one.has('inner_policy')) return hierarchical;
  if (one.has('throughputs_given_to_policy')) return publishedMaxMin;
  return programCase;
}
