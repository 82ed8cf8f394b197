import { grown } from '../../base/grow.ts';
import { type Control, type Estimate, SliceRatio } from './slice-ratio.ts';
import type { Slices } from './slices.ts';

/** Keeps values with the slice that each belongs to, for quantiles with a standard error. */
export class Sample {
  readonly #slices: Slices;
  #values = new Float64Array(0);
  #sliceOf = new Uint8Array(0);
  #count = 0;
  /** The values of complete slices in order; null when it is not known. */
  #sorted: Float64Array | null = null;

  constructor(slices: Slices) {
    this.#slices = slices;
    slices.onJoin(() => {
      for (let i = 0; i < this.#count; i++) this.#sliceOf[i] = this.#sliceOf[i]! >> 1;
    });
  }

  add(slice: number, value: number): void {
    if (this.#count === this.#values.length) {
      this.#values = grown(this.#values, this.#count + 1);
      this.#sliceOf = grown(this.#sliceOf, this.#values.length);
    }
    this.#values[this.#count] = value;
    this.#sliceOf[this.#count++] = slice;
    this.#sorted = null;
  }

  /**
   * Gives the value below which a part `p` of all values lies.
   *
   * The part that lies below the sample's own quantile is an ordinary mean; its adjustment and its error are carried
   * over to the values along the sorted sample.
   */
  quantile(p: number, controls: readonly Control[]): Estimate {
    this.#sorted ??= this.#sort();
    const own = this.#at(p);
    const below = new SliceRatio(this.#slices, false);
    for (let i = 0; i < this.#count; i++) below.add(this.#sliceOf[i]!, this.#values[i]! <= own ? 1 : 0, 1);
    const part = below.estimate(controls);
    const rank = p + (p - part.value);
    return { value: this.#at(rank), error: (this.#at(rank + part.error) - this.#at(rank - part.error)) / 2 };
  }

  #sort(): Float64Array {
    const { count } = this.#slices;
    const sorted = new Float64Array(this.#count);
    let size = 0;
    for (let i = 0; i < this.#count; i++) if (this.#sliceOf[i]! < count) sorted[size++] = this.#values[i]!;
    return sorted.subarray(0, size).sort();
  }

  /** Linear between the two nearest ranks. */
  #at(p: number): number {
    const sorted = this.#sorted!;
    const rank = Math.min(1, Math.max(0, p)) * (sorted.length - 1);
    const low = sorted[Math.floor(rank)]!;
    return low + (rank - Math.floor(rank)) * (sorted[Math.ceil(rank)]! - low);
  }
}
