import { below, type Random } from '../../../base/random.ts';
import { Bundle } from './bundle.ts';
import { type Limits, withinLimits } from './limits.ts';
import { lengthen, lesser, type Quantities } from './quantities.ts';
import type { RichResource } from './rich-resource.ts';

/** One thing that is kept, cut or dropped; null: the plain scalars of the column. */
interface Piece {
  readonly column: number;
  readonly rich: RichResource | null;
  readonly amount: number;
}

/** Cuts scalars to what the target has; a name that the target lacks is dropped. */
export function shrinkToQuantities(scalars: Bundle, target: Quantities, random: Random): Bundle {
  if (scalars.rich.length === 0) return new Bundle(lesser(scalars.plain, target));
  return shrinkPieces(scalars, target.slice(), random, 0);
}

/** Cuts scalars to limits; a name without one is kept whole. */
export function shrinkToLimits(scalars: Bundle, limits: Limits, random: Random): Bundle {
  if (scalars.rich.length === 0) return new Bundle(withinLimits(scalars.plain, limits));
  return shrinkPieces(scalars, limits.slice(), random, Number.POSITIVE_INFINITY);
}

/** Visits the objects in random order, which matters where several share a name: who is first takes of the target. */
function shrinkPieces(scalars: Bundle, left: number[], random: Random, absent: number): Bundle {
  const pieces = piecesOf(scalars);
  for (let i = pieces.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [pieces[i], pieces[j]] = [pieces[j]!, pieces[i]!];
  }
  let plain: Quantities = scalars.plain.map(() => 0);
  const copies = new Map<RichResource, number>();
  for (const { column, rich, amount } of pieces) {
    const room = column < left.length ? left[column]! : absent;
    const kept = rich?.kind.counted && amount > room ? 0 : Math.min(amount, room);
    if (kept <= 0) continue;
    if (column < left.length) left[column] = room - kept;
    if (rich !== null) copies.set(rich, (copies.get(rich) ?? 0) + (rich.kind.counted ? 1 : kept));
    else {
      plain = lengthen(plain, column + 1);
      plain[column] = kept;
    }
  }
  const rich = scalars.rich
    .filter((one) => copies.has(one))
    .map((one) => ({ ...one, size: one.kind.shared ? one.size : copies.get(one)! }));
  return new Bundle(plain, rich);
}

function piecesOf({ plain, rich }: Bundle): Piece[] {
  const pieces: Piece[] = [];
  for (const [column, amount] of plain.entries()) if (amount > 0) pieces.push({ column, rich: null, amount });
  for (const one of rich) {
    const { column, counted, shared, amount } = one.kind;
    const times = counted && !shared ? one.size : 1;
    for (let i = 0; i < times; i++) pieces.push({ column, rich: one, amount: counted ? amount : one.size });
  }
  return pieces;
}
