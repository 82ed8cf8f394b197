import { NONE, type NodeId, type TaskId } from '../../base/ids.ts';
import type { Random } from '../../base/random.ts';
import { PlacementIndexBits } from '../../cluster/placement-index-bits.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { Placement, PlacementDefinition } from './placement.ts';

/** How often a node is drawn from all nodes before those that fit are counted. */
const BLIND_DRAWS = 8;

/**
 * Places a task on a node drawn uniformly from those where it fits.
 *
 * The draws are part of the policy. Up to eight numbers u name the node floor(u x nodes); the first that fits is taken
 * and the rest are not drawn. If none fits, one more u takes the floor(u x k)-th of the k nodes that fit, in order of
 * number. A search that finds nothing draws nothing: it does not matter how often one is tried in vain.
 */
export const randomFit: PlacementDefinition = {
  name: 'random-fit',
  summary: 'a node drawn uniformly from those where the task fits (eight blind draws, then one among those that fit)',
  source: 'rejection sampling with an exact fallback',
  create: (view, random) => new RandomFit(view, random),
};

class RandomFit implements Placement {
  readonly name = 'random-fit';
  readonly #view: ClusterView;
  readonly #random: Random;
  readonly #index: PlacementIndexBits;
  readonly #fitting: Int32Array;
  /** Numbers drawn by a search that found nothing; the next search begins with them. */
  readonly #ahead: number[] = [];

  constructor(view: ClusterView, random: Random) {
    this.#view = view;
    this.#random = random;
    this.#index = new PlacementIndexBits(view);
    this.#fitting = new Int32Array(view.nodeCount);
  }

  find(task: TaskId): NodeId {
    const view = this.#view;
    for (let draw = 0; draw < BLIND_DRAWS; draw++) {
      const node = Math.floor(this.#peek(draw) * view.nodeCount);
      if (node < view.nodeCount && view.fits(task, node)) {
        this.#ahead.splice(0, draw + 1);
        return node;
      }
    }
    const count = this.#index.all(task, this.#fitting);
    if (count === 0) return NONE;
    const u = this.#peek(BLIND_DRAWS);
    this.#ahead.splice(0, BLIND_DRAWS + 1);
    return this.#fitting[Math.floor(u * count)]!;
  }

  /** The number that is `at` draws ahead. */
  #peek(at: number): number {
    while (this.#ahead.length <= at) this.#ahead.push(this.#random());
    return this.#ahead[at]!;
  }
}
