const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/** From here on five terms of the asymptotic series leave less than 3e-15. */
const FAR = 12;

/** A term smaller than this part of the whole changes no digit. */
const NEGLIGIBLE = 1e-16;

/** More steps than any shape up to 1,000,000 needs. */
const STEPS = 100_000;

/**
 * Gives the natural logarithm of the gamma function of a positive `x`; off by less than 1e-14 times the larger of 1
 * and the result.
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 6.1.15 (shift) and 6.1.41 (series)
 */
export function logGamma(x: number): number {
  let shift = 1;
  let far = x;
  for (; far < FAR; far += 1) shift *= far;
  const inverse = 1 / far;
  const square = inverse * inverse;
  const series = 1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)));
  return (far - 0.5) * Math.log(far) - far + HALF_LOG_TWO_PI + inverse * series - Math.log(shift);
}

/** Two chances that sum to 1; the smaller one is right to at least nine digits for shapes up to 1,000,000. */
interface Split {
  readonly below: number;
  readonly above: number;
}

/**
 * Gives the chances that a gamma of `shape` and scale 1 lies below and above `x`: the regularized incomplete gamma
 * functions P and Q.
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 6.5.29 (series) and 6.5.31 (fraction,
 * contracted)
 */
export function gammaBelow(shape: number, x: number): Split {
  if (x <= 0) return { below: 0, above: 1 };
  const density = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    const below = density * series(shape, x);
    return { below, above: 1 - below };
  }
  const above = density * fraction(shape, x);
  return { below: 1 - above, above };
}

/** The sum over k of x^k / (shape (shape + 1) … (shape + k)). */
function series(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; k < STEPS && term > sum * NEGLIGIBLE; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return sum;
}

/**
 * The continued fraction 1 / (x + 1 - shape - 1 (1 - shape) / (x + 3 - shape - 2 (2 - shape) / (x + 5 - shape - …))),
 * front to back as a sum in which each step adds a term.
 *
 * @see Gautschi, Computational aspects of three-term recurrence relations, SIAM Review 9(1), 1967
 */
function fraction(shape: number, x: number): number {
  let denominator = x + 1 - shape;
  let rho = 0;
  let term = 1 / denominator;
  let sum = term;
  for (let k = 1; k < STEPS && Math.abs(term) > sum * NEGLIGIBLE; k++) {
    const above = k * (shape - k);
    const before = denominator;
    denominator += 2;
    const ratio = above / (before * denominator);
    rho = (-ratio * (1 + rho)) / (1 + ratio * (1 + rho));
    term *= rho;
    sum += term;
  }
  return sum;
}
