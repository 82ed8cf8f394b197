import type { NodeId } from '../../../base/ids.ts';
import type { Time } from '../../../base/time.ts';
import { type Bundle, scalarsOf } from '../resources/bundle.ts';
import type { Offer } from '../schedulers/framework-scheduler.ts';

/** An offer in the books of the master, until it has been answered; or what a framework keeps of one. */
export class HeldOffer<Party> implements Offer {
  readonly id: number;
  readonly party: Party;
  readonly node: NodeId;
  readonly bundle: Bundle;
  readonly amounts: Float64Array;
  readonly since: Time;
  /** False once it is answered, taken back or released. */
  isLive = true;
  /** Tasks that run on what the framework keeps. */
  tasks = 0;
  /** What these leave of it, whole steps. */
  readonly left: Float64Array;

  /** @param resources how many resources the cluster has. */
  constructor(id: number, party: Party, node: NodeId, bundle: Bundle, since: Time, resources: number) {
    this.id = id;
    this.party = party;
    this.node = node;
    this.bundle = bundle;
    this.since = since;
    const scalars = scalarsOf(bundle);
    this.amounts = new Float64Array(resources);
    this.amounts.set(scalars.slice(0, resources));
    this.left = this.amounts.slice();
  }
}
