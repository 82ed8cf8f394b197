import type { Amount } from '../base/amounts.ts';

/** How many of the latest demands are remembered. */
const SAMPLE = 512;

/** How many of them, and how many nodes, are compared to learn which resource is scarce. */
const PAIRED = 64;

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
  /** The thresholds of each resource, ascending, none of them zero; those of resource r begin at `starts[r]`. */
  #values = new Float64Array(0);
  #starts: Int32Array;
  readonly #sample: Float64Array;
  #sampled = 0;
  #last = -1;

  constructor(resources: number, limits: ThresholdLimits) {
    this.resources = resources;
    this.#limits = limits;
    this.#starts = new Int32Array(resources + 1);
    this.#sample = new Float64Array(SAMPLE * resources);
  }

  /** How many thresholds a resource has; its levels are 0 to this number. */
  count(resource: number): number {
    return this.#starts[resource + 1]! - this.#starts[resource]!;
  }

  /** Compares with every threshold: a search would guess at each step, and guesses that fail cost more. */
  level(resource: number, amount: Amount): number {
    const values = this.#values;
    const end = this.#starts[resource + 1]!;
    let level = 0;
    for (let at = this.#starts[resource]!; at < end; at++) level += +(values[at]! <= amount);
    return level;
  }

  /** Says whether every node of a demand's level has the amount: it is a threshold, or nothing. */
  isSure(resource: number, amount: Amount, level: number): boolean {
    return amount === 0 || (level > 0 && this.#values[this.#starts[resource]! + level - 1] === amount);
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

  /**
   * Chooses the thresholds anew from the demands remembered and what nodes have free (one column a resource, and more
   * where the stride `width` says so).
   *
   * @returns true if any of them changed.
   */
  revise(free: Float64Array, width = this.resources): boolean {
    const sizes = Array.from({ length: this.resources }, (_, r) => this.#sizes(r));
    const counts = this.#share(
      sizes.map((list) => Math.min(new Set(list).size, this.#limits.each)),
      sizes.map((_, r) => this.#scarcity(r, free, width)),
    );
    const lists = sizes.map((list, r) => spread(list, counts[r]!));
    const values = Float64Array.from(lists.flat());
    const starts = new Int32Array(this.resources + 1);
    for (const [r, list] of lists.entries()) starts[r + 1] = starts[r]! + list.length;
    const same = String(values) === String(this.#values) && String(starts) === String(this.#starts);
    this.#values = values;
    this.#starts = starts;
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

  /** How many pairs of a remembered demand and a node fail for want of the resource, over some pairs evenly chosen. */
  #scarcity(resource: number, free: Float64Array, width: number): number {
    const { resources } = this;
    const nodes = free.length / width;
    const demandStep = Math.ceil(this.#sampled / PAIRED);
    const nodeStep = Math.ceil(nodes / PAIRED);
    let short = 0;
    for (let i = 0; i < this.#sampled; i += demandStep) {
      const amount = this.#sample[i * resources + resource]!;
      for (let node = 0; node < nodes; node += nodeStep) if (free[node * width + resource]! < amount) short++;
    }
    return short;
  }

  /** Gives out thresholds one by one to the resource with most scarcity a level, as the combinations allow. */
  #share(most: readonly number[], scarcity: readonly number[]): number[] {
    const counts = most.map(() => 0);
    let combinations = 1;
    for (;;) {
      let chosen = -1;
      for (let r = 0; r < counts.length; r++) {
        const next = (combinations / (counts[r]! + 1)) * (counts[r]! + 2);
        if (counts[r] === most[r] || scarcity[r] === 0 || next > this.#limits.combinations) continue;
        if (chosen < 0 || scarcity[r]! / (counts[r]! + 1) > scarcity[chosen]! / (counts[chosen]! + 1)) chosen = r;
      }
      if (chosen < 0) return counts;
      counts[chosen] = counts[chosen]! + 1;
      combinations = counts.reduce((product, count) => product * (count + 1), 1);
    }
  }
}

/** Takes `count` values from a sorted list and gives the distinct ones: all there are, or at equal steps through it. */
function spread(sorted: Float64Array, count: number): number[] {
  const all = [...new Set(sorted)];
  if (all.length <= count) return all;
  const chosen = new Set<number>();
  for (let i = 0; i < count; i++) chosen.add(sorted[Math.floor(((i + 0.5) * sorted.length) / count)]!);
  return [...chosen];
}
