/** An exact number; the bottom is above zero. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** Reads a number or text such as `0.2`, `63/25` or `60%` as it is written, without rounding; null when it is none. */
export function parseFraction(value: unknown): Fraction | null {
  if (typeof value === 'number') return Number.isFinite(value) ? parseDecimal(String(value)) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (text.endsWith('%')) {
    const percent = parseDecimal(text.slice(0, -1));
    return percent && { top: percent.top, bottom: percent.bottom * 100n };
  }
  const [above, below, ...rest] = text.split('/').map((part) => parseDecimal(part.trim()));
  if (above === undefined || above === null || rest.length > 0) return null;
  if (below === undefined) return above;
  if (below === null || below.top <= 0n) return null;
  return { top: above.top * below.bottom, bottom: above.bottom * below.top };
}

function parseDecimal(text: string): Fraction | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole, decimals = '', exponent = '0'] = match;
  const top = BigInt(`${whole}${decimals}`) * (sign === '-' ? -1n : 1n);
  const shift = Number(exponent) - decimals.length;
  if (Math.abs(shift) > 400) return null;
  return shift >= 0 ? { top: top * tenTo(shift), bottom: 1n } : { top, bottom: tenTo(-shift) };
}

function tenTo(power: number): bigint {
  return BigInt(`1${'0'.repeat(power)}`);
}

/** Gives the nearest double, or one beside it. */
export function toNumber({ top, bottom }: Fraction): number {
  return Number(top) / Number(bottom);
}

/** Gives the least number of steps in one unit with which all amounts are whole. */
export function commonScale(amounts: readonly Fraction[]): number {
  let scale = 1n;
  for (const { top, bottom } of amounts) {
    const reduced = bottom / greatestCommonDivisor(top < 0n ? -top : top, bottom);
    scale = (scale / greatestCommonDivisor(scale, reduced)) * reduced;
  }
  return Number(scale);
}

/** Gives the amount in whole steps of a scale that {@link commonScale} gave for it. */
export function inSteps({ top, bottom }: Fraction, scale: number): number {
  return Number((top * BigInt(scale)) / bottom);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
