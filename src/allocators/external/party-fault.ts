import { type Time, toSeconds } from '../../base/time.ts';

/** A party in another process crashed, hung or broke its contract; nothing more is asked of it. */
export class PartyFault extends Error {
  override readonly name = 'PartyFault';
  /** Who: `framework A`, or `allocator external`. */
  readonly party: string;
  /** When in the simulation. */
  readonly time: Time;
  readonly problem: string;

  constructor(party: string, time: Time, problem: string) {
    super(`${party}, at ${toSeconds(time)} s: ${problem}`);
    this.party = party;
    this.time = time;
    this.problem = problem;
  }
}
