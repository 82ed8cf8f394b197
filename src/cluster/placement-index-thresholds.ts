import type { Amount } from '../base/amounts.ts';

/** How many of the latest demands are remembered. */
const SAMPLE = 512;

/** How finely amounts may be told apart. */
export interface ThresholdLimits {
  /** Thresholds of one resource at most. */
  readonly each: number;
  /** Combinations of levels of all resources at most. */
  readonly combinations: number;
}

/**
 * Cuts amounts into levels at sizes that tasks demand: an amount's level is the number of thresholds it reaches.
 *
 * A node has what a demand of a threshold's size needs exactly if its level is at least the demand's; between
 * thresholds the level only rules nodes out. Which sizes are thresholds follows the demands seen lately.
 */
export class PlacementIndexThresholds {
  readonly resources: number;
  readonly #limits: ThresholdLimits;
  /** Ascending, one list a resource, none of them zero. */
  #values: Float64Array[];
  readonly #sample: Float64Array;
  #sampled = 0;
  #last = -1;

  constructor(resources: number, limits: ThresholdLimits) {
    this.resources = resources;
    this.#limits = limits;
    this.#values = Array.from({ length: resources }, () => new Float64Array(0));
    this.#sample = new Float64Array(SAMPLE * resources);
  }

  /** How many thresholds a resource has; its levels are 0 to this number. */
  count(resource: number): number {
    return this.#values[resource]!.length;
  }

  level(resource: number, amount: Amount): number {
    const values = this.#values[resource]!;
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[middle]! <= amount) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The same, found by steps from a level that is probably near. */
  levelFrom(resource: number, amount: Amount, near: number): number {
    const values = this.#values[resource]!;
    let level = near;
    while (level < values.length && values[level]! <= amount) level++;
    while (level > 0 && values[level - 1]! > amount) level--;
    return level;
  }

  /** Says whether every node of a demand's level has the amount: it is a threshold, or nothing. */
  isSure(resource: number, amount: Amount, level: number): boolean {
    return amount === 0 || (level > 0 && this.#values[resource]![level - 1] === amount);
  }

  /** Remembers a demand unless it repeats the one before: a job of a thousand like tasks counts once. */
  record(need: Float64Array): void {
    const { resources } = this;
    const sample = this.#sample;
    if (this.#last >= 0) {
      let r = 0;
      while (r < resources && sample[this.#last * resources + r] === need[r]) r++;
      if (r === resources) return;
    }
    this.#last = this.#last + 1 === SAMPLE ? 0 : this.#last + 1;
    for (let r = 0; r < resources; r++) sample[this.#last * resources + r] = need[r]!;
    if (this.#sampled < SAMPLE) this.#sampled++;
  }

  /** Chooses the thresholds anew from the demands remembered; gives true if any of them changed. */
  revise(): boolean {
    const sizes = Array.from({ length: this.resources }, (_, r) => this.#sizes(r));
    const distinct = sizes.map((list) => new Set(list).size);
    const most = this.#mostEach(distinct);
    const values = sizes.map((list, r) => (distinct[r]! <= most ? spread(list, list.length) : spread(list, most)));
    const same = values.every((list, r) => String(list) === String(this.#values[r]));
    this.#values = values;
    return !same;
  }

  /** The demands remembered for one resource but for zeros, ascending, repeats kept. */
  #sizes(resource: number): Float64Array {
    const sizes = new Float64Array(this.#sampled);
    let count = 0;
    for (let i = 0; i < this.#sampled; i++) {
      const amount = this.#sample[i * this.resources + resource]!;
      if (amount > 0) sizes[count++] = amount;
    }
    return sizes.subarray(0, count).sort();
  }

  /** The largest number of thresholds a resource may have so that the combinations keep their limit. */
  #mostEach(distinct: readonly number[]): number {
    let most = this.#limits.each;
    const combinations = () => distinct.reduce((product, count) => product * (Math.min(count, most) + 1), 1);
    while (most > 1 && combinations() > this.#limits.combinations) most--;
    return most;
  }
}

/** Takes `count` values at equal steps through a sorted list and gives the distinct ones. */
function spread(sorted: Float64Array, count: number): Float64Array {
  const chosen = new Set<number>();
  for (let i = 0; i < count; i++) chosen.add(sorted[Math.floor(((i + 0.5) * sorted.length) / count)]!);
  return Float64Array.from(chosen);
}
