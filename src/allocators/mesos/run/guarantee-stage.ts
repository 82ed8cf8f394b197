import type { NodeState } from '../node-state.ts';
import { type Bundle, minus, pick, plus, scalarsOf } from '../resources/bundle.ts';
import { limitsLess } from '../resources/limits.ts';
import { isZero, subtractFrom } from '../resources/quantities.ts';
import { shrinkToLimits, shrinkToQuantities } from '../resources/shrink.ts';
import { isInQuota, quotaPart } from '../role-tree.ts';
import type { Role } from '../subscription.ts';
import type { AllocationRun } from './allocation-run.ts';
import { allocatableTo, isAllocatable, isWanted, mayReceive, strip } from './eligibility.ts';

/**
 * Stage 1 on one node: who has an unmet guarantee is given towards it, and beyond it as far as its limits and what
 * other guarantees need allow.
 */
export function giveGuarantees(run: AllocationRun, node: NodeState): void {
  for (const { payload: role } of run.state.roleSorter.sort()) {
    if (!role.quota?.hasGuarantees) continue;
    if (node.available.isEmpty) return;
    giveRole(run, node, role);
  }
}

function giveRole(run: AllocationRun, node: NodeState, role: Role): void {
  const { state, books, number } = run;
  const quota = role.quota!;
  const unmet = books.unmet(role);
  if (isZero(unmet)) return;
  for (const { payload: subscription } of role.sorting!.frameworks.sort()) {
    if (isZero(unmet)) return;
    if (!mayReceive(state, node, subscription)) continue;
    const allowed = allocatableTo(role, node, number);
    if (allowed.isEmpty) return;
    if (!isAllocatable(state, subscription, allowed)) continue;
    const bundle = strip(allowed, subscription.framework);
    const free = quotaPart(bundle);
    const given = shrinkToQuantities(free, unmet, state.random);
    if (given.isEmpty) continue;
    let extra = minus(free, given);
    if (quota.hasLimits) extra = shrinkToLimits(extra, limitsLess(books.room(role), scalarsOf(given)), state.random);
    if (books.isTight) extra = shrinkToQuantities(extra, books.surplus, state.random);
    const scalars = plus(given, extra);
    const offer = plus(scalars, otherThanFree(bundle, role));
    if (!isWanted(state, node, subscription, offer)) continue;
    run.offer(node, subscription, offer, 1);
    const met = scalarsOf(given);
    books.charge(role, scalarsOf(scalars));
    books.meet(met);
    subtractFrom(unmet, met);
  }
}

/** What is given beside the free scalars: what is reserved to the role itself, all that is no scalar, or revocable. */
function otherThanFree(bundle: Bundle, { path }: Role): Bundle {
  return pick(
    bundle,
    (one) => !isInQuota(one) && (one.kind.reservedTo === path || one.kind.type !== 'scalar' || one.kind.revocable),
    false,
  );
}
