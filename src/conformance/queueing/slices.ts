import type { Time } from '../../base/time.ts';

/** Slices that a run is cut into at least; at twice as many neighbours are joined. */
const LEAST = 64;
const MOST = 2 * LEAST;

/** A column with one number a slice. */
export type SliceColumn = Float64Array;

/**
 * Cuts a run of unknown length into 64 to 128 slices of equal length: when the last column is full, neighbours are
 * joined and slices are twice as long from then on.
 */
export class Slices {
  #start: Time = Number.POSITIVE_INFINITY;
  #length: Time;
  #end: Time = Number.NEGATIVE_INFINITY;
  readonly #columns: SliceColumn[] = [];
  readonly #onJoin: (() => void)[] = [];

  /** @param length of a slice at first; whole microseconds, so that no end is lost to rounding. */
  constructor(length: Time) {
    this.#length = Math.max(1, Math.round(length));
  }

  /** Says when the first slice begins; what is earlier belongs to none. */
  begin(start: Time): void {
    this.#start = start;
  }

  /** The beginning of the first slice; later than everything while it is not known. */
  get start(): Time {
    return this.#start;
  }

  get length(): Time {
    return this.#length;
  }

  /** Slices that had ended at the last {@link close}. */
  get count(): number {
    return this.#end > this.#start ? Math.min(MOST, Math.floor((this.#end - this.#start) / this.#length)) : 0;
  }

  /** Says until when all is known: a slice that ends later is not complete. */
  close(time: Time): void {
    this.#end = time;
  }

  /** Opens a column of zeros; it is added up when slices are joined, unless it is only for the moment. */
  column(kept = true): SliceColumn {
    const column = new Float64Array(MOST);
    if (kept) this.#columns.push(column);
    return column;
  }

  onJoin(listener: () => void): void {
    this.#onJoin.push(listener);
  }

  /** Gives the slice that a time after the start belongs to. */
  at(time: Time): number {
    let slice = Math.floor((time - this.#start) / this.#length);
    for (; slice >= MOST; slice = Math.floor((time - this.#start) / this.#length)) this.#join();
    return slice;
  }

  /** When a slice ends. */
  endOf(slice: number): Time {
    return this.#start + (slice + 1) * this.#length;
  }

  #join(): void {
    this.#length *= 2;
    for (const column of this.#columns) {
      for (let i = 0; i < LEAST; i++) column[i] = column[2 * i]! + column[2 * i + 1]!;
      column.fill(0, LEAST);
    }
    for (const listener of this.#onJoin) listener();
  }
}
