import type { Random } from '../../../base/random.ts';
import { ClientTree } from './client-tree.ts';
import type { SorterClient } from './sorter.ts';
import type { TreeNode } from './tree-node.ts';
import { weightedShuffle } from './weighted-shuffle.ts';

/**
 * Sorts at random, by relative weights: each sort is a fresh permutation, whatever anyone holds.
 *
 * The relative weight of a leaf is the product down its path of weight over the weights of all siblings that have an
 * active leaf at or below them.
 *
 * @see Mesos, src/master/allocator/mesos/sorter/random/sorter.cpp
 */
export class RandomSorter<Payload> extends ClientTree<Payload> {
  readonly #random: Random;
  #leaves: TreeNode<Payload>[] = [];
  #weights: number[] = [];
  #isStale = true;

  constructor(random: Random) {
    super();
    this.#random = random;
  }

  sort(): readonly SorterClient<Payload>[] {
    this.#refresh();
    return weightedShuffle(this.#weights, this.#random).map((i) => this.#leaves[i]!);
  }

  /** Gives each active client with its weight; the weights sum to 1. */
  relativeWeights(): { readonly client: SorterClient<Payload>; readonly weight: number }[] {
    this.#refresh();
    return this.#leaves.map((client, i) => ({ client, weight: this.#weights[i]! }));
  }

  protected override restructured(): void {
    this.#isStale = true;
  }

  #refresh(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#leaves = [];
    this.#weights = [];
    this.#weigh(this.root, 1);
  }

  #weigh(parent: TreeNode<Payload>, weight: number): void {
    const active = parent.listed.filter(hasActiveLeaf);
    const sum = active.reduce((total, at) => total + at.weight, 0);
    for (const at of active) {
      const relative = (weight * at.weight) / sum;
      if (!at.isLeaf) this.#weigh(at, relative);
      else {
        this.#leaves.push(at);
        this.#weights.push(relative);
      }
    }
  }
}

function hasActiveLeaf<Payload>(at: TreeNode<Payload>): boolean {
  return at.isLeaf ? at.isActive : at.listed.some(hasActiveLeaf);
}
