import { grown } from '../base/grow.ts';

/** Values below this count as zero: less than a microsecond in seconds. */
const LEAST = 1e-9;

/**
 * Counts values in buckets that grow geometrically, so that any quantile is known to within a relative error and two
 * sketches can be merged exactly.
 *
 * Bucket i holds the values in (base^(i-1), base^i] with base = (1 + error) / (1 - error). The buckets lie in one
 * column from the least to the greatest in use: 24 decades at 1 % are 2,763 of them.
 *
 * @see Masson, Rim and Lee, DDSketch, PVLDB 12(12), 2019, section 2
 */
export class DDSketch {
  readonly error: number;
  count = 0;
  readonly #logBase: number;
  #zeros = 0;
  #buckets = new Float64Array(0);
  /** Index of the first bucket in the column. */
  #first = 0;

  constructor(error = 0.01) {
    this.error = error;
    this.#logBase = Math.log((1 + error) / (1 - error));
  }

  /** @throws RangeError if the value is below zero or no finite number. */
  add(value: number): void {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`a sketch cannot hold ${value}`);
    this.count++;
    if (value < LEAST) {
      this.#zeros++;
      return;
    }
    const index = Math.ceil(Math.log(value) / this.#logBase);
    this.#cover(index, index);
    this.#buckets[index - this.#first] = this.#buckets[index - this.#first]! + 1;
  }

  /**
   * Adds all that another sketch holds.
   *
   * @throws RangeError if their errors differ.
   */
  merge(other: DDSketch): void {
    if (other.error !== this.error) throw new RangeError(`errors differ: ${this.error} and ${other.error}`);
    this.count += other.count;
    this.#zeros += other.#zeros;
    if (other.#buckets.length === 0) return;
    this.#cover(other.#first, other.#first + other.#buckets.length - 1);
    const shift = other.#first - this.#first;
    for (let i = 0; i < other.#buckets.length; i++) {
      this.#buckets[i + shift] = this.#buckets[i + shift]! + other.#buckets[i]!;
    }
  }

  /** Gives a number within `error` of the value of rank floor(q (count - 1)), ranks from 0; NaN for an empty sketch. */
  quantile(q: number): number {
    if (this.count === 0) return Number.NaN;
    const rank = Math.floor(q * (this.count - 1));
    let passed = this.#zeros;
    if (passed > rank) return 0;
    let i = 0;
    for (; i < this.#buckets.length - 1; i++) {
      passed += this.#buckets[i]!;
      if (passed > rank) break;
    }
    // 2 base^i / (base + 1): equally far, in proportion, from both ends of the bucket.
    return (2 * Math.exp((i + this.#first) * this.#logBase)) / (Math.exp(this.#logBase) + 1);
  }

  /** Gives every bucket above zero that holds something: a value within `error` of all in it, and how many there are. */
  forEach(visit: (value: number, count: number) => void): void {
    const base = Math.exp(this.#logBase);
    for (const [i, count] of this.#buckets.entries()) {
      if (count > 0) visit((2 * Math.exp((i + this.#first) * this.#logBase)) / (base + 1), count);
    }
  }

  /** Makes the column hold the buckets from `from` to `to`. */
  #cover(from: number, to: number): void {
    const length = this.#buckets.length;
    if (length === 0) this.#first = from;
    const last = this.#first + length - 1;
    if (from >= this.#first && to <= last) return;
    if (from >= this.#first) {
      this.#buckets = grown(this.#buckets, to - this.#first + 1);
      return;
    }
    // Room below grows by half the column, so that falling values do not copy it each time.
    const first = from - (length >> 1);
    const buckets = new Float64Array(Math.max(last, to) - first + 1);
    buckets.set(this.#buckets, this.#first - first);
    this.#buckets = buckets;
    this.#first = first;
  }
}
