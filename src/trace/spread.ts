import { Sum } from '../base/sum.ts';
import { DDSketch } from '../metrics/dd-sketch.ts';

/** How values of one kind are spread. */
export interface SpreadSummary {
  readonly count: number;
  readonly mean: number | null;
  readonly min: number | null;
  readonly p5: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  /** How many values lie in each of equal steps of their logarithm between the least above zero and the greatest. */
  readonly histogram: readonly number[];
  /** Values of zero, which have no logarithm. */
  readonly zeros: number;
}

/** Columns of a histogram; one character each on a terminal. */
const STEPS = 20;

/** Different values that are counted one by one; of more, percentiles come from a sketch. */
const DISTINCT = 4_096;

/** Collects values of zero or more in bounded memory; percentiles of very many different ones are within 1 %, all else is exact. */
export class Spread {
  /** How often each value was seen; null once there are too many. */
  #counts: Map<number, number> | null = new Map();
  readonly #sketch = new DDSketch();
  readonly #sum = new Sum();
  #min = Number.POSITIVE_INFINITY;
  #leastAboveZero = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #zeros = 0;

  add(value: number): void {
    this.#sketch.add(value);
    this.#sum.add(value);
    this.#counts?.set(value, (this.#counts.get(value) ?? 0) + 1);
    if (this.#counts !== null && this.#counts.size > DISTINCT) this.#counts = null;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (value === 0) this.#zeros++;
    else if (value < this.#leastAboveZero) this.#leastAboveZero = value;
  }

  get count(): number {
    return this.#sketch.count;
  }

  get total(): number {
    return this.#sum.value;
  }

  summary(): SpreadSummary {
    const { count } = this;
    const of = (value: number) => (count === 0 ? null : value);
    const ranked = this.#counts && [...this.#counts].sort(([a], [b]) => a - b);
    const quantile = (q: number) => {
      if (count === 0) return null;
      if (ranked !== null) return valueOfRank(ranked, Math.floor(q * (count - 1)));
      return Math.min(this.#max, Math.max(this.#min, this.#sketch.quantile(q)));
    };
    return {
      count,
      mean: of(this.#sum.value / count),
      min: of(this.#min),
      p5: quantile(0.05),
      p50: quantile(0.5),
      p95: quantile(0.95),
      p99: quantile(0.99),
      max: of(this.#max),
      histogram: this.#histogram(),
      zeros: this.#zeros,
    };
  }

  #histogram(): number[] {
    const counts = new Array<number>(STEPS).fill(0);
    const [low, high] = [Math.log(this.#leastAboveZero), Math.log(this.#max)];
    const above = this.count - this.#zeros;
    if (above <= 0 || !(high > low)) {
      if (above > 0) counts[0] = above;
      return counts;
    }
    this.#sketch.forEach((value, times) => {
      const step = Math.floor(((Math.log(value) - low) / (high - low)) * STEPS);
      counts[Math.max(0, Math.min(STEPS - 1, step))]! += times;
    });
    return counts;
  }
}

function valueOfRank(counts: readonly (readonly [value: number, count: number])[], rank: number): number {
  let passed = 0;
  for (const [value, count] of counts) {
    passed += count;
    if (passed > rank) return value;
  }
  return Number.NaN;
}
