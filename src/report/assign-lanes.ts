import { FreeLanes, type LaneRange } from './free-lanes.ts';

/** Stretches of running on one node. */
export interface Stretches {
  /** Rows in order of start. */
  readonly rows: Int32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** How many lanes each row takes. */
  readonly widths: Float64Array;
}

/**
 * Gives each stretch lanes of its own while it runs: the lowest ones, in one range where there is one wide enough.
 *
 * What ends at an instant leaves its lanes to what starts then. Rows without length or width get none.
 *
 * @returns false if there are too few lanes.
 */
export function assignLanes(
  { rows, starts, ends, widths }: Stretches,
  lanes: number,
  place: (row: number, range: LaneRange) => void,
): boolean {
  const free = new FreeLanes(lanes);
  const running = new EndQueue();
  for (const row of rows) {
    const start = starts[row]!;
    if (!(ends[row]! > start) || !(widths[row]! > 0)) continue;
    while (running.count > 0 && running.least <= start) for (const range of running.pop()) free.give(range);
    const taken = free.take(widths[row]!);
    if (taken === null) return false;
    running.push(ends[row]!, taken);
    for (const range of taken) place(row, range);
  }
  return true;
}

/** Gives how many stretches run at once, at most. */
export function mostAtOnce({ rows, starts, ends }: Omit<Stretches, 'widths'>): number {
  const from = Float64Array.from(
    [...rows].filter((row) => ends[row]! > starts[row]!),
    (row) => starts[row]!,
  );
  const to = Float64Array.from(
    [...rows].filter((row) => ends[row]! > starts[row]!),
    (row) => ends[row]!,
  ).sort();
  let most = 0;
  let over = 0;
  for (let i = 0; i < from.length; i++) {
    while (to[over]! <= from[i]!) over++;
    most = Math.max(most, i + 1 - over);
  }
  return most;
}

/** What runs, by end: a binary heap. */
class EndQueue {
  readonly #ends: number[] = [];
  readonly #ranges: (readonly LaneRange[])[] = [];

  get count(): number {
    return this.#ends.length;
  }

  get least(): number {
    return this.#ends[0]!;
  }

  push(end: number, ranges: readonly LaneRange[]): void {
    let at = this.#ends.length;
    for (let up = (at - 1) >> 1; at > 0 && this.#ends[up]! > end; up = (at - 1) >> 1) {
      this.#set(at, this.#ends[up]!, this.#ranges[up]!);
      at = up;
    }
    this.#set(at, end, ranges);
  }

  pop(): readonly LaneRange[] {
    const top = this.#ranges[0]!;
    const end = this.#ends.pop()!;
    const ranges = this.#ranges.pop()!;
    if (this.#ends.length > 0) this.#sink(end, ranges);
    return top;
  }

  #sink(end: number, ranges: readonly LaneRange[]): void {
    const count = this.#ends.length;
    let at = 0;
    for (let down = 1; down < count; down = 2 * at + 1) {
      if (down + 1 < count && this.#ends[down + 1]! < this.#ends[down]!) down++;
      if (this.#ends[down]! >= end) break;
      this.#set(at, this.#ends[down]!, this.#ranges[down]!);
      at = down;
    }
    this.#set(at, end, ranges);
  }

  #set(at: number, end: number, ranges: readonly LaneRange[]): void {
    this.#ends[at] = end;
    this.#ranges[at] = ranges;
  }
}
