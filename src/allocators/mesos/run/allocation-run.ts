import type { AllocatorState } from '../allocator-state.ts';
import type { NodeState } from '../node-state.ts';
import type { Offer } from '../offer.ts';
import { type Bundle, isShared, pick, plus } from '../resources/bundle.ts';
import type { FrameworkState, Subscription } from '../subscription.ts';
import { QuotaBooks } from './quota-books.ts';

/** One run while it goes on: whom it offered what. */
export class AllocationRun {
  readonly state: AllocatorState;
  readonly books: QuotaBooks;
  /** The run's number, from 1. */
  readonly number: number;
  /** Nodes that were looked at. */
  nodes = 0;
  /** How often a filter has kept a framework from what there was. */
  filtered = 0;
  readonly offers = new Map<FrameworkState, Offer[]>();
  /** Where the offers of stage 1 stand in the lists, by node. */
  readonly #first = new Map<NodeState, Map<Subscription, number>>();

  constructor(state: AllocatorState) {
    this.state = state;
    this.number = state.runs;
    this.books = new QuotaBooks(state);
  }

  /** Enters an offer at once, so that the next node sees the new shares. */
  offer(node: NodeState, subscription: Subscription, resources: Bundle, stage: 1 | 2): void {
    const { state } = this;
    if (resources.rich.some(isShared)) {
      const shared = pick(resources, isShared, false);
      node.sharedOffered = node.sharedRun === this.number ? plus(node.sharedOffered, shared) : shared;
      node.sharedRun = this.number;
    }
    state.holdOnNode(node, resources);
    state.hold(subscription, node.index, resources);
    this.#list(node, subscription, resources, stage);
  }

  /** Lists the offer; what both stages give of a node to a framework in a role is one. */
  #list(node: NodeState, subscription: Subscription, resources: Bundle, stage: 1 | 2): void {
    const { framework, role } = subscription;
    let offers = this.offers.get(framework);
    if (offers === undefined) {
      offers = [];
      this.offers.set(framework, offers);
    }
    const first = stage === 2 && this.#first.size > 0 ? this.#first.get(node)?.get(subscription) : undefined;
    if (first !== undefined) {
      offers[first] = { ...offers[first]!, resources: plus(offers[first]!.resources, resources) };
      return;
    }
    const count = offers.push({ framework: framework.name, role: role.path, node: node.name, resources });
    if (stage === 2) return;
    const bySubscription = this.#first.get(node) ?? new Map<Subscription, number>();
    this.#first.set(node, bySubscription.set(subscription, count - 1));
  }
}
