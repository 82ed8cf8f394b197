import type { NodeCapability, Unavailability } from './node-state.ts';
import type { AttributeConstraint, AttributeValue } from './offer-constraints.ts';
import type { Bundle } from './resources/bundle.ts';
import type { Amounts } from './resources/resource-catalog.ts';
import type { FrameworkCapability } from './subscription.ts';

/** Resources of a node that are in use before the allocator hears of it. */
export interface NodeUse {
  /** May be one that the allocator does not know: its use is in no share, but is not offered. */
  readonly framework: string;
  readonly role: string;
  readonly resources: Bundle;
}

/** What a node says of itself. */
export interface NodeDescription {
  readonly name: string;
  readonly total: Bundle;
  readonly used?: readonly NodeUse[];
  /** What whitelists name; the name. */
  readonly hostname?: string;
  /** All. */
  readonly capabilities?: readonly NodeCapability[];
  readonly attributes?: readonly (readonly [name: string, value: AttributeValue])[];
  readonly region?: string | null;
  readonly zone?: string | null;
  readonly unavailability?: Unavailability | null;
}

/** What a node may say anew; what is absent stays. */
export type NodeUpdate = Partial<Pick<NodeDescription, 'total' | 'capabilities' | 'attributes' | 'region' | 'zone'>>;

/** What a framework says of itself when it subscribes. */
export interface FrameworkDescription {
  readonly name: string;
  readonly roles: readonly string[];
  /** Roles that it wants no offers in for now; of `roles`. */
  readonly suppressed?: readonly string[];
  readonly capabilities?: readonly FrameworkCapability[];
  /** False: known, but offered nothing until it is activated. */
  readonly isActive?: boolean;
  /** By role: alternatives of which a bundle must meet one, in place of the allocator's own; none: anything will do. */
  readonly minAllocatable?: Readonly<Record<string, readonly Amounts[]>>;
  /** By role: groups of constraints, of which all of one must hold. */
  readonly constraints?: Readonly<Record<string, readonly (readonly AttributeConstraint[])[]>>;
  /** What it uses on nodes that are known already. */
  readonly used?: readonly { readonly node: string; readonly role: string; readonly resources: Bundle }[];
}

/** What a framework may say anew; what is absent stays. */
export type FrameworkUpdate = Partial<
  Pick<FrameworkDescription, 'roles' | 'suppressed' | 'capabilities' | 'minAllocatable' | 'constraints'>
>;

/** An operation such as RESERVE or CREATE: some resources become others. */
export interface Conversion {
  readonly consumed: Bundle;
  readonly converted: Bundle;
}
