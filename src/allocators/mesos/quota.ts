import { isUnlimited, type Limits } from './resources/limits.ts';
import { isZero, type Quantities } from './resources/quantities.ts';
import type { Amounts, ResourceCatalog } from './resources/resource-catalog.ts';

/**
 * What a top-level role is kept at least (guarantees, an absent name is 0) and given at most (limits, an absent name is
 * no limit, 0 is nothing at all).
 *
 * @see Mesos, docs/quota.md
 */
export interface Quota {
  /** As it was given, in units. */
  readonly given: { readonly guarantees: Amounts; readonly limits: Amounts };
  readonly guarantees: Quantities;
  readonly limits: Limits;
  readonly hasGuarantees: boolean;
  readonly hasLimits: boolean;
}

/** Reads a quota; null is the default one, which guarantees and limits nothing. */
export function readQuota(guarantees: Amounts, limits: Amounts, catalog: ResourceCatalog): Quota | null {
  const quota = { guarantees: catalog.quantities(guarantees), limits: catalog.limits(limits) };
  const hasGuarantees = !isZero(quota.guarantees);
  const hasLimits = !isUnlimited(quota.limits);
  if (!hasGuarantees && !hasLimits) return null;
  return { given: { guarantees, limits }, ...quota, hasGuarantees, hasLimits };
}
