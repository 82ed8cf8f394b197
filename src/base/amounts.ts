import { ScenarioError } from './errors.ts';

/** How one resource is measured. */
export interface Resource {
  readonly name: string;
  /** Whole steps in one unit: 1000 means amounts are kept in thousandths. */
  readonly scale: number;
  /** What a bare number counts: `MiB` for mem and disk, else the empty string. */
  readonly unit: 'MiB' | '';
  /** True where a node holds numbered devices, each `scale` steps large, and a demand is a share of one or whole ones. */
  readonly devices: boolean;
}

/** The resources of one run; a resource's position is its column everywhere. */
export type ResourceCatalog = readonly Resource[];

/** Whole steps of a resource; a demand rounds up to a step, a capacity down. */
export type Amount = number;

/** The precision a resource has unless it declares a finer one: one thousandth of its unit. */
export const DEFAULT_SCALE = 1_000;

const BYTE_RESOURCES = new Set(['mem', 'memory', 'disk']);
const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 * 1024, g: 1073741824, t: 1099511627776 };
const AMOUNT = /^\s*(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)\s*(?:([kmgt])?(i?b)?)\s*$/i;

/** Describes a resource by its name: mem, memory and disk are counted in MiB, all others in units of their own. */
export function resource(name: string, options: { scale?: number; devices?: boolean } = {}): Resource {
  return {
    name,
    scale: options.scale ?? DEFAULT_SCALE,
    unit: BYTE_RESOURCES.has(name) ? 'MiB' : '',
    devices: options.devices ?? false,
  };
}

/**
 * Reads a quantity as a scenario writes it: a bare number in the resource's unit, or with K, M, G or T (powers of
 * 1024, with or without B or iB).
 *
 * @returns units of the resource (MiB for mem), or null when `text` is no quantity of it.
 */
export function parseQuantity(text: string | number, of: Resource): number | null {
  if (typeof text === 'number') return Number.isFinite(text) && text >= 0 ? text : null;
  const match = AMOUNT.exec(text);
  if (match === null) return null;
  const [, digits, prefix, bytes] = match;
  const value = Number(digits);
  if (prefix === undefined && bytes === undefined) return value;
  if (of.unit === '') return bytes === undefined ? value * FACTORS[prefix!.toLowerCase()]! : null;
  return (value * FACTORS[prefix?.toLowerCase() ?? '']!) / FACTORS['m']!;
}

/** What rounding to whole steps gave, and whether anything was rounded. */
export interface Steps {
  readonly amount: Amount;
  readonly exact: boolean;
}

/**
 * Turns units of a resource into whole steps; what is finer rounds up for a demand and down for a capacity.
 *
 * A decimal such as 8.2 is taken as written: 8.2 x 1000 is 8200, though the product of the doubles is 8199.999…
 */
export function toSteps(quantity: number, of: Resource, rounding: 'demand' | 'capacity'): Steps {
  const product = quantity * of.scale;
  const near = Math.round(product);
  if (near / of.scale === quantity) return { amount: near, exact: true };
  return { amount: rounding === 'demand' ? Math.ceil(product) : Math.floor(product), exact: false };
}

/** Gives an amount in units of its resource, as a double; for the doors of the program only. */
export function toUnits(amount: Amount, of: Resource): number {
  return amount / of.scale;
}

/** Throws a {@link ScenarioError} when the amounts of a whole cluster would no longer be exact in a double. */
export function checkTotal(total: Amount, of: Resource): void {
  if (total <= Number.MAX_SAFE_INTEGER) return;
  throw new ScenarioError(
    `the cluster's total of ${of.name} is ${total} steps of 1/${of.scale}; above 2^53 amounts are no longer exact (use a coarser precision)`,
  );
}

/** Says whether a demand for a device resource is a share of one device or whole devices. */
export function isDeviceDemand(amount: Amount, of: Resource): boolean {
  return amount <= of.scale || amount % of.scale === 0;
}

/** The column that widths are counted in: cpus, or the first resource where there are no cpus. */
export function widthColumn(resources: ResourceCatalog): number {
  return Math.max(
    0,
    resources.findIndex(({ name }) => name === 'cpus'),
  );
}
