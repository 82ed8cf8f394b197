import type { NodeState } from '../node-state.ts';
import { type Bundle, minus, plus, scalarsOf } from '../resources/bundle.ts';
import { shrinkToLimits, shrinkToQuantities } from '../resources/shrink.ts';
import { quotaPart } from '../role-tree.ts';
import type { Role, Subscription } from '../subscription.ts';
import type { AllocationRun } from './allocation-run.ts';
import { allocatableTo, isAllocatable, isWanted, mayReceive, strip } from './eligibility.ts';

/**
 * Stage 2 on one node: everyone in order of shares is given all that it may have.
 *
 * Where every framework refuses the node for a reason that shares and quotas have no part in, that is noted: until the
 * node or a framework changes, the node need not be looked at again.
 */
export function giveFairShares(run: AllocationRun, node: NodeState): void {
  const { state } = run;
  let isRefused = true;
  for (const { payload: role } of state.roleSorter.sort()) {
    if (node.available.isEmpty) return;
    if (!giveRole(run, node, role)) isRefused = false;
  }
  if (isRefused) node.refusedAt = state.changes.end;
}

/** Gives whether all frameworks of the role refused the node, whatever the shares and quotas. */
function giveRole(run: AllocationRun, node: NodeState, role: Role): boolean {
  const { state, number } = run;
  let isRefused = true;
  let from: Bundle | null = null;
  let allowed = node.available;
  for (const { payload: subscription } of role.sorting!.frameworks.sort()) {
    if (from !== node.available) {
      from = node.available;
      allowed = allocatableTo(role, node, number);
      if (allowed.isEmpty) return isRefused;
    }
    const bundle = acceptable(run, node, subscription, allowed);
    if (bundle === null) continue;
    isRefused = false;
    const offer = withinQuota(run, role, bundle);
    // Part of what would be refused is refused too, so that the whole may be asked for first.
    if (offer !== bundle && !isWanted(state, node, subscription, offer)) continue;
    run.offer(node, subscription, offer, 2);
    run.books.charge(role, scalarsOf(quotaPart(offer)));
  }
  return isRefused;
}

/** Gives what the framework would be offered without regard to quota, or null where it refuses that. */
function acceptable(run: AllocationRun, node: NodeState, subscription: Subscription, allowed: Bundle): Bundle | null {
  const { state } = run;
  // Asked for first since it says no most often.
  if (node.filters !== null && state.filters.blocks(node, subscription, allowed)) {
    run.filtered++;
    return null;
  }
  if (!isAllocatable(state, subscription, allowed) || !mayReceive(state, node, subscription)) return null;
  const bundle = strip(allowed, subscription.framework);
  if (bundle !== allowed && !isWanted(state, node, subscription, bundle)) return null;
  return bundle;
}

/** Cuts the free scalars to the role's limits and to what guarantees of others leave; the bundle itself if uncut. */
function withinQuota({ state, books }: AllocationRun, role: Role, bundle: Bundle): Bundle {
  const hasLimits = role.quota?.hasLimits ?? false;
  if (!hasLimits && !books.isTight) return bundle;
  const free = quotaPart(bundle);
  let cut = free;
  if (hasLimits) cut = shrinkToLimits(cut, books.room(role), state.random);
  if (books.isTight) cut = shrinkToQuantities(cut, books.surplus, state.random);
  return plus(cut, minus(bundle, free));
}

/** Says whether it is known that everyone still refuses the node: it has not changed, nor has anyone who matters. */
export function isStillRefused(run: AllocationRun, node: NodeState): boolean {
  if (node.refusedAt < 0) return false;
  const changed = run.state.changes.since(node.refusedAt);
  if (changed === null || changed.some((subscription) => mightAccept(run, node, subscription))) return false;
  node.refusedAt = run.state.changes.end;
  return true;
}

function mightAccept(run: AllocationRun, node: NodeState, subscription: Subscription): boolean {
  if (!subscription.client.isActive) return false;
  const allowed = allocatableTo(subscription.role, node, run.number);
  return !allowed.isEmpty && acceptable(run, node, subscription, allowed) !== null;
}
