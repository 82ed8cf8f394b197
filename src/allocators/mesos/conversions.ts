import { AllocatorError } from '../../base/errors.ts';
import type { AllocatorState } from './allocator-state.ts';
import type { Conversion } from './descriptions.ts';
import type { NodeState } from './node-state.ts';
import { type Bundle, contains, isShared, minus, NOTHING, pick, plus } from './resources/bundle.ts';
import type { Subscription } from './subscription.ts';

/**
 * Applies operations to resources that a framework was offered, in what it holds and in the node's total.
 *
 * @see Mesos, src/master/allocator/mesos/hierarchical.cpp: updateAllocation
 */
export function convertHeld(
  state: AllocatorState,
  subscription: Subscription,
  node: NodeState,
  offered: Bundle,
  conversions: readonly Conversion[],
): void {
  if (!contains(subscription.held.get(node.index) ?? NOTHING, offered))
    throw new AllocatorError('mesos', `${subscription.framework.name} does not hold what was offered on ${node.name}`);
  const after = apply(offered, conversions);
  // Another copy of a shared volume is no more of it.
  const total = apply(
    node.total,
    conversions.filter(({ consumed }) => !consumed.isEmpty),
  );
  if (after === null || total === null)
    throw new AllocatorError('mesos', `an operation on ${node.name} consumes more than was offered`);
  state.replace(subscription, node.index, offered, after);
  state.releaseOnNode(node, offered);
  state.setTotal(node, total);
  state.holdOnNode(node, after);
}

/** Applies operations to resources of a node that nobody holds; gives false, and does nothing, if they do not suffice. */
export function convertAvailable(state: AllocatorState, node: NodeState, conversions: readonly Conversion[]): boolean {
  // Shared volumes that somebody uses are offered, but not free to be taken apart.
  const free = minus(node.available, pick(node.held, isShared, false));
  const total = apply(node.total, conversions);
  if (apply(free, conversions) === null || total === null) return false;
  state.setTotal(node, total);
  return true;
}

/** Gives what becomes of resources, or null where an operation consumes what is not there. */
function apply(resources: Bundle, conversions: readonly Conversion[]): Bundle | null {
  let rest = resources;
  for (const { consumed, converted } of conversions) {
    if (!contains(rest, consumed)) return null;
    rest = plus(minus(rest, consumed), converted);
  }
  return rest;
}
