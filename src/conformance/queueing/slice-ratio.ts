/** A number that was measured. */
export interface Estimate {
  readonly value: number;
  /** Standard error. */
  readonly error: number;
}

/** Slices that a run is cut into; their means are nearly independent where they are long. */
export const SLICES = 64;

/** Sums, one a slice, of something whose mean is known to be zero. */
export type Control = Float64Array;

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
   * Gives the ratio; what of its scatter goes along with the controls is taken away by regression.
   *
   * @see Lavenberg and Welch, A perspective on the use of control variables to increase the efficiency of Monte Carlo
   *   simulations, Management Science 27(3), 1981
   */
  estimate(controls: readonly Control[] = []): Estimate {
    const weight = this.weight;
    let value = total(this.#sums) / weight;
    const residuals = this.#sums.map((sum, i) => sum - value * this.#weights[i]!);
    const directions = orthogonal(controls);
    for (const { centred, sum } of directions) {
      const slope = product(residuals, centred) / product(centred, centred);
      for (let i = 0; i < SLICES; i++) residuals[i] = residuals[i]! - slope * centred[i]!;
      value -= (slope * sum) / weight;
    }
    const freedom = SLICES - 1 - directions.length;
    return { value, error: Math.sqrt((product(residuals, residuals) * SLICES) / freedom) / weight };
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
    const mean = sum / SLICES;
    const centred = control.map((each) => each - mean);
    const before = product(centred, centred);
    for (const other of directions) {
      const slope = product(centred, other.centred) / product(other.centred, other.centred);
      for (let i = 0; i < SLICES; i++) centred[i] = centred[i]! - slope * other.centred[i]!;
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
