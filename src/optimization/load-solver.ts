import type { Highs } from 'highs';
import { HighsSolver } from './highs-solver.ts';
import type { Solver } from './solver.ts';

/** The module, instantiated once; it keeps nothing of a model that was solved. */
const loaded: { solver?: Promise<Solver> } = {};

/** Loads the solver on first use; later calls give the same one. */
export function loadSolver(): Promise<Solver> {
  loaded.solver ??= instantiate();
  return loaded.solver;
}

async function instantiate(): Promise<Solver> {
  const { default: load } = await import('highs');
  // The package's types are those of its CommonJS form, where the function is a property of the default export.
  return new HighsSolver(await (load as unknown as () => Promise<Highs>)());
}
