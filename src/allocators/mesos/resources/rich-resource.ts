import { containsRanges, countRanges, normalizeRanges, type Range, subtractRanges } from './ranges.ts';
import type { ResourceKind } from './resource-kind.ts';

/** An object of resources of which there is more to say than an amount: reserved, revocable, a volume, ports … */
export interface RichResource {
  readonly kind: ResourceKind;
  /** Thousandths of a scalar, or copies where the kind is counted; 0 for ranges and sets. */
  readonly size: number;
  /** In order and disjoint; empty unless the kind is of ranges. */
  readonly ranges: readonly Range[];
  /** In order and distinct; empty unless the kind is a set. */
  readonly items: readonly string[];
}

/** Gives thousandths: of what is shared those of one copy, of ranges and sets 0. */
export function scalarOf({ kind, size }: RichResource): number {
  if (!kind.counted) return size;
  return kind.shared ? kind.amount : kind.amount * size;
}

/** Gives thousandths, where a number of a range or an item of a set counts as one unit. */
export function quantityOf(one: RichResource): number {
  if (one.kind.type === 'scalar') return scalarOf(one);
  return 1000 * (countRanges(one.ranges) + one.items.length);
}

export function isNothing(one: RichResource): boolean {
  return one.size <= 0 && one.ranges.length === 0 && one.items.length === 0;
}

/** Gives both together; they are of one kind. */
export function joinRich(a: RichResource, b: RichResource): RichResource {
  return {
    kind: a.kind,
    size: a.size + b.size,
    ranges: a.ranges.length + b.ranges.length === 0 ? a.ranges : normalizeRanges([...a.ranges, ...b.ranges]),
    items: a.items.length + b.items.length === 0 ? a.items : [...new Set([...a.items, ...b.items])].sort(),
  };
}

/** Gives what is left of `a` after `b`, never less than nothing; they are of one kind. */
export function lessRich(a: RichResource, b: RichResource): RichResource {
  return {
    kind: a.kind,
    size: Math.max(0, a.size - b.size),
    ranges: a.ranges.length === 0 ? a.ranges : subtractRanges(a.ranges, b.ranges),
    items: a.items.length === 0 ? a.items : a.items.filter((item) => !b.items.includes(item)),
  };
}

/** Says whether `a` has at least as much, or as many copies, and every number and item of `b`; they are of one kind. */
export function holdsRich(a: RichResource, b: RichResource): boolean {
  return a.size >= b.size && containsRanges(a.ranges, b.ranges) && b.items.every((item) => a.items.includes(item));
}
