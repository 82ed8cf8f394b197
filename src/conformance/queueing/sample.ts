import { grown } from '../../base/grow.ts';
import { type Control, type Estimate, SliceRatio } from './slice-ratio.ts';

/** Keeps values with the slice that each belongs to, for quantiles with a standard error. */
export class Sample {
  #values = new Float64Array(0);
  #slices = new Uint8Array(0);
  #count = 0;
  #sorted: Float64Array | null = null;

  add(slice: number, value: number): void {
    if (this.#count === this.#values.length) {
      this.#values = grown(this.#values, this.#count + 1);
      this.#slices = grown(this.#slices, this.#values.length);
    }
    this.#values[this.#count] = value;
    this.#slices[this.#count++] = slice;
    this.#sorted = null;
  }

  /**
   * Gives the value below which a part `p` of all values lies.
   *
   * The part that lies below the sample's own quantile is an ordinary mean; its adjustment and its error are carried
   * over to the values along the sorted sample.
   */
  quantile(p: number, controls: readonly Control[]): Estimate {
    this.#sorted ??= this.#values.slice(0, this.#count).sort();
    const own = this.#at(p);
    const below = new SliceRatio();
    for (let i = 0; i < this.#count; i++) below.add(this.#slices[i]!, this.#values[i]! <= own ? 1 : 0, 1);
    const part = below.estimate(controls);
    const rank = p + (p - part.value);
    return { value: this.#at(rank), error: (this.#at(rank + part.error) - this.#at(rank - part.error)) / 2 };
  }

  /** Linear between the two nearest ranks. */
  #at(p: number): number {
    const rank = Math.min(1, Math.max(0, p)) * (this.#count - 1);
    const low = this.#sorted![Math.floor(rank)]!;
    return low + (rank - Math.floor(rank)) * (this.#sorted![Math.ceil(rank)]! - low);
  }
}
