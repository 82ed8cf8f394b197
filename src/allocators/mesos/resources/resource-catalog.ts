import { Bundle, plus } from './bundle.ts';
import type { Limits } from './limits.ts';
import { addToColumn, type Quantities, toThousandths } from './quantities.ts';
import { normalizeRanges, type Range } from './ranges.ts';
import { type DiskInfo, isIndivisible, type Reservation, type ResourceKind } from './resource-kind.ts';
import { isNothing, type RichResource } from './rich-resource.ts';

/** A resource as people write it, in units. */
export interface ResourceDescription {
  readonly name: string;
  readonly value?: number;
  readonly ranges?: readonly Range[];
  readonly set?: readonly string[];
  /** From the outermost role to the most refined; empty or absent: unreserved, as `*` is. */
  readonly reservations?: readonly Reservation[];
  readonly revocable?: boolean;
  readonly shared?: boolean;
  /** Of a shared volume; 1. */
  readonly copies?: number;
  readonly disk?: DiskInfo;
}

/** Units by resource name. */
export type Amounts = Readonly<Record<string, number>>;

/** Gives every resource name a column and every set of metadata one kind; one catalog serves one allocator. */
export class ResourceCatalog {
  readonly #columns = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #kinds = new Map<string, ResourceKind>();

  get names(): readonly string[] {
    return this.#names;
  }

  /** Gives the column of a name, a new one for a name not seen before. */
  columnOf(name: string): number {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = this.#names.push(name) - 1;
      this.#columns.set(name, column);
    }
    return column;
  }

  /** Gives thousandths of units by name. */
  quantities(units: Amounts): Quantities {
    let sum: Quantities = [];
    for (const [name, value] of Object.entries(units))
      sum = addToColumn(sum, this.columnOf(name), toThousandths(value));
    return sum;
  }

  /** Gives limits: a name that is not there is not limited. */
  limits(units: Amounts): Limits {
    const columns = Object.keys(units).map((name) => this.columnOf(name));
    const limits = new Array<number>(1 + Math.max(-1, ...columns)).fill(Number.POSITIVE_INFINITY);
    for (const [name, value] of Object.entries(units)) limits[this.columnOf(name)] = toThousandths(value);
    return limits;
  }

  /** Gives unreserved scalars. */
  scalars(units: Amounts): Bundle {
    return new Bundle(this.quantities(units));
  }

  /** Gives what is described; objects of one kind become one, and zero scalars vanish. */
  bundle(descriptions: readonly ResourceDescription[]): Bundle {
    return descriptions.map((one) => this.#bundleOf(one)).reduce(plus, new Bundle([]));
  }

  #bundleOf(one: ResourceDescription): Bundle {
    const type = one.ranges !== undefined ? 'ranges' : one.set !== undefined ? 'set' : 'scalar';
    const reservations = (one.reservations ?? []).filter(({ role }) => role !== '*');
    const { revocable = false, shared = false, disk } = one;
    const amount = toThousandths(one.value ?? 0);
    if (type === 'scalar' && reservations.length === 0 && !revocable && !shared && disk === undefined) {
      return this.scalars({ [one.name]: one.value ?? 0 });
    }
    const kind = this.#kind({ name: one.name, type, reservations, revocable, shared, disk: disk ?? null, amount });
    const rich: RichResource = {
      kind,
      size: type !== 'scalar' ? 0 : kind.counted ? (amount > 0 ? (one.copies ?? 1) : 0) : amount,
      ranges: normalizeRanges(one.ranges ?? []),
      items: [...new Set(one.set ?? [])].sort(),
    };
    return new Bundle([], isNothing(rich) ? [] : [rich]);
  }

  #kind(of: Omit<ResourceKind, 'column' | 'reservedTo' | 'counted'>): ResourceKind {
    const counted = of.type === 'scalar' && (of.shared || isIndivisible(of.disk));
    const amount = counted ? of.amount : 0;
    const key = JSON.stringify(
      [of.name, of.type, of.reservations, of.revocable, of.shared, of.disk, amount].map(sortedKeys),
    );
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      const reservedTo = of.reservations.at(-1)?.role ?? null;
      kind = { ...of, column: this.columnOf(of.name), reservedTo, counted, amount };
      this.#kinds.set(key, kind);
    }
    return kind;
  }

  /** Gives a bundle as it would be described; the opposite of {@link bundle}. */
  describe(bundle: Bundle): ResourceDescription[] {
    const plain = [...bundle.plain]
      .map((amount, i) => ({ name: this.#names[i]!, value: amount / 1000 }))
      .filter(({ value }) => value > 0);
    return [...plain, ...bundle.rich.map(describeRich)];
  }

  /** Gives units by name, of what is above zero. */
  units(quantities: Quantities): Record<string, number> {
    const units: Record<string, number> = {};
    for (const [i, amount] of quantities.entries()) if (amount > 0) units[this.#names[i]!] = amount / 1000;
    return units;
  }
}

function describeRich({ kind, size, ranges, items }: RichResource): ResourceDescription {
  return {
    name: kind.name,
    ...(kind.type === 'scalar' && { value: (kind.counted ? kind.amount : size) / 1000 }),
    ...(kind.type === 'ranges' && { ranges }),
    ...(kind.type === 'set' && { set: items }),
    ...(kind.reservations.length > 0 && { reservations: kind.reservations }),
    ...(kind.revocable && { revocable: true }),
    ...(kind.shared && { shared: true }),
    ...(kind.disk !== null && { disk: kind.disk }),
    ...(kind.counted && { copies: size }),
  };
}

/** Gives the value with the keys of its objects in order, so that equal ones have equal JSON. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sortedKeys(inner)]);
}
