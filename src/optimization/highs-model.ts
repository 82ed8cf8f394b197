import type { Highs, Model } from 'highs';
import { highsData, LP_OPTIONS, nearestToZero } from './highs-data.ts';
import { readLp } from './highs-outcome.ts';
import { finiteOrThrow, type LinearModel, limitsOrThrow } from './linear-model.ts';
import type { Outcome } from './outcome.ts';
import { objectiveScale, type Scaling, scalingOf } from './scaling.ts';
import type { OpenModel } from './solver.ts';

/** A model that HiGHS keeps with its basis; a copy beside it serves the check of what comes out. */
export class HighsModel implements OpenModel {
  readonly #highs: Highs;
  readonly #model: LinearModel;
  readonly #inner: Model;
  #scaling: Scaling;
  #costsChanged = false;
  /** The last solution, where the next solve starts. */
  #values: Float64Array;
  /** The number of each coefficient, by variable and row; made when the first one is changed. */
  #places: Map<number, number> | null = null;

  /** @param model belongs to this object from now on. */
  constructor(highs: Highs, model: LinearModel) {
    this.#highs = highs;
    this.#model = model;
    this.#scaling = scalingOf(model);
    this.#values = nearestToZero(model);
    this.#inner = highs.createModel(highsData(highs, model, this.#scaling));
    this.#inner.options.set(LP_OPTIONS);
  }

  setCost(variable: number, cost: number): void {
    finiteOrThrow('cost', cost);
    this.#model.columns.cost[variable] = cost;
    this.#costsChanged = true;
  }

  setVariableLimits(variable: number, lower: number, upper: number): void {
    limitsOrThrow(lower, upper);
    this.#model.columns.lower[variable] = lower;
    this.#model.columns.upper[variable] = upper;
    this.#inner.changeColBounds(variable, lower, upper);
  }

  setRowLimits(row: number, lower: number, upper: number): void {
    limitsOrThrow(lower, upper);
    this.#model.limits.lower[row] = lower;
    this.#model.limits.upper[row] = upper;
    const scale = this.#scaling.rows[row]!;
    this.#inner.changeRowBounds(row, lower * scale, upper * scale);
  }

  setTerm(row: number, variable: number, coefficient: number): void {
    finiteOrThrow('coefficient', coefficient);
    const { terms, rows, size } = this.#model;
    if (this.#places === null) {
      this.#places = new Map();
      for (let k = 0; k < size; k++) this.#places.set(terms.variable[k]! * rows + terms.row[k]!, k);
    }
    const place = this.#places.get(variable * rows + row);
    if (place !== undefined) {
      terms.value[place] = coefficient;
    } else if (coefficient !== 0) {
      this.#places.set(variable * rows + row, size);
      this.#model.addTerm(row, variable, coefficient);
    }
    this.#inner.changeCoefficient(row, variable, coefficient * this.#scaling.rows[row]!);
  }

  solve(): Outcome {
    if (this.#costsChanged) this.#passCosts();
    const outcome = readLp(this.#highs, this.#inner, this.#model, this.#scaling, this.#values);
    if (outcome.status === 'optimal') this.#values = outcome.values;
    return outcome;
  }

  dispose(): void {
    this.#inner.dispose();
  }

  #passCosts(): void {
    const { cost } = this.#model.columns;
    const count = this.#model.variables;
    const objective = objectiveScale(cost, count);
    this.#scaling = { rows: this.#scaling.rows, objective };
    const scaled = cost.slice(0, count).map((each) => each * objective);
    this.#inner.changeColsCost({ kind: 'range', from: 0, to: count - 1 }, scaled);
    this.#costsChanged = false;
  }
}
