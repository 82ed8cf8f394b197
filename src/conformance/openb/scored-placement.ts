import type { Placement } from '../../allocators/placement/placement.ts';
import { NONE, type NodeId, type TaskId } from '../../base/ids.ts';
import { below, type Random } from '../../base/random.ts';
import type { ClusterView } from '../../cluster/view.ts';
import { bestFitScore, dotProductScore, gpuClusteringScore, gpuPackingScore, type Match } from './published-scores.ts';

/** Columns of the resources in these experiments. */
export const CPUS = 0;
export const GPUS = 2;

const WHOLE = 1000;

/** Scores a node on which the pod fits; higher is better. */
export type NodeScore = (match: Match, node: NodeId) => number;

/** What kinds of pods with GPUs each node holds; nothing ever leaves. */
export class PodClasses {
  readonly #held = new Map<NodeId, Set<number>>();

  score(match: Match, node: NodeId): number {
    const held = this.#held.get(node);
    return gpuClusteringScore(match, held?.size ?? 0, held?.has(classOf(match)) ?? false);
  }

  placed(match: Match, node: NodeId): void {
    if (match.pod.count === 0) return;
    const held = this.#held.get(node) ?? new Set();
    this.#held.set(node, held.add(classOf(match)));
  }
}

/** Shares of a GPU are one class; whole GPUs one a number. */
function classOf({ pod }: Match): number {
  return pod.each < WHOLE ? 0 : pod.count;
}

export const nodeScores = {
  bestFit: bestFitScore,
  dotProduct: dotProductScore,
  gpuPacking: ({ devices, pod }: Match) => (pod.count === 0 ? 0 : (gpuPackingScore(devices, pod.each, pod.count) ?? 0)),
  none: () => 0,
} satisfies Record<string, NodeScore>;

/** How a {@link ScoredPlacement} chooses. */
export interface ScoredChoice {
  readonly score: NodeScore;
  /** Among nodes of the best score: the lowest name, or any. */
  readonly ties: 'name' | 'random';
  /** The device with the least left, or any that has the share. */
  readonly device: 'tightest' | 'random';
  readonly placed?: (match: Match, node: NodeId) => void;
}

/** Looks at every node and takes the best, as the published programs do; nodes must be listed by name. */
export class ScoredPlacement implements Placement {
  readonly name = 'scored';
  readonly #view: ClusterView;
  readonly #choice: ScoredChoice;
  readonly #random: Random;
  readonly #best: NodeId[] = [];
  #last: Match | null = null;

  constructor(view: ClusterView, choice: ScoredChoice, random: Random) {
    this.#view = view;
    this.#choice = choice;
    this.#random = random;
  }

  find(task: TaskId): NodeId {
    const view = this.#view;
    const best = this.#best;
    best.length = 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (let node = 0; node < view.nodeCount; node++) {
      if (!view.fits(task, node)) continue;
      const score = this.#choice.score(this.#match(task, node), node);
      if (score < highest) continue;
      if (score > highest) best.length = 0;
      highest = score;
      best.push(node);
    }
    if (best.length === 0) return NONE;
    const node = best[this.#choice.ties === 'name' ? 0 : below(this.#random, best.length)]!;
    this.#last = this.#match(task, node);
    return node;
  }

  device(task: TaskId, node: NodeId): number {
    if (this.#choice.device === 'tightest') return NONE;
    const devices = Array.from({ length: this.#view.deviceCount(node, GPUS) }, (_, d) => d);
    const fitting = devices.filter((d) => this.#view.fitsOnDevice(task, node, d));
    return fitting.length === 0 ? NONE : fitting[below(this.#random, fitting.length)]!;
  }

  placed(node: NodeId): void {
    this.#choice.placed?.(this.#last!, node);
  }

  #match(task: TaskId, node: NodeId): Match {
    const view = this.#view;
    const devices = new Float64Array(view.deviceCount(node, GPUS));
    for (let d = 0; d < devices.length; d++) devices[d] = view.deviceFree(node, GPUS, d);
    const gpu = view.demand(task, GPUS);
    const pod = { cpu: view.demand(task, CPUS), each: Math.min(gpu, WHOLE), count: Math.ceil(gpu / WHOLE) };
    return { cpu: view.free(node, CPUS), devices, pod };
  }
}
