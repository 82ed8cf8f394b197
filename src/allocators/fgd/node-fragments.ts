import type { Amount } from '../../base/amounts.ts';
import type { NodeId, TaskId } from '../../base/ids.ts';
import { hasRest } from '../../cluster/fragmentation.ts';
import type { TaskMix } from '../../cluster/task-mix.ts';
import { deviceColumn } from '../../cluster/task-tally.ts';
import type { ClusterView } from '../../cluster/view.ts';

/**
 * The fragments of each node, and what they would be with one more task there.
 *
 * The same numbers as of `fragmentOf`, all of them whole. What each kind of the mix finds on the devices of a node is kept,
 * so that a task on trial costs as many steps as there are kinds, however many devices.
 */
export class NodeFragments {
  readonly #view: ClusterView;
  readonly #column: number;
  readonly #whole: Amount;
  readonly #others: readonly number[];
  #mix: TaskMix;
  /** By node: what is idle on all devices, and the fragment. */
  readonly #idle: Float64Array;
  readonly #fragment: Float64Array;
  /** By node and kind: what is idle on devices too small for it, and how many devices are not. */
  #short = new Float64Array(0);
  #enough = new Int32Array(0);
  /** By class of nodes and kind. */
  #mayRun = new Uint8Array(0);
  readonly #rest: Float64Array;

  constructor(view: ClusterView, mix: TaskMix) {
    this.#view = view;
    this.#column = deviceColumn(view.resources);
    this.#whole = view.resources[this.#column]?.scale ?? 1;
    this.#others = [...view.resources.keys()].filter((r) => r !== this.#column);
    this.#idle = new Float64Array(view.nodeCount);
    this.#fragment = new Float64Array(view.nodeCount);
    this.#rest = new Float64Array(this.#others.length);
    this.#mix = mix;
    this.use(mix);
  }

  /** What is fragments is said by another mix from now on. */
  use(mix: TaskMix): void {
    const view = this.#view;
    const { kinds } = mix;
    this.#mix = mix;
    this.#short = new Float64Array(view.nodeCount * kinds);
    this.#enough = new Int32Array(view.nodeCount * kinds);
    this.#mayRun = new Uint8Array(view.nodeClassCount * kinds);
    for (let c = 0; c < view.nodeClassCount; c++) {
      for (let kind = 0; kind < kinds; kind++) {
        this.#mayRun[c * kinds + kind] = Number(view.classSatisfies(c, mix.constraint[kind]!));
      }
    }
    for (let node = 0; node < view.nodeCount; node++) this.refresh(node);
  }

  /** Looks again at what a node has free. */
  refresh(node: NodeId): void {
    const view = this.#view;
    const { kinds, each } = this.#mix;
    const from = node * kinds;
    this.#short.fill(0, from, from + kinds);
    this.#enough.fill(0, from, from + kinds);
    let idle = 0;
    const devices = view.deviceCount(node, this.#column);
    for (let d = 0; d < devices; d++) {
      const free = view.deviceFree(node, this.#column, d);
      idle += free;
      for (let kind = 0; kind < kinds; kind++) {
        if (free < each[kind]!) this.#short[from + kind] = this.#short[from + kind]! + free;
        else this.#enough[from + kind] = this.#enough[from + kind]! + 1;
      }
    }
    this.#idle[node] = idle;
    for (const [i, r] of this.#others.entries()) this.#rest[i] = view.free(node, r);
    this.#fragment[node] = idle === 0 ? 0 : this.#after(node, 0, 0, 0);
  }

  /** What the tasks of the mix cannot use of the node, summed over the mix. */
  of(node: NodeId): Amount {
    return this.#fragment[node]!;
  }

  /**
   * The same if the task were there; it must fit.
   *
   * @param device which device gives its share; of a task that takes whole devices or none, -1.
   */
  with(task: TaskId, node: NodeId, device: number): Amount {
    const view = this.#view;
    const demand = this.#column < 0 ? 0 : view.demand(task, this.#column);
    for (const [i, r] of this.#others.entries()) this.#rest[i] = view.free(node, r) - view.demand(task, r);
    if (device < 0) return this.#after(node, demand, this.#whole, demand / this.#whole);
    return this.#after(node, demand, view.deviceFree(node, this.#column, device), 1);
  }

  /** The fragment with `taken` less, of `count` devices that each had `free`; `#rest` says what else would be left. */
  #after(node: NodeId, taken: Amount, free: Amount, count: number): Amount {
    const mix = this.#mix;
    const { kinds, each, devices } = mix;
    const from = node * kinds;
    const allowed = this.#view.nodeClass(node) * kinds;
    const idle = this.#idle[node]! - taken;
    const left = count === 0 ? 0 : free - taken / count;
    let sum = 0;
    for (let kind = 0; kind < kinds; kind++) {
      let lost = idle;
      if (this.#mayRun[allowed + kind]! > 0 && devices[kind]! > 0 && hasRest(mix, kind, this.#rest)) {
        const least = each[kind]!;
        let enough = this.#enough[from + kind]!;
        let short = this.#short[from + kind]!;
        if (count > 0) {
          if (free < least) short -= free * count;
          else enough -= count;
          if (left < least) short += left * count;
          else enough += count;
        }
        if (enough >= devices[kind]!) lost = short;
      }
      sum += mix.count[kind]! * lost;
    }
    return sum;
  }
}
