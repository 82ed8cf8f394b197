/** A number that was measured. */
export interface Estimate {
  readonly value: number;
  /** Standard error. */
  readonly error: number;
}

/** Slices that a run is cut into; their means are nearly independent where they are long. */
export const SLICES = 32;

/**
 * The ratio of two sums (waits over jobs, integral over time), with a standard error from slices of the run.
 *
 * @see Law, Simulation Modeling and Analysis, 5th edition, 2015, section 9.5.3 (batch means)
 */
export class SliceRatio {
  readonly #sums = new Float64Array(SLICES);
  readonly #weights = new Float64Array(SLICES);

  add(slice: number, sum: number, weight: number): void {
    this.#sums[slice] = this.#sums[slice]! + sum;
    this.#weights[slice] = this.#weights[slice]! + weight;
  }

  get weight(): number {
    return total(this.#weights);
  }

  /**
   * Gives the ratio.
   *
   * @param control sums, one a slice, of something whose mean is known to be zero: what of the ratio's scatter goes
   *   along with them is taken away by regression.
   * @see Lavenberg and Welch, A perspective on the use of control variables, Management Science 27(3), 1981
   */
  estimate(control?: Float64Array): Estimate {
    const weight = this.weight;
    const ratio = total(this.#sums) / weight;
    const residuals = this.#sums.map((sum, i) => sum - ratio * this.#weights[i]!);
    if (control === undefined) {
      return { value: ratio, error: Math.sqrt((squares(residuals) * SLICES) / (SLICES - 1)) / weight };
    }
    const mean = total(control) / SLICES;
    const centred = control.map((value) => value - mean);
    const slope = residuals.reduce((sum, value, i) => sum + value * centred[i]!, 0) / squares(centred);
    const rest = residuals.map((value, i) => value - slope * centred[i]!);
    return {
      value: ratio - (slope * total(control)) / weight,
      error: Math.sqrt((squares(rest) * SLICES) / (SLICES - 2)) / weight,
    };
  }
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
