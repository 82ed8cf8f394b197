/**
 * Scalar amounts in thousandths, one column a resource name; a column that is not there is 0.
 *
 * Columns are those of one {@link ResourceCatalog}; arrays made before a name was first seen are shorter, and all
 * functions here take arrays of different length.
 */
export type Quantities = number[];

/** Gives `target` with `more` added: the same array where it is long enough, else a longer one. */
export function addTo(target: Quantities, more: Quantities): Quantities {
  const sum = lengthen(target, more.length);
  for (let i = 0; i < more.length; i++) sum[i]! += more[i]!;
  return sum;
}

/** Takes `less` away in place; what would fall below zero is zero. */
export function subtractFrom(target: Quantities, less: Quantities): void {
  const length = Math.min(target.length, less.length);
  for (let i = 0; i < length; i++) target[i] = Math.max(0, target[i]! - less[i]!);
}

/** Gives a - b, never below zero, as a new array. */
export function difference(a: Quantities, b: Quantities): Quantities {
  const rest = a.slice();
  subtractFrom(rest, b);
  return rest;
}

/** Gives the lesser of each column as a new array: what is kept of `a` under a cap where absent means nothing. */
export function lesser(a: Quantities, cap: Quantities): Quantities {
  return a.map((amount, i) => (i < cap.length ? Math.min(amount, cap[i]!) : 0));
}

export function isZero(quantities: Quantities): boolean {
  for (let i = 0; i < quantities.length; i++) if (quantities[i]! > 0) return false;
  return true;
}

/** Says whether no column of `b` is above that of `a`. */
export function covers(a: Quantities, b: Quantities): boolean {
  for (let i = 0; i < b.length; i++) if (b[i]! > (i < a.length ? a[i]! : 0)) return false;
  return true;
}

/** Says whether both hold the same amounts. */
export function sameQuantities(a: Quantities, b: Quantities): boolean {
  return covers(a, b) && covers(b, a);
}

/** Adds to one column; gives the array, or a longer one. */
export function addToColumn(target: Quantities, column: number, amount: number): Quantities {
  const sum = lengthen(target, column + 1);
  sum[column]! += amount;
  return sum;
}

/** Gives the array, or a copy of at least `length` columns. */
export function lengthen(target: Quantities, length: number): Quantities {
  if (target.length >= length) return target;
  const longer = target.slice();
  while (longer.length < length) longer.push(0);
  return longer;
}

/** Gives whole thousandths of a number of units; what is finer is rounded, halves up. */
export function toThousandths(units: number): number {
  return Math.round(units * 1000);
}
