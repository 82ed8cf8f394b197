const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d{1,3})|([KMGTPE]i|[numkMGTPE]))?$/;

const EXPONENTS = { m: -3, u: -6, n: -9 } as const;

const FACTORS: Readonly<Record<string, number>> = {
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1_024,
  Mi: 1_048_576,
  Gi: 1_073_741_824,
  Ti: 1_099_511_627_776,
  Pi: 1_125_899_906_842_624,
  Ei: 1_024 * 1_125_899_906_842_624,
};

/**
 * Reads a quantity by Kubernetes' own rules: `M` is 10^6, `Mi` 2^20, `m` a thousandth, `1e3` an exponent.
 *
 * @param steps how many steps a unit has; what is finer than a step rounds up, as the scheduler of Kubernetes counts.
 * @returns whole steps, or null when `value` is no quantity.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityInSteps(value: unknown, steps: number): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? wholeSteps(value, steps) : null;
  if (typeof value !== 'string') return null;
  const match = QUANTITY.exec(value.trim());
  if (match === null) return null;
  const [, digits, exponent = '', suffix = ''] = match;
  if (exponent !== '') return wholeSteps(Number(`${digits}${exponent}`), steps);
  // Thousandths of what is counted in thousandths are whole: no fraction may come between.
  if (suffix === 'm' && steps === 1_000) return wholeSteps(Number(digits), 1);
  if (suffix === 'm' || suffix === 'u' || suffix === 'n')
    return wholeSteps(Number(`${digits}e${EXPONENTS[suffix]}`), steps);
  return wholeSteps(Number(digits), (FACTORS[suffix] ?? 1) * steps);
}

/** A decimal such as 8.2 is taken as written: 8.2 x 1000 is 8200, though the product of the doubles is less. */
function wholeSteps(value: number, steps: number): number {
  const near = Math.round(value * steps);
  return near / steps === value ? near : Math.ceil(value * steps);
}
