import { grown } from '../../base/grow.ts';
import { type Estimate, SliceRatio } from './slice-ratio.ts';

/** Keeps values with the slice that each belongs to, for quantiles with a standard error. */
export class Sample {
  #values = new Float64Array(0);
  #slices = new Uint8Array(0);
  #count = 0;
  #sorted: Float64Array | null = null;

  add(slice: number, value: number): void {
    this.#values = grown(this.#values, this.#count + 1);
    this.#slices = grown(this.#slices, this.#count + 1);
    this.#values[this.#count] = value;
    this.#slices[this.#count++] = slice;
    this.#sorted = null;
  }

  /**
   * Gives the value below which a part `p` of the sample lies.
   *
   * The error is that of the part that lies below it, carried over to the values: half the distance between the
   * quantiles one such error above and below.
   */
  quantile(p: number): Estimate {
    this.#sorted ??= this.#values.slice(0, this.#count).sort();
    const value = this.#at(p);
    const below = new SliceRatio();
    for (let i = 0; i < this.#count; i++) below.add(this.#slices[i]!, this.#values[i]! <= value ? 1 : 0, 1);
    const { error } = below.estimate();
    return { value, error: (this.#at(Math.min(1, p + error)) - this.#at(Math.max(0, p - error))) / 2 };
  }

  /** Linear between the two nearest ranks. */
  #at(p: number): number {
    const rank = p * (this.#count - 1);
    const low = this.#sorted![Math.floor(rank)]!;
    return low + (rank - Math.floor(rank)) * (this.#sorted![Math.ceil(rank)]! - low);
  }
}
