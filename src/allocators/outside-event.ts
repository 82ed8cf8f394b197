import type { NodeId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { NodeState } from '../cluster/node-states.ts';

/** Something that happens to a cluster or its parties at a set time, whoever schedules. */
export type OutsideEvent = NodeEvent | PartyEvent;

/** Nodes go down, are drained, cannot be heard of, or come back. */
export interface NodeEvent {
  readonly at: Time;
  readonly what: 'node';
  readonly nodes: readonly NodeId[];
  readonly state: NodeState;
}

/** Something that only a policy with a master and frameworks of their own knows. */
export type PartyEvent = {
  /** Microseconds from the origin. */
  readonly at: Time;
} & (
  | { readonly what: 'framework-down' | 'framework-up' | 'framework-gone'; readonly framework: string }
  | { readonly what: 'master-down' | 'master-up' }
  | { readonly what: 'weight'; readonly role: string; readonly weight: number }
  | {
      readonly what: 'quota';
      readonly role: string;
      /** Whole steps by resource; what is not named has no guarantee, or no limit. */
      readonly guarantee: ReadonlyMap<number, number>;
      readonly limit: ReadonlyMap<number, number>;
    }
);
