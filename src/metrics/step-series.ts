import { grown } from '../base/grow.ts';
import { SECOND, type Time } from '../base/time.ts';

/**
 * Several step functions of time in bounded memory.
 *
 * While there are at most `limit` instants of change, each is a row. Then rows become bins of equal width, which hold
 * time averages; the width is a power of two times a second and doubles, pairs of bins becoming one, each time the
 * bins are used up. So a long run is always covered by `limit / 2` to `limit` bins.
 */
export class StepSeries {
  /** Rows in use. */
  count = 0;
  /** A double from the start: fields that begin with 0 hold small integers, and what knew them is compiled anew. */
  #width: Time = -0;
  readonly #columns: number;
  readonly #limit: number;
  #times = new Float64Array(0);
  #rows = new Float64Array(0);
  readonly #value: Float64Array;
  #end = Number.NaN;

  // Of the bin being filled: when it ends, and the integral of each column up to `#since`.
  #binEnd = Number.POSITIVE_INFINITY;
  readonly #sum: Float64Array;
  readonly #since: Float64Array;

  /** @param limit even. */
  constructor(columns: number, limit = 4_096) {
    this.#columns = columns;
    this.#limit = limit;
    this.#value = new Float64Array(columns);
    this.#sum = new Float64Array(columns);
    this.#since = new Float64Array(columns);
  }

  /** Width of a bin in microseconds; zero while each row is an instant of change. */
  get width(): Time {
    return 0 + this.#width;
  }

  /** From `time` on the column has this value; times never fall. */
  set(column: number, value: number, time: Time): void {
    if (value === this.#value[column]) return;
    if (this.#width === 0 && this.#needsRow(time)) {
      if (this.count === this.#limit) this.#toBins(time);
      else this.#append(time);
    }
    if (this.#width === 0) this.#rows[(this.count - 1) * this.#columns + column] = value;
    else this.#settle(column, time);
    this.#value[column] = value;
  }

  /** Ends the series; a bin that is only begun holds the average over its part. */
  finish(time: Time): void {
    this.#end = time;
    if (this.#width === 0) {
      if (this.count > 0 && this.#needsRow(time)) this.#append(time);
      return;
    }
    this.#closeBins(time);
    const begun = this.time(this.count);
    if (time > begun) this.#closeBin(begun, time);
  }

  /** When a row begins. */
  time(row: number): Time {
    return this.#width === 0 ? this.#times[row]! : this.#times[0]! + row * this.#width;
  }

  value(row: number, column: number): number {
    return this.#rows[row * this.#columns + column]!;
  }

  /** Gives the time averages of a column over `buckets` equal parts of the series; empty for one without length. */
  means(column: number, buckets: number): number[] {
    const start = this.count === 0 ? Number.NaN : this.time(0);
    const width = (this.#end - start) / buckets;
    if (!(width > 0)) return [];
    const means = new Array<number>(buckets).fill(0);
    let bucket = 0;
    for (let row = 0; row < this.count; row++) {
      const until = row + 1 < this.count ? this.time(row + 1) : this.#end;
      let from = this.time(row);
      while (from < until && bucket < buckets) {
        const edge = bucket === buckets - 1 ? this.#end : start + (bucket + 1) * width;
        const to = Math.min(until, edge);
        means[bucket] = means[bucket]! + this.value(row, column) * ((to - from) / width);
        from = to;
        if (to === edge) bucket++;
      }
    }
    return means;
  }

  #needsRow(time: Time): boolean {
    return this.count === 0 || time > this.#times[this.count - 1]!;
  }

  #append(time: Time): void {
    this.#times = grown(this.#times, this.count + 1);
    this.#rows = grown(this.#rows, (this.count + 1) * this.#columns);
    this.#times[this.count] = time;
    this.#rows.set(this.#value, this.count * this.#columns);
    this.count++;
  }

  /** Turns the rows into bins by playing them again. */
  #toBins(time: Time): void {
    const times = this.#times;
    const rows = this.#rows.slice();
    const instants = this.count;
    const span = time - times[0]!;
    this.#width = SECOND;
    while (span / this.#width >= this.#limit) this.#width *= 2;
    while (span / (this.#width / 2) < this.#limit) this.#width /= 2;
    this.count = 0;
    this.#binEnd = this.time(1);
    this.#value.fill(0);
    this.#since.fill(times[0]!);
    for (let row = 0; row < instants; row++) {
      for (let column = 0; column < this.#columns; column++) {
        const value = rows[row * this.#columns + column]!;
        if (value !== this.#value[column]) this.#settle(column, times[row]!);
        this.#value[column] = value;
      }
    }
  }

  /** Adds what the column was since it last changed to the bins. */
  #settle(column: number, time: Time): void {
    if (time >= this.#binEnd) this.#closeBins(time);
    this.#sum[column] = this.#sum[column]! + this.#value[column]! * (time - this.#since[column]!);
    this.#since[column] = time;
  }

  #closeBins(time: Time): void {
    while (time >= this.#binEnd) {
      this.#closeBin(this.time(this.count), this.#binEnd);
      if (this.count === this.#limit) this.#halve();
      this.#binEnd = this.time(this.count + 1);
    }
  }

  #closeBin(start: Time, end: Time): void {
    const at = this.count * this.#columns;
    for (let column = 0; column < this.#columns; column++) {
      const rest = this.#value[column]! * (end - this.#since[column]!);
      this.#rows[at + column] = (this.#sum[column]! + rest) / (end - start);
      this.#sum[column] = 0;
      this.#since[column] = end;
    }
    this.count++;
  }

  #halve(): void {
    const columns = this.#columns;
    for (let row = 0; row < this.#limit / 2; row++) {
      for (let column = 0; column < columns; column++) {
        const pair = 2 * row * columns + column;
        this.#rows[row * columns + column] = (this.#rows[pair]! + this.#rows[pair + columns]!) / 2;
      }
    }
    this.#width *= 2;
    this.count = this.#limit / 2;
  }
}
