/** Lanes `from` to `to - 1`. */
export type LaneRange = readonly [from: number, to: number];

/** The free ones among numbered lanes, as ranges in order that neither overlap nor touch. */
export class FreeLanes {
  readonly #from: number[];
  readonly #to: number[];

  constructor(lanes: number) {
    this.#from = lanes > 0 ? [0] : [];
    this.#to = lanes > 0 ? [lanes] : [];
  }

  /** Takes so many lanes: the first range that has them all, else from the first range on; null if there are too few. */
  take(lanes: number): LaneRange[] | null {
    const from = this.#from;
    const to = this.#to;
    const whole = from.findIndex((start, i) => to[i]! - start >= lanes);
    if (whole >= 0) return [this.#cut(whole, lanes)];
    const free = from.reduce((sum, start, i) => sum + to[i]! - start, 0);
    if (free < lanes) return null;
    const taken: LaneRange[] = [];
    for (let left = lanes; left > 0; ) {
      const range = this.#cut(0, Math.min(left, to[0]! - from[0]!));
      left -= range[1] - range[0];
      taken.push(range);
    }
    return taken;
  }

  give([from, to]: LaneRange): void {
    let i = this.#from.findIndex((start) => start > from);
    if (i < 0) i = this.#from.length;
    const joinsBefore = i > 0 && this.#to[i - 1] === from;
    const joinsAfter = i < this.#from.length && this.#from[i] === to;
    if (joinsBefore && joinsAfter) {
      this.#to[i - 1] = this.#to[i]!;
      this.#from.splice(i, 1);
      this.#to.splice(i, 1);
    } else if (joinsBefore) this.#to[i - 1] = to;
    else if (joinsAfter) this.#from[i] = from;
    else {
      this.#from.splice(i, 0, from);
      this.#to.splice(i, 0, to);
    }
  }

  #cut(i: number, lanes: number): LaneRange {
    const start = this.#from[i]!;
    const end = start + lanes;
    if (end === this.#to[i]) {
      this.#from.splice(i, 1);
      this.#to.splice(i, 1);
    } else this.#from[i] = end;
    return [start, end];
  }
}
