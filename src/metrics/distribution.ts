import { grown } from '../base/grow.ts';
import { Sum } from '../base/sum.ts';
import { DDSketch } from './dd-sketch.ts';
import { select } from './select.ts';

/** How many more values may be kept one by one; distributions may share one. */
export interface Room {
  left: number;
}

/** How many values are kept one by one before a sketch takes their place. */
export const EXACT_VALUES = 1_000_000;

/** What is reported of a distribution, in the order of {@link Distribution.summary}. */
export const SUMMARY = ['mean', 'p50', 'p95', 'p99', 'max'] as const;

const QUANTILES = [0.5, 0.95, 0.99];

/**
 * Mean, percentiles and maximum of values of zero or more.
 *
 * Percentiles are exact (type 7: linear between the two nearest ranks) while there is room to keep each value; when
 * there is none, the values move into a sketch with 1 % relative error and their room is given back. Mean and maximum
 * are always exact.
 *
 * @see Hyndman and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50(4), 1996, definition 7
 */
export class Distribution {
  count = 0;
  readonly #room: Room;
  readonly #sum = new Sum();
  #max = 0;
  #values = new Float64Array(0);
  #sketch: DDSketch | undefined;
  /** The last summary and how many values it is of. */
  #summary: readonly (number | null)[] = SUMMARY.map(() => null);
  #summarized = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  add(value: number): void {
    if (value > this.#max) this.#max = value;
    this.#sum.add(value);
    if (this.#sketch === undefined && this.#room.left <= 0) this.#toSketch();
    if (this.#sketch === undefined) {
      if (this.count === this.#values.length) this.#values = grown(this.#values, this.count + 1);
      this.#values[this.count] = value;
      this.#room.left--;
    } else {
      this.#sketch.add(value);
    }
    this.count++;
  }

  /** How the percentiles are approximate; undefined while they are exact. */
  get approximate(): string | undefined {
    return this.#sketch && 'sketch, 1 % relative error';
  }

  /** Gives mean, p50, p95, p99 and max; all null where there are no values. */
  summary(): readonly (number | null)[] {
    if (this.#summarized !== this.count) {
      this.#summary = [this.#sum.value / this.count, ...this.#percentiles(), this.#max];
      this.#summarized = this.count;
    }
    return this.#summary;
  }

  #percentiles(): number[] {
    const sketch = this.#sketch;
    if (sketch !== undefined) return QUANTILES.map((q) => Math.min(sketch.quantile(q), this.#max));
    const values = this.#values;
    const last = this.count - 1;
    let from = 0;
    return QUANTILES.map((q) => {
      const rank = q * last;
      const below = Math.floor(rank);
      // Each search leaves the larger values behind it, so the next one need not look at the smaller ones again.
      const low = select(values, below, from, last);
      from = below;
      if (rank === below) return low;
      const high = select(values, below + 1, below + 1, last);
      return low + (rank - below) * (high - low);
    });
  }

  #toSketch(): void {
    this.#sketch = new DDSketch();
    for (let i = 0; i < this.count; i++) this.#sketch.add(this.#values[i]!);
    this.#room.left += this.count;
    this.#values = new Float64Array(0);
  }
}
