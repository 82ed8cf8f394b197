import type { SliceColumn, Slices } from './slices.ts';

/** A number that was measured. */
export interface Estimate {
  readonly value: number;
  /** Standard error. */
  readonly error: number;
}

/** Sums, one a complete slice, of something whose mean is known to be zero. */
export type Control = Float64Array;

/**
 * The ratio of two sums (waits over jobs, integral over time), with a standard error from slices of the run.
 *
 * @see Law, Simulation Modeling and Analysis, 5th edition, 2015, section 9.5.3 (batch means)
 */
export class SliceRatio {
  readonly #slices: Slices;
  readonly #sums: SliceColumn;
  readonly #weights: SliceColumn;

  /** @param kept false for a ratio that is dropped before slices are joined. */
  constructor(slices: Slices, kept = true) {
    this.#slices = slices;
    this.#sums = slices.column(kept);
    this.#weights = slices.column(kept);
  }

  add(slice: number, sum: number, weight: number): void {
    this.#sums[slice] = this.#sums[slice]! + sum;
    this.#weights[slice] = this.#weights[slice]! + weight;
  }

  /** The ratio over everything that was added, complete slices or not. */
  get plain(): number {
    return total(this.#sums) / total(this.#weights);
  }

  /** Sum of the weights of the complete slices. */
  get weight(): number {
    return total(this.#weights.subarray(0, this.#slices.count));
  }

  /**
   * Gives the ratio over the complete slices; what of its scatter goes along with the controls is taken away by
   * regression.
   *
   * @see Lavenberg and Welch, A perspective on the use of control variables to increase the efficiency of Monte Carlo
   *   simulations, Management Science 27(3), 1981
   */
  estimate(controls: readonly Control[] = []): Estimate {
    const { count } = this.#slices;
    const { weight } = this;
    let value = total(this.#sums.subarray(0, count)) / weight;
    const residuals = this.#sums.slice(0, count).map((sum, i) => sum - value * this.#weights[i]!);
    const directions = orthogonal(controls);
    for (const { centred, sum } of directions) {
      const slope = product(residuals, centred) / product(centred, centred);
      for (let i = 0; i < count; i++) residuals[i] = residuals[i]! - slope * centred[i]!;
      value -= (slope * sum) / weight;
    }
    const freedom = count - 1 - directions.length;
    return { value, error: Math.sqrt((product(residuals, residuals) * count) / freedom) / weight };
  }
}

interface Direction {
  /** Differences from the mean over the slices. */
  readonly centred: Float64Array;
  readonly sum: number;
}

/** Takes from each control what goes along with those before it; one of which nothing is left is dropped. */
function orthogonal(controls: readonly Control[]): Direction[] {
  const directions: Direction[] = [];
  for (const control of controls) {
    let sum = total(control);
    const mean = sum / control.length;
    const centred = control.map((each) => each - mean);
    const before = product(centred, centred);
    for (const other of directions) {
      const slope = product(centred, other.centred) / product(other.centred, other.centred);
      for (let i = 0; i < centred.length; i++) centred[i] = centred[i]! - slope * other.centred[i]!;
      sum -= slope * other.sum;
    }
    if (product(centred, centred) > 1e-9 * before) directions.push({ centred, sum });
  }
  return directions;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
