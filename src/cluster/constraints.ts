import { describeRequirement, meets, type NodeRequirement } from '../base/node-requirement.ts';
import type { NodeGroup } from './node-table.ts';

/** What the attributes of a node must be: for each key one of the values. */
export type Constraint = Readonly<Record<string, readonly string[]>>;

/** How fast work goes on nodes whose attributes have these values, by attribute and value; 1 on all others. */
export type Speeds = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What the nodes must be for those that carry the row. */
interface Row {
  readonly constraint: Constraint;
  readonly speeds: Speeds;
  readonly requirements: readonly NodeRequirement[];
}

/**
 * The constraints of a run, each with the speeds of those that it holds for; row 0 is satisfied by every node, at speed 1.
 *
 * Where the speed is zero a node does not satisfy the row.
 */
export class ConstraintTable {
  readonly #rows: Row[] = [{ constraint: {}, speeds: {}, requirements: [] }];
  readonly #known = new Map<string, number>();
  #hasSpeeds = false;

  get count(): number {
    return this.#rows.length;
  }

  /** True if some work goes faster on one node than on another. */
  get hasSpeeds(): boolean {
    return this.#hasSpeeds;
  }

  add(constraint: Constraint, speeds: Speeds = {}, requirements: readonly NodeRequirement[] = []): number {
    const keys = Object.keys(constraint).sort();
    const by = Object.keys(speeds).sort();
    if (keys.length === 0 && by.length === 0 && requirements.length === 0) return 0;
    const text = JSON.stringify([
      keys.map((key) => [key, [...constraint[key]!].sort()]),
      by.map((key) => [key, Object.entries(speeds[key]!).sort(([a], [b]) => (a < b ? -1 : 1))]),
      requirements.map(({ attribute, must, values }) => JSON.stringify([attribute, must, [...values].sort()])).sort(),
    ]);
    let row = this.#known.get(text);
    if (row === undefined) {
      row = this.#rows.push({ constraint, speeds, requirements }) - 1;
      this.#known.set(text, row);
    }
    if (by.length > 0) this.#hasSpeeds = true;
    return row;
  }

  /** What the nodes must be, and how fast work goes on them, for one row. */
  row(row: number): Row {
    return this.#rows[row]!;
  }

  satisfies(group: NodeGroup, row: number): boolean {
    return this.#allows(group, row) && this.speed(group, row) > 0;
  }

  /** How fast work of the row goes on a node of the group: the speeds of several attributes multiply. */
  speed({ attributes }: NodeGroup, row: number): number {
    let speed = 1;
    for (const [key, values] of Object.entries(this.#rows[row]!.speeds)) {
      const value = attributes[key];
      if (value !== undefined && Object.hasOwn(values, value)) speed *= values[value]!;
    }
    return speed;
  }

  describe(row: number): string {
    const { constraint, speeds, requirements } = this.#rows[row]!;
    const wanted = Object.entries(constraint).map(([key, values]) => `${key} ${values.join(' or ')}`);
    const by = Object.keys(speeds);
    const more = requirements.map(describeRequirement);
    return [...wanted, ...more, ...(by.length > 0 ? [`a speed above 0 by ${by.join(' and ')}`] : [])].join(', ');
  }

  #allows(group: NodeGroup, row: number): boolean {
    const { constraint, requirements } = this.#rows[row]!;
    for (const [key, values] of Object.entries(constraint)) {
      const value = group.attributes[key];
      if (value === undefined || !values.includes(value)) return false;
    }
    return requirements.every((requirement) => meets(requirement, group.attributes));
  }
}
