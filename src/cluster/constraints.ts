import type { NodeGroup } from './node-table.ts';

/** What the attributes of a node must be: for each key one of the values. */
export type Constraint = Readonly<Record<string, readonly string[]>>;

/** The constraints of a run; row 0 is satisfied by every node. */
export class ConstraintTable {
  readonly #rows: Constraint[] = [{}];
  readonly #known = new Map<string, number>([['{}', 0]]);

  get count(): number {
    return this.#rows.length;
  }

  add(constraint: Constraint): number {
    const keys = Object.keys(constraint).sort();
    const text = JSON.stringify(keys.map((key) => [key, [...constraint[key]!].sort()]));
    if (keys.length === 0) return 0;
    let row = this.#known.get(text);
    if (row === undefined) {
      row = this.#rows.push(constraint) - 1;
      this.#known.set(text, row);
    }
    return row;
  }

  satisfies(group: NodeGroup, row: number): boolean {
    for (const [key, values] of Object.entries(this.#rows[row]!)) {
      const value = group.attributes[key];
      if (value === undefined || !values.includes(value)) return false;
    }
    return true;
  }

  describe(row: number): string {
    return Object.entries(this.#rows[row]!)
      .map(([key, values]) => `${key} ${values.join(' or ')}`)
      .join(', ');
  }
}
