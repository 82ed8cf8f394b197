/** A fraction that is exact, of any size; the denominator is above zero. */
export interface Exact {
  readonly over: bigint;
  readonly under: bigint;
}

/** Gives a fraction in lowest terms. */
export function exact(over: bigint | number, under: bigint | number = 1n): Exact {
  const [a, b] = [BigInt(over), BigInt(under)];
  const divisor = gcd(a < 0n ? -a : a, b < 0n ? -b : b) * (b < 0n ? -1n : 1n);
  return { over: a / divisor, under: b / divisor };
}

export const plus = (a: Exact, b: Exact): Exact => exact(a.over * b.under + b.over * a.under, a.under * b.under);
export const minus = (a: Exact, b: Exact): Exact => exact(a.over * b.under - b.over * a.under, a.under * b.under);
export const times = (a: Exact, b: Exact): Exact => exact(a.over * b.over, a.under * b.under);
export const over = (a: Exact, b: Exact): Exact => exact(a.over * b.under, a.under * b.over);
/** Below zero if a < b, zero if they are equal. */
export const compare = (a: Exact, b: Exact): number => {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
export const least = (list: readonly Exact[]): Exact => list.reduce((a, b) => (compare(b, a) < 0 ? b : a));
export const toNumber = ({ over, under }: Exact): number => Number((over * 1_000_000n) / under) / 1e6;

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
