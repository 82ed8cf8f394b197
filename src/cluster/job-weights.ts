/**
 * The weights of a run's jobs; row 0 stands for the one that follows from the priority.
 *
 * Jobs keep a row: weights are few, and what jobs keep of their own is laid out to the byte.
 */
export class JobWeights {
  readonly #rows: number[] = [Number.NaN];
  readonly #known = new Map<number, number>();

  add(weight: number): number {
    let row = this.#known.get(weight);
    if (row === undefined) {
      row = this.#rows.push(weight) - 1;
      this.#known.set(weight, row);
    }
    return row;
  }

  /** Gives the row of a weight for a job of this priority: 0 where it follows from that anyway. */
  rowFor(weight: number, priority: number): number {
    return weight === derivedWeight(priority) ? 0 : this.add(weight);
  }

  of(row: number, priority: number): number {
    return row === 0 ? derivedWeight(priority) : this.#rows[row]!;
  }
}

/** The weight of a job that states none: complexity x (1 + priority), where a priority below zero counts as zero. */
export function derivedWeight(priority: number, complexity = 1): number {
  return complexity * (1 + Math.max(0, priority));
}
