import { bisect } from '../../base/distributions/bisection.ts';

/**
 * Gives the chance that a Student t of `degrees` of freedom, a whole number of 1 or more, lies below `t`.
 *
 * A finite sum, right to about 1e-16; nothing is left of tails thinner than that.
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 26.7.3 and 26.7.4
 */
export function studentCdf(t: number, degrees: number): number {
  if (t === 0) return 0.5;
  const half = within(Math.abs(t), degrees) / 2;
  return t > 0 ? 0.5 + half : 0.5 - half;
}

/** Gives the chance that a Student t is at least as far from 0 as `t`: the p-value of a test with two sides. */
export function studentTails(t: number, degrees: number): number {
  return Math.max(0, 1 - within(Math.abs(t), degrees));
}

/**
 * Gives the value that a Student t of `degrees` of freedom stays below with chance `p`, above 0 and below 1.
 *
 * The distribution function is inverted to neighbouring doubles.
 */
export function studentQuantile(p: number, degrees: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  let high = 2;
  while (studentCdf(high, degrees) < p && high < 1e12) high *= 2;
  return bisect(0, high, (t) => studentCdf(t, degrees) < p);
}

/** The chance of lying between -t and t. */
function within(t: number, degrees: number): number {
  if (t === Number.POSITIVE_INFINITY) return 1;
  const hypotenuse = Math.sqrt(degrees + t * t);
  const sine = t / hypotenuse;
  const square = degrees / (degrees + t * t);
  if (degrees % 2 === 0) return sine * series(square, 1, degrees / 2);
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.sqrt(square);
  return (2 / Math.PI) * (angle + sine * cosine * series(square, 2, (degrees - 1) / 2));
}

/** The sum of `terms` terms that begins 1 + (first / (first + 1)) square + … */
function series(square: number, first: number, terms: number): number {
  let term = 1;
  let sum = 0;
  for (let k = 0; k < terms; k++) {
    sum += term;
    const factor = first + 2 * k;
    term *= (factor / (factor + 1)) * square;
  }
  return sum;
}
