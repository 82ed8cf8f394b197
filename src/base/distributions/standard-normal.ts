import type { Random } from '../random.ts';
import { gammaBelow } from './incomplete-gamma.ts';

/**
 * Draws from the normal of mean 0 and sd 1.
 *
 * The method yields two values at a time; the second is thrown away, because keeping it would be state that one
 * stream could hand to another.
 *
 * @see Marsaglia and Bray, A convenient method for generating normal variables, SIAM Review 6(3), 1964
 */
export function drawStandardNormal(random: Random): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** The density of the standard normal at `z`. */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** The chance that a standard normal passes `z`, which is not negative; 0 beyond 38, where doubles end. */
export function normalTail(z: number): number {
  return z > 38 ? 0 : gammaBelow(0.5, (z * z) / 2).above / 2;
}

const CENTRE = {
  above: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.693765509461, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  below: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};
const SHOULDER = {
  above: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  below: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};
const TAIL = {
  above: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.00002711555568743488, 2.0103343992922881e-7,
  ],
  below: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

/**
 * Inverts the distribution function of the standard normal, with a relative error below 1e-15.
 *
 * @see Wichura, Algorithm AS 241: the percentage points of the normal distribution, Applied Statistics 37(3), 1988
 */
export function normalQuantile(p: number): number {
  const offset = p - 0.5;
  if (Math.abs(offset) <= 0.425) return offset * quotient(CENTRE, 0.180625 - offset * offset);
  const tail = offset < 0 ? p : 1 - p;
  if (tail <= 0) return offset < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const depth = Math.sqrt(-Math.log(tail));
  const size = depth <= 5 ? quotient(SHOULDER, depth - 1.6) : quotient(TAIL, depth - 5);
  return offset < 0 ? -size : size;
}

function quotient({ above, below }: typeof CENTRE, x: number): number {
  return polynomial(above, x) / polynomial(below, x);
}

/** Horner's rule; the constant term stands first. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
