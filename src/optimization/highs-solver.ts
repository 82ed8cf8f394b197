import type { Highs, Model } from 'highs';
import { highsData, LP_OPTIONS, nearestToZero } from './highs-data.ts';
import { HighsModel } from './highs-model.ts';
import { readLp, readMip, UNBOUNDED } from './highs-outcome.ts';
import type { LinearModel } from './linear-model.ts';
import type { Conflict, Outcome } from './outcome.ts';
import { needsRefining, solveRefined } from './refine-costs.ts';
import { type Scaling, scalingOf } from './scaling.ts';
import type { OpenModel, Solver } from './solver.ts';

/** Solves linear models by HiGHS in WebAssembly. */
export class HighsSolver implements Solver {
  readonly name = 'highs';
  readonly version: string;
  readonly #highs: Highs;

  constructor(highs: Highs) {
    this.#highs = highs;
    this.version = highs.version.string;
  }

  solve(model: LinearModel, limits: { readonly mipNodes?: number } = {}): Outcome {
    if (model.variables === 0) return withoutVariables(model);
    if (!model.hasIntegers && needsRefining(model)) return this.#refined(model);
    const scaling = scalingOf(model);
    return this.#with(model, scaling, (inner) => {
      if (!model.hasIntegers) {
        inner.options.set(LP_OPTIONS);
        return readLp(this.#highs, inner, model, scaling, nearestToZero(model));
      }
      inner.options.set({ output_flag: false, random_seed: 0, mip_rel_gap: 0, mip_abs_gap: 1e-9 });
      if (limits.mipNodes !== undefined) inner.options.set('mip_max_nodes', limits.mipNodes);
      return readMip(this.#highs, inner, model, scaling) ?? this.#unbounded(model);
    });
  }

  #refined(model: LinearModel): Outcome {
    const open = this.open(model);
    try {
      return solveRefined(open, model);
    } finally {
      open.dispose();
    }
  }

  /** Tells an unbounded model with whole variables from an infeasible one: without its costs only that is left. */
  #unbounded(model: LinearModel): Outcome {
    const free = model.copy();
    free.columns.cost.fill(0);
    const outcome = this.solve(free);
    if (outcome.status === 'infeasible') return outcome;
    return { status: 'unbounded', reason: UNBOUNDED };
  }

  open(model: LinearModel): OpenModel {
    if (model.hasIntegers) throw new RangeError('a model with whole variables cannot be kept open');
    return new HighsModel(this.#highs, model.copy());
  }

  conflict(model: LinearModel): Conflict | null {
    if (model.variables === 0) return withoutVariables(model).status === 'infeasible' ? emptyConflict(model) : null;
    return this.#with(model, scalingOf(model), (inner) => {
      inner.options.set(LP_OPTIONS);
      inner.options.set('iis_strategy', this.#highs.constants.iis.strategyRowPriority);
      if (inner.run().modelStatus !== this.#highs.constants.modelStatus.infeasible) return null;
      const { rowIndex, colIndex, colBound } = inner.getIis();
      const { boundFree } = this.#highs.constants.iis;
      const variables = Array.from(colIndex).filter((_, i) => colBound[i] !== boundFree);
      return { rows: Array.from(rowIndex), variables };
    });
  }

  #with<T>(model: LinearModel, scaling: Scaling, use: (inner: Model) => T): T {
    const inner = this.#highs.createModel(highsData(this.#highs, model, scaling));
    try {
      return use(inner);
    } finally {
      inner.dispose();
    }
  }
}

function withoutVariables(model: LinearModel): Outcome {
  if (emptyConflict(model).rows.length > 0) return { status: 'infeasible', reason: 'a row without terms cannot hold' };
  const nothing = new Float64Array(0);
  const zeros = () => new Float64Array(model.rows);
  const rows = { activities: zeros(), duals: zeros() };
  return { status: 'optimal', objective: 0, values: nothing, ...rows, reducedCosts: nothing, iterations: 0 };
}

/** Gives the first row that zero does not satisfy. */
function emptyConflict(model: LinearModel): Conflict {
  for (let r = 0; r < model.rows; r++) {
    if (model.limits.lower[r]! > 0 || model.limits.upper[r]! < 0) return { rows: [r], variables: [] };
  }
  return { rows: [], variables: [] };
}
