import type { FrameworkId, NodeId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';

/** What allocators tell of themselves; the numbers are those of the digest. */
export const PolicyFactKind = {
  /** A node, or a part of it, was offered to a framework. */
  offered: 1,
  /** The framework launched tasks on what it was offered; the amounts are those that it used. */
  accepted: 2,
  /** It gave all of it back; the length says for how long it had held it. */
  declined: 3,
  /** The offer was taken back before it was answered. */
  rescinded: 4,
  /** The framework is known from now on. */
  subscribed: 5,
  /** The framework is gone, or not heard of. */
  disconnected: 6,
  /** Nodes were dealt out; the length is what this took where a cost is modelled. */
  allocationRun: 7,
  /** Frameworks were passed over because they had refused such resources of a node. */
  filtered: 8,
  /** Another party broke its contract and was shut out. */
  fault: 9,
  /** What a framework gave back of an offer of which it used a part; length as for a refusal. */
  unused: 10,
  /** A task was started beside its data. */
  local: 11,
  /** A task was started far from its data. */
  remote: 12,
  /** A framework asked for no more offers. */
  suppressed: 13,
  /** It asked for offers again. */
  revived: 14,
  /** A framework was asked to leave a node before its maintenance. */
  inverseOffered: 15,
  /** A pass was planned by linear programs; the count says by how many. */
  solved: 16,
  /** The solver had no answer, and a pass was made without a plan. */
  solverFailed: 17,
  /** A plan could not give every role what it should have at least. */
  floorMissed: 18,
} as const;

/** Says whether a fact is of one who offers nodes; plans are not. */
export function isOfOffers(kind: number): boolean {
  return kind < PolicyFactKind.solved;
}

/** A fact about decisions that no job's or task's life shows; read at once, so one object may serve for many. */
export interface PolicyFact {
  readonly kind: number;
  /** -1 where it is about none. */
  readonly framework: FrameworkId;
  readonly node: NodeId;
  /** Microseconds. */
  readonly length: Time;
  /** How often it happened, for facts that stand for many; 1 where left out. */
  readonly count?: number;
  /** Whole steps, one a resource. */
  readonly amounts?: ArrayLike<number>;
}
