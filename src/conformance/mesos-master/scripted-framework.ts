import type {
  FrameworkDriver,
  FrameworkScheduler,
  Offer,
  TaskOutcome,
} from '../../allocators/mesos/schedulers/framework-scheduler.ts';
import type { JobId, NodeId, TaskId } from '../../base/ids.ts';
import type { Time } from '../../base/time.ts';

/** A framework that answers offers as the steps of a case say, and remembers what it was told. */
export class ScriptedFramework implements FrameworkScheduler {
  readonly driver: FrameworkDriver;
  /** Offers that it has not answered and that were not taken back. */
  readonly open: Offer[] = [];
  /** Offers that no expectation has looked at. */
  unseen: Offer[] = [];
  /** Offers taken back that no expectation has looked at. */
  rescinded: Offer[] = [];
  readonly #ended: (task: TaskId, node: NodeId, outcome: TaskOutcome) => void;
  readonly #orders: (() => void)[] = [];

  constructor(driver: FrameworkDriver, ended: (task: TaskId, node: NodeId, outcome: TaskOutcome) => void) {
    this.driver = driver;
    this.#ended = ended;
  }

  /** Has it do something in the next pass. */
  order(act: () => void): void {
    this.#orders.push(act);
    this.driver.wakeAt(this.driver.now);
  }

  openOn(node: NodeId | null): Offer[] {
    return this.open.filter((offer) => node === null || offer.node === node);
  }

  decline(offer: Offer, refusal: Time): void {
    this.#answer(offer);
    this.driver.decline(offer, refusal);
  }

  accept(offer: Offer, tasks: readonly TaskId[], refusal: Time): void {
    this.#answer(offer);
    this.driver.accept(offer, tasks, refusal);
  }

  onWake(): void {
    for (const act of this.#orders.splice(0)) act();
  }

  onOffers(offers: readonly Offer[]): void {
    this.open.push(...offers);
    this.unseen.push(...offers);
  }

  onRescinded(offer: Offer): void {
    this.#close(offer);
    this.rescinded.push(offer);
  }

  onTaskEnded(task: TaskId, _job: JobId, node: NodeId, outcome: TaskOutcome): void {
    this.#ended(task, node, outcome);
  }

  /** Who answers an offer has looked at it. */
  #answer(offer: Offer): void {
    this.#close(offer);
    this.unseen = this.unseen.filter((one) => one !== offer);
  }

  #close(offer: Offer): void {
    const at = this.open.indexOf(offer);
    if (at >= 0) this.open.splice(at, 1);
  }
}
