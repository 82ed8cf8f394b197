import type { AllocatorState } from './allocator-state.ts';
import type { NodeDescription, NodeUpdate, NodeUse } from './descriptions.ts';
import { NodeState } from './node-state.ts';
import { type Bundle, plus, sameBundle } from './resources/bundle.ts';
import type { Subscription } from './subscription.ts';

/** Enters a node into all books, with what is in use on it. */
export function enterNode(state: AllocatorState, index: number, description: NodeDescription): NodeState {
  const { name, total, used = [], hostname = name, capabilities, attributes = [], region, zone } = description;
  const node = new NodeState(name, index, state.catalog);
  node.hostname = hostname;
  node.attributes = attributes;
  node.region = region ?? null;
  node.zone = zone ?? null;
  if (capabilities !== undefined) node.capabilities = new Set(capabilities);
  node.unavailability = description.unavailability ?? null;
  if (node.unavailability !== null) state.maintained.add(node);
  state.nodes.set(name, node);
  state.setTotal(node, total);
  enterUse(state, node, used);
  return node;
}

/** Enters what is in use on a node; of frameworks that are not known only on the node, in no share. */
export function enterUse(state: AllocatorState, node: NodeState, used: readonly NodeUse[]): void {
  const known = new Map<Subscription, Bundle>();
  for (const { framework, role, resources } of used) {
    state.holdOnNode(node, resources);
    const found = state.frameworks.get(framework);
    if (found === undefined) continue;
    const subscription = state.subscribe(found, role);
    const before = known.get(subscription);
    known.set(subscription, before === undefined ? resources : plus(before, resources));
  }
  for (const [subscription, resources] of known) state.holdUsed(subscription, node.index, resources);
}

/** Changes what is said of a node; gives whether that is something else than before. */
export function changeNode(
  state: AllocatorState,
  node: NodeState,
  { total, more, capabilities, attributes, region, zone }: NodeUpdate & { readonly more?: Bundle },
): boolean {
  let isChanged = false;
  const after = more === undefined ? total : plus(node.total, more);
  if (after !== undefined && !sameBundle(after, node.total)) {
    state.setTotal(node, after);
    isChanged = true;
  }
  if (capabilities !== undefined && !sameSet(node.capabilities, new Set(capabilities))) {
    node.capabilities = new Set(capabilities);
    isChanged = true;
  }
  if (attributes !== undefined && JSON.stringify(attributes) !== JSON.stringify(node.attributes)) {
    node.attributes = attributes;
    state.filters.clearNode(node);
    isChanged = true;
  }
  if (region !== undefined && region !== node.region) {
    node.region = region;
    isChanged = true;
  }
  if (zone !== undefined && zone !== node.zone) {
    node.zone = zone;
    isChanged = true;
  }
  if (isChanged) node.refusedAt = -1;
  return isChanged;
}

function sameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}
