import { grown } from '../base/grow.ts';

/** Which way the objective is to go. */
export type Sense = 'minimize' | 'maximize';

/**
 * A linear model: the best of cost·x where each row's a·x and each variable keep within their limits.
 *
 * Rows and variables are numbers, given out from 0. Limits may be infinite; a row with equal limits is an equation.
 */
export class LinearModel {
  readonly sense: Sense;
  /** Costs and limits, one a variable. */
  readonly columns = {
    cost: new Float64Array(16),
    lower: new Float64Array(16),
    upper: new Float64Array(16),
    /** 1 for a variable that must be a whole number. */
    integer: new Uint8Array(16),
  };
  /** Limits, one a row. */
  readonly limits = { lower: new Float64Array(16), upper: new Float64Array(16) };
  /** Coefficients that are not zero, in the order in which they were added. */
  readonly terms = { row: new Int32Array(64), variable: new Int32Array(64), value: new Float64Array(64) };
  #variables = 0;
  #rows = 0;
  #terms = 0;
  #integers = 0;

  constructor(sense: Sense) {
    this.sense = sense;
  }

  get variables(): number {
    return this.#variables;
  }

  get rows(): number {
    return this.#rows;
  }

  /** How many coefficients are not zero. */
  get size(): number {
    return this.#terms;
  }

  get hasIntegers(): boolean {
    return this.#integers > 0;
  }

  /**
   * Adds a variable and gives its number.
   *
   * @throws RangeError if the cost is not finite or the lower limit is above the upper one.
   */
  addVariable(cost: number, lower = 0, upper = Number.POSITIVE_INFINITY, integer = false): number {
    finiteOrThrow('cost', cost);
    limitsOrThrow(lower, upper);
    const at = this.#variables++;
    const { columns } = this;
    if (at >= columns.cost.length) {
      columns.cost = grown(columns.cost, at + 1);
      columns.lower = grown(columns.lower, at + 1);
      columns.upper = grown(columns.upper, at + 1);
      columns.integer = grown(columns.integer, at + 1);
    }
    columns.cost[at] = cost;
    columns.lower[at] = lower;
    columns.upper[at] = upper;
    columns.integer[at] = integer ? 1 : 0;
    if (integer) this.#integers++;
    return at;
  }

  /**
   * Adds a row that has no coefficient yet and gives its number.
   *
   * @throws RangeError if the lower limit is above the upper one.
   */
  addRow(lower: number, upper: number): number {
    limitsOrThrow(lower, upper);
    const at = this.#rows++;
    const { limits } = this;
    if (at >= limits.lower.length) {
      limits.lower = grown(limits.lower, at + 1);
      limits.upper = grown(limits.upper, at + 1);
    }
    limits.lower[at] = lower;
    limits.upper[at] = upper;
    return at;
  }

  /**
   * Adds a coefficient; of each row and variable at most one may be added.
   *
   * @throws RangeError if it is not finite, or there is no such row or variable.
   */
  addTerm(row: number, variable: number, coefficient: number): void {
    finiteOrThrow('coefficient', coefficient);
    if (!(row >= 0 && row < this.#rows)) throw new RangeError(`there is no row ${row}`);
    if (!(variable >= 0 && variable < this.#variables)) throw new RangeError(`there is no variable ${variable}`);
    if (coefficient === 0) return;
    const at = this.#terms++;
    const { terms } = this;
    if (at >= terms.value.length) {
      terms.row = grown(terms.row, at + 1);
      terms.variable = grown(terms.variable, at + 1);
      terms.value = grown(terms.value, at + 1);
    }
    terms.row[at] = row;
    terms.variable[at] = variable;
    terms.value[at] = coefficient;
  }

  /** Gives a model of its own with the same numbers. */
  copy(): LinearModel {
    const copy = new LinearModel(this.sense);
    copy.#variables = this.#variables;
    copy.#rows = this.#rows;
    copy.#terms = this.#terms;
    copy.#integers = this.#integers;
    const { columns, limits, terms } = this;
    Object.assign(copy.columns, { cost: columns.cost.slice(), lower: columns.lower.slice() });
    Object.assign(copy.columns, { upper: columns.upper.slice(), integer: columns.integer.slice() });
    Object.assign(copy.limits, { lower: limits.lower.slice(), upper: limits.upper.slice() });
    Object.assign(copy.terms, { row: terms.row.slice(), variable: terms.variable.slice(), value: terms.value.slice() });
    return copy;
  }

  /** Gives the objective at `values`. */
  objectiveAt(values: ArrayLike<number>): number {
    let sum = 0;
    for (let v = 0; v < this.#variables; v++) sum += this.columns.cost[v]! * values[v]!;
    return sum;
  }

  /** Says whether `values` keep the limits of every variable and row, to the last bit. */
  allows(values: ArrayLike<number>): boolean {
    const { lower, upper } = this.columns;
    for (let v = 0; v < this.#variables; v++) if (!(values[v]! >= lower[v]! && values[v]! <= upper[v]!)) return false;
    const activities = this.activitiesAt(values);
    return activities.every((sum, r) => sum >= this.limits.lower[r]! && sum <= this.limits.upper[r]!);
  }

  /** Gives each row's a·x at `values`. */
  activitiesAt(values: ArrayLike<number>): Float64Array {
    const { row, variable, value } = this.terms;
    const sums = new Float64Array(this.#rows);
    for (let k = 0; k < this.#terms; k++) sums[row[k]!] = sums[row[k]!]! + value[k]! * values[variable[k]!]!;
    return sums;
  }

  /** Gives what each variable costs beyond what its rows pay for it at these prices of theirs. */
  pricesAt(duals: ArrayLike<number>): Float64Array {
    const prices = this.columns.cost.slice(0, this.#variables);
    const { row, variable, value } = this.terms;
    for (let k = 0; k < this.#terms; k++) {
      prices[variable[k]!] = prices[variable[k]!]! - value[k]! * duals[row[k]!]!;
    }
    return prices;
  }

  /** Gives the limit of a row that is nearest to an activity. */
  nearestLimit(row: number, activity: number): number {
    const [lower, upper] = [this.limits.lower[row]!, this.limits.upper[row]!];
    return Math.abs(activity - lower) < Math.abs(activity - upper) ? lower : upper;
  }
}

/** Throws a RangeError unless the value is a finite number. */
export function finiteOrThrow(what: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${what} is ${value}, expected a finite number`);
}

/** Throws a RangeError unless the limits leave room for a number. */
export function limitsOrThrow(lower: number, upper: number): void {
  if (!(lower <= upper) || lower === Number.POSITIVE_INFINITY || upper === Number.NEGATIVE_INFINITY) {
    throw new RangeError(`limits are ${lower} to ${upper}, expected the first to be at most the second`);
  }
}
