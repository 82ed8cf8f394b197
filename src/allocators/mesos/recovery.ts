import { AllocatorError } from '../../base/errors.ts';
import type { Time } from '../../base/time.ts';
import type { AllocatorState } from './allocator-state.ts';
import type { NodeState } from './node-state.ts';
import { type Bundle, contains, minus, NOTHING, plus } from './resources/bundle.ts';
import type { Subscription } from './subscription.ts';

/** Resources that come back from an offer or a task. */
export interface Recovery {
  readonly framework: string;
  readonly role: string;
  readonly node: string;
  /** Number of the node, also of one that is gone. */
  readonly index: number;
  readonly resources: Bundle;
  readonly refusal: Time;
  /** Whether they were in use; left out where the owner does not say. */
  readonly wasUsed?: boolean | undefined;
}

/**
 * Takes resources out of the shares of the framework and of what is held on the node, as far as they are known, and
 * sets a filter if the framework refuses them.
 *
 * @see Mesos, src/master/allocator/mesos/hierarchical.cpp: recoverResources
 */
export function recoverResources(state: AllocatorState, recovery: Recovery): void {
  const { index, resources, refusal } = recovery;
  const framework = state.frameworks.get(recovery.framework);
  const subscription = framework?.subscriptions.get(recovery.role);
  const node = state.nodes.get(recovery.node);
  if (framework !== undefined) {
    if (subscription === undefined || !contains(subscription.held.get(index) ?? NOTHING, resources))
      throw new AllocatorError('mesos', `${recovery.framework} does not hold in ${recovery.role} what it gives back`);
    if (recovery.wasUsed !== false) endUse(state, subscription, index, resources, recovery.wasUsed === true);
    state.release(subscription, index, resources);
  }
  if (node !== undefined) state.releaseOnNode(node, resources);
  if (subscription === undefined) return;
  if (!subscription.isSubscribed) {
    if (subscription.held.size === 0) state.unsubscribe(subscription);
  } else if (node !== undefined) state.filters.add(node, subscription, resources, refusal);
}

/** Notes that resources which a framework holds are in use. */
export function startUse(state: AllocatorState, subscription: Subscription, node: NodeState, resources: Bundle): void {
  const used = plus(subscription.used.get(node.index) ?? NOTHING, resources);
  if (!contains(subscription.held.get(node.index) ?? NOTHING, used))
    throw new AllocatorError('mesos', `${subscription.framework.name} does not hold on ${node.name} what it uses`);
  subscription.used.set(node.index, used);
  state.roles.use(subscription.role, node.index, resources);
}

/**
 * What comes back is no longer in use; where nobody says so, it is taken to be of what was only offered as far as that
 * goes.
 */
function endUse(
  state: AllocatorState,
  subscription: Subscription,
  index: number,
  resources: Bundle,
  wasUsed: boolean,
): void {
  const used = subscription.used.get(index);
  if (used === undefined) return;
  const offered = minus(subscription.held.get(index) ?? NOTHING, used);
  const ended = wasUsed ? resources : minus(resources, offered);
  if (ended.isEmpty) return;
  const rest = minus(used, ended);
  if (rest.isEmpty) subscription.used.delete(index);
  else subscription.used.set(index, rest);
  state.roles.endUse(subscription.role, index, ended);
}
