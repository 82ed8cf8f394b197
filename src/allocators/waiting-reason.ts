import type { JobId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { Standing } from './mesos/master/framework-party.ts';

/**
 * Why a policy did not start a job in its last pass, beside there being no room for it; each is a statement that can be
 * checked. A time that is left out is one that nobody can tell yet.
 */
export type WaitingReason =
  | BehindHead
  | BehindOwn
  | Reserved
  | OwnReservation
  | LessShare
  | Turn
  | NextPass
  | Ceiling
  | LeftOut
  | NoSeat
  | NoMaster
  | NotRegistered
  | Offers;

/** The queue is strict, and the job at its head does not fit. */
interface BehindHead {
  readonly kind: 'behind-head';
  readonly job: JobId;
  /** What the queue is in order of. */
  readonly order: 'submission' | 'score' | 'rank';
  /** Jobs, or under policies that queue tasks one by one tasks, that stand before it. */
  readonly ahead: number;
}

/** A framework's jobs go in order of submission, and the first of them does not fit. */
interface BehindOwn {
  readonly kind: 'behind-own';
  readonly job: JobId;
  readonly framework: string;
  readonly ahead: number;
}

/** Room is kept for a job before it, which it would delay. */
interface Reserved {
  readonly kind: 'reserved';
  /** The first job that room is kept for, and when it is to start. */
  readonly job: JobId;
  readonly at?: Time;
  /** When this one would end if it started now, as the policy expects. */
  readonly end: Time;
  /** Where that is all that counts: how short it would have to be to start at once. */
  readonly window?: Time;
  /** What jobs may take that go on beyond that time; whole steps, where it is known. */
  readonly beside?: Readonly<Record<string, number>>;
}

/** It has a reservation of its own. */
interface OwnReservation {
  readonly kind: 'own-reservation';
  readonly at?: Time;
}

/** Another party that has tasks queued has less, and goes first when there is room. */
interface LessShare {
  readonly kind: 'less-share';
  readonly party: string;
  /** Share / weight. */
  readonly share: number;
  readonly other: string;
  readonly otherShare: number;
}

/** Tasks take turns. */
interface Turn {
  readonly kind: 'turn';
  /** Tasks and gangs that are before it in the queue. */
  readonly ahead: number;
  /** When the next turn ends. */
  readonly at?: Time;
}

/** The policy decides at certain times only. */
interface NextPass {
  readonly kind: 'next-pass';
  readonly at: Time;
  /** `round`: the job came in the middle of one. */
  readonly what: 'interval' | 'round';
}

/** With the task its role would have more than it may. */
export interface Ceiling {
  readonly kind: 'ceiling';
  readonly role: string;
  readonly resource: string;
  /** What it may still have, and what it would take more; whole steps. */
  readonly left: number;
  readonly needs: number;
}

/** The plan has no whole task for it. */
interface LeftOut {
  readonly kind: 'left-out';
}

/** The round that is on has no seat for it. */
interface NoSeat {
  readonly kind: 'no-seat';
  /** Its part of the time, over all types of nodes. */
  readonly share: number;
  /** When the round ends. */
  readonly at: Time;
}

/** There is no master that could offer anything. */
interface NoMaster {
  readonly kind: 'no-master';
}

/** Its framework is not registered with the master. */
interface NotRegistered {
  readonly kind: 'not-registered';
  readonly framework: string;
  readonly standing: Standing;
}

/** What stands between it and the nodes that could take it; each of these counts once, as the first that applies. */
interface Offers {
  readonly kind: 'offers';
  readonly framework: string;
  /** Its framework wants no offers. */
  readonly suppressed: boolean;
  readonly nodes: number;
  /** Offered to its framework, which has not answered or keeps the offer. */
  readonly held: number;
  /** Of what is free too much is offered to others, or kept by them. */
  readonly elsewhere: number;
  /** The quota of its role forbids more. */
  readonly limited: number;
  /** What is left is kept for guarantees of other roles. */
  readonly headroom: number;
  /** Refused by its framework, the first until then. */
  readonly refused: number;
  readonly until?: Time;
}
