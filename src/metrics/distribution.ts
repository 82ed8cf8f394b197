import { Sum } from '../base/sum.ts';
import { DDSketch } from './dd-sketch.ts';
import { valuesOfRanks } from './ranks.ts';

/** What is reported of a distribution, in the order of {@link Distribution.summary}. */
export const SUMMARY = ['mean', 'p50', 'p95', 'p99', 'max'] as const;

const PERCENTS = [50, 95, 99];

/**
 * Mean, percentiles and maximum of values of zero or more, which come in one block or in several.
 *
 * Percentiles of one block are exact (type 7: linear between the two nearest ranks); those of several come from a
 * sketch with 1 % relative error. Mean and maximum are always exact.
 *
 * @see Hyndman and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50(4), 1996, definition 7
 */
export class Distribution {
  count = 0;
  readonly #sum = new Sum();
  #max = Number.NEGATIVE_INFINITY;
  #percentiles: readonly number[] = [];
  #sketch: DDSketch | undefined;

  /**
   * Takes `values[from..to-1]`; their order is lost.
   *
   * @param only true if this is the only block.
   */
  take(values: Float64Array, from: number, to: number, only: boolean): void {
    this.#sum.addAll(values, from, to);
    this.#max = Math.max(this.#max, greatest(values, from, to));
    this.count += to - from;
    if (from === to) return;
    if (only) {
      this.#percentiles = percentiles(values, from, to);
      return;
    }
    this.#sketch ??= new DDSketch();
    for (let i = from; i < to; i++) this.#sketch.add(values[i]!);
  }

  /** Adds all values of another distribution that is a sketch. */
  join(other: Distribution): void {
    this.count += other.count;
    this.#sum.add(other.#sum.value);
    this.#max = Math.max(this.#max, other.#max);
    this.#sketch ??= new DDSketch();
    this.#sketch.merge(other.#sketch!);
  }

  /** How the percentiles are approximate; undefined if they are exact. */
  get approximate(): string | undefined {
    return this.#sketch && 'sketch, 1 % relative error';
  }

  /** Gives mean, p50, p95, p99 and max; all null where there are no values. */
  summary(): (number | null)[] {
    if (this.count === 0) return SUMMARY.map(() => null);
    const sketch = this.#sketch;
    const middle = sketch ? PERCENTS.map((p) => Math.min(sketch.quantile(p / 100), this.#max)) : this.#percentiles;
    return [this.#sum.value / this.count, ...middle, this.#max];
  }
}

function greatest(values: Float64Array, from: number, to: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) if (values[i]! > max) max = values[i]!;
  return max;
}

function percentiles(values: Float64Array, from: number, to: number): number[] {
  const last = to - from - 1;
  const ranks = PERCENTS.flatMap((p) => [Math.floor((p * last) / 100), Math.ceil((p * last) / 100)]);
  const found = valuesOfRanks(values, from, to, ranks);
  return PERCENTS.map((p, i) => {
    const low = found[2 * i]!;
    const high = found[2 * i + 1]!;
    // The remainder of whole numbers is exact; the fraction of 0.99 x last would not be.
    return low + (((p * last) % 100) / 100) * (high - low);
  });
}
