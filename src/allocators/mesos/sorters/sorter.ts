import type { Bundle } from '../resources/bundle.ts';
import type { Quantities } from '../resources/quantities.ts';

/** A leaf of a sorter: a role, or a framework within its role. */
export interface SorterClient<Payload> {
  readonly payload: Payload;
  /** Where the leaf stands; `a/.` for a client `a` that has clients below it. */
  readonly path: string;
  readonly isActive: boolean;
  /** Scalars offered to it or in use by it; a shared volume once a node. */
  readonly allocated: Quantities;
}

/**
 * Decides who is offered resources first.
 *
 * Clients are paths such as `eng/ads`; they begin inactive, and inactive ones keep what they hold but are not listed.
 *
 * @see Mesos, src/master/allocator/mesos/sorter/sorter.hpp; docs/roles.md
 */
export interface Sorter<Payload> {
  /** How many clients there are, inactive ones included. */
  readonly size: number;
  /** Scalars of all clients. */
  readonly allocated: Quantities;
  find(path: string): SorterClient<Payload> | undefined;
  add(path: string, payload: Payload): SorterClient<Payload>;
  /** Forgets the client with all that it holds and how often it was allocated something. */
  remove(client: SorterClient<Payload>): void;
  activate(client: SorterClient<Payload>): void;
  deactivate(client: SorterClient<Payload>): void;
  /** Weights belong to paths, which need not exist yet; the default is 1. */
  setWeight(path: string, weight: number): void;
  /** @param node number of the node that the resources are on. */
  recordAllocated(client: SorterClient<Payload>, node: number, resources: Bundle): void;
  recordUnallocated(client: SorterClient<Payload>, node: number, resources: Bundle): void;
  /** Replaces resources by those that an operation made of them; not counted as an allocation. */
  replaceAllocated(client: SorterClient<Payload>, node: number, before: Bundle, after: Bundle): void;
  /** Gives the active clients, who comes first first; the list holds until the next call. */
  sort(): readonly SorterClient<Payload>[];
}
