import type { Unavailability } from './node-state.ts';
import type { Bundle } from './resources/bundle.ts';

/** Resources of one node that are offered to one framework in one role. */
export interface Offer {
  readonly framework: string;
  readonly role: string;
  readonly node: string;
  readonly resources: Bundle;
}

/** A question whether a framework can leave a node before its maintenance; it asks for no particular resources. */
export interface InverseOffer {
  readonly framework: string;
  readonly node: string;
  readonly unavailability: Unavailability;
}
