import type { AllocatorState } from '../allocator-state.ts';
import type { NodeState } from '../node-state.ts';
import { type Bundle, minus, pick } from '../resources/bundle.ts';
import type { RichResource } from '../resources/rich-resource.ts';
import type { FrameworkState, Role, Subscription } from '../subscription.ts';

/** Gives what a role may have of a node in a run: unreserved, or reserved to it or above; shared volumes once a run. */
export function allocatableTo(role: Role, node: NodeState, run: number): Bundle {
  const { available } = node;
  if (available.rich.length === 0) return available;
  const allowed = pick(available, ({ kind }) => kind.reservedTo === null || role.lineage.has(kind.reservedTo));
  return node.sharedRun === run ? minus(allowed, node.sharedOffered) : allowed;
}

/** Says whether the node is one that the framework can handle and wants, whatever there is on it. */
export function mayReceive(state: AllocatorState, node: NodeState, subscription: Subscription): boolean {
  const { framework, role } = subscription;
  const { capabilities } = framework;
  if (node.hasGpus && state.filterGpus && !capabilities.has('GPU_RESOURCES')) return false;
  const isRemote = state.region !== null && node.region !== null && node.region !== state.region;
  if (isRemote && !capabilities.has('REGION_AWARE')) return false;
  if (!node.hasMultiRole || (!node.hasHierarchicalRole && role.path.includes('/'))) return false;
  return subscription.constraint === undefined || subscription.constraint(node);
}

/** Gives what of a bundle the framework can handle. */
export function strip(bundle: Bundle, { capabilities }: FrameworkState): Bundle {
  if (bundle.rich.length === 0) return bundle;
  return pick(bundle, ({ kind }: RichResource) => {
    if (kind.revocable && !capabilities.has('REVOCABLE_RESOURCES')) return false;
    if (kind.shared && !capabilities.has('SHARED_RESOURCES')) return false;
    return kind.reservations.length <= 1 || capabilities.has('RESERVATION_REFINEMENT');
  });
}

/** Says whether the bundle is worth an offer. */
export function isAllocatable(state: AllocatorState, subscription: Subscription, bundle: Bundle): boolean {
  return (subscription.minAllocatable ?? state.minAllocatable).isMetBy(bundle);
}

/** Says whether the framework would be offered the bundle: it is worth an offer, and no filter has it. */
export function isWanted(state: AllocatorState, node: NodeState, subscription: Subscription, bundle: Bundle): boolean {
  return isAllocatable(state, subscription, bundle) && !state.filters.blocks(node, subscription, bundle);
}
