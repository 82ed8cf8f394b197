import { addTo, addToColumn, covers, difference, isZero, type Quantities } from './quantities.ts';
import { holdsRich, isNothing, joinRich, lessRich, quantityOf, type RichResource, scalarOf } from './rich-resource.ts';

/**
 * Resources of one node, never changed once made: plain scalars (unreserved, not revocable, no volume) as columns, and
 * everything else as objects, at most one of a kind.
 *
 * Most bundles of most clusters have no objects at all, and then everything here is a loop over a few columns.
 */
export class Bundle {
  readonly plain: Quantities;
  readonly rich: readonly RichResource[];

  constructor(plain: Quantities, rich: readonly RichResource[] = NO_RICH) {
    this.plain = plain;
    this.rich = rich;
  }

  get isEmpty(): boolean {
    return this.rich.length === 0 && isZero(this.plain);
  }
}

const NO_RICH: readonly RichResource[] = [];

export const NOTHING = new Bundle([]);

/** Gives both together. */
export function plus(a: Bundle, b: Bundle): Bundle {
  if (a === NOTHING) return b;
  if (b === NOTHING) return a;
  return new Bundle(addTo(a.plain.slice(), b.plain), plusRich(a.rich, b.rich));
}

function plusRich(a: readonly RichResource[], b: readonly RichResource[]): readonly RichResource[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const sum = [...a];
  for (const more of b) {
    const i = sum.findIndex(({ kind }) => kind === more.kind);
    if (i < 0) sum.push(more);
    else sum[i] = joinRich(sum[i]!, more);
  }
  return sum;
}

/** Gives what is left of `a` after `b`; of no kind less than nothing. */
export function minus(a: Bundle, b: Bundle): Bundle {
  if (b === NOTHING) return a;
  if (a === b) return NOTHING;
  const plain = difference(a.plain, b.plain);
  const rich = minusRich(a.rich, b.rich);
  return rich.length === 0 && isZero(plain) ? NOTHING : new Bundle(plain, rich);
}

function minusRich(a: readonly RichResource[], b: readonly RichResource[]): readonly RichResource[] {
  if (a.length === 0 || b.length === 0) return a;
  const rest: RichResource[] = [];
  for (const one of a) {
    const less = b.find(({ kind }) => kind === one.kind);
    const left = less === undefined ? one : lessRich(one, less);
    if (!isNothing(left)) rest.push(left);
  }
  return rest;
}

/** Says whether `a` has, kind by kind, all of `b`: as much of scalars, every number and item, as many copies. */
export function contains(a: Bundle, b: Bundle): boolean {
  if (a === b) return true;
  if (!covers(a.plain, b.plain)) return false;
  return b.rich.every((part) => {
    const whole = a.rich.find(({ kind }) => kind === part.kind);
    return whole !== undefined && holdsRich(whole, part);
  });
}

export function sameBundle(a: Bundle, b: Bundle): boolean {
  return contains(a, b) && contains(b, a);
}

/** Gives the bundle with only those objects that are wanted, and the plain scalars too unless told otherwise. */
export function pick(bundle: Bundle, wanted: (one: RichResource) => boolean, plain = true): Bundle {
  const rich = bundle.rich.length === 0 ? bundle.rich : bundle.rich.filter(wanted);
  if (plain && rich.length === bundle.rich.length) return bundle;
  return new Bundle(plain ? bundle.plain : NOTHING.plain, rich);
}

/**
 * Gives scalars summed over metadata; of what is shared one copy counts.
 *
 * @returns an array that must not be changed.
 */
export function scalarsOf(bundle: Bundle, wanted?: (one: RichResource) => boolean, plain = true): Quantities {
  const start = plain ? bundle.plain : NOTHING.plain;
  if (bundle.rich.length === 0) return start;
  let sum: Quantities = start.slice();
  for (const one of bundle.rich) {
    const amount = scalarOf(one);
    if (amount > 0 && (wanted === undefined || wanted(one))) sum = addToColumn(sum, one.kind.column, amount);
  }
  return sum;
}

/** Gives the amount of one name, where a number of a range or an item of a set counts as one unit. */
export function quantityIn(bundle: Bundle, column: number): number {
  let sum = column < bundle.plain.length ? bundle.plain[column]! : 0;
  for (const one of bundle.rich) if (one.kind.column === column) sum += quantityOf(one);
  return sum;
}

export function isShared({ kind }: RichResource): boolean {
  return kind.shared;
}
