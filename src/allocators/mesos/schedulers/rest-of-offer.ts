import type { TaskId } from '../../../base/ids.ts';
import type { Offer } from './framework-scheduler.ts';
import type { OwnWork } from './own-work.ts';

/** Fills one offer with tasks: keeps account of what is left of it. */
export class RestOfOffer {
  readonly offer: Offer;
  readonly tasks: TaskId[] = [];
  readonly #work: OwnWork;
  readonly #left: Float64Array;
  readonly #least: Float64Array | null;

  /** @param least less than which no task demands, one amount a resource; null where that is not known. */
  constructor(offer: Offer, work: OwnWork, least: Float64Array | null = null) {
    this.offer = offer;
    this.#work = work;
    this.#least = least;
    this.#left = offer.amounts.slice();
  }

  /** True if it is known that nothing fits any more. */
  get isFull(): boolean {
    return this.#least !== null && isBelow(this.#left, this.#least);
  }

  fits(task: TaskId): boolean {
    const left = this.#left;
    for (let r = 0; r < left.length; r++) if (this.#work.demand(task, r) > left[r]!) return false;
    return this.#mayRun(task);
  }

  #mayRun(task: TaskId): boolean {
    const work = this.#work;
    const { node } = this.offer;
    return work.mayRun(task, node) && (!work.needsDevices(task) || work.hasDevices(task, node));
  }

  /** Says whether the task would fit if the offer were larger by so much. */
  fitsWith(task: TaskId, more: Float64Array): boolean {
    const left = this.#left;
    for (let r = 0; r < left.length; r++) if (this.#work.demand(task, r) > left[r]! + more[r]!) return false;
    return this.#work.mayRun(task, this.offer.node);
  }

  take(task: TaskId): void {
    const left = this.#left;
    for (let r = 0; r < left.length; r++) left[r] = left[r]! - this.#work.demand(task, r);
    this.tasks.push(task);
    if (this.#work.needsDevices(task)) this.#work.tryDevices(task, this.offer.node);
  }

  /** Gives the last task that was taken back. */
  giveBack(): void {
    const task = this.tasks.pop()!;
    if (this.#work.needsDevices(task)) this.#work.untryDevices();
    const left = this.#left;
    for (let r = 0; r < left.length; r++) left[r] = left[r]! + this.#work.demand(task, r);
  }
}

/** Says whether there is less of a resource in `amounts` than `least` asks for. */
export function isBelow(amounts: Float64Array, least: Float64Array): boolean {
  for (let r = 0; r < amounts.length; r++) if (amounts[r]! < least[r]!) return true;
  return false;
}
