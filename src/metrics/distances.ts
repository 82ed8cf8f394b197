import type { RoleId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { FactLog } from '../simulation/fact-log.ts';

/** Integrates how far the share of each user is from that of exact fractional DRF, while the user is active. */
export interface Distances {
  /** Users seen so far have numbers below this. */
  readonly seen: number;
  /** Notes a fact when the ledger has. */
  note(facts: FactLog, row: number): void;
  /** Takes what stands to hold from `time` on; gives the work that took, beyond what every evaluation may take. */
  evaluate(time: Time): number;
  /** Integrates up to the end; what stands then is kept. */
  finish(time: Time): void;
  /** The integral of a user's distance over microseconds; after `finish`. */
  integral(user: RoleId): number;
  /** Microseconds in which a user was active; after `finish`. */
  activeTime(user: RoleId): Time;
}
