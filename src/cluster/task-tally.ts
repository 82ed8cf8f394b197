import type { ResourceCatalog } from '../base/amounts.ts';
import { TaskMix } from './task-mix.ts';

/** Position of a shape of tasks among those that a tally has seen. */
export type ShapeId = number;

/** Counts tasks by what they demand and where they may run. */
export class TaskTally {
  /** Tasks counted. */
  total = 0;
  readonly #resources: number;
  readonly #column: number;
  readonly #whole: number;
  readonly #known = new Map<string, ShapeId>();
  readonly #count: number[] = [];
  readonly #demand: number[] = [];
  readonly #constraint: number[] = [];

  /** Counts for the first resource that is devices. */
  constructor(resources: ResourceCatalog) {
    this.#resources = resources.length;
    this.#column = deviceColumn(resources);
    this.#whole = resources[this.#column]?.scale ?? 1;
  }

  /** Counts tasks of one shape, whose demand begins at `at`. */
  add(demand: ArrayLike<number>, at: number, constraint: number, count = 1): ShapeId {
    let key = `${constraint}`;
    for (let r = 0; r < this.#resources; r++) key += `,${demand[at + r]!}`;
    let shape = this.#known.get(key);
    if (shape === undefined) {
      shape = this.#count.push(0) - 1;
      this.#known.set(key, shape);
      for (let r = 0; r < this.#resources; r++) this.#demand.push(demand[at + r]!);
      this.#constraint.push(constraint);
    }
    this.#count[shape] = this.#count[shape]! + count;
    this.total += count;
    return shape;
  }

  /**
   * Gives the most frequent shapes that together are this part of the tasks at least; of equally frequent ones those that
   * came first.
   *
   * @param part from 0 to 1.
   * @param most how many shapes at most.
   * @see Weng et al., Beware of Fragmentation, USENIX ATC 2023, section 4.1 (typical tasks)
   */
  typical(part: number, most = Number.POSITIVE_INFINITY): TaskMix {
    const shapes = [...this.#count.keys()].sort((a, b) => this.#count[b]! - this.#count[a]! || a - b);
    let seen = 0;
    let kept = 0;
    while (kept < Math.min(shapes.length, most) && seen < part * this.total) seen += this.#count[shapes[kept++]!]!;
    return new TaskMix(shapes.slice(0, kept).map((shape) => this.#kind(shape)));
  }

  #kind(shape: ShapeId) {
    const demand = this.#demand.slice(shape * this.#resources, (shape + 1) * this.#resources);
    const [amount] = this.#column < 0 ? [0] : demand.splice(this.#column, 1);
    return {
      count: this.#count[shape]!,
      each: Math.min(amount!, this.#whole),
      devices: amount! === 0 ? 0 : Math.max(1, amount! / this.#whole),
      rest: demand,
      constraint: this.#constraint[shape]!,
    };
  }
}

/** The column of the first resource that is devices, or -1. */
export function deviceColumn(resources: ResourceCatalog): number {
  return resources.findIndex(({ devices }) => devices);
}
