import type { AllocatorState } from './allocator-state.ts';
import type { FrameworkDescription, FrameworkUpdate } from './descriptions.ts';
import { readConstraint } from './offer-constraints.ts';
import { MinAllocatable } from './resources/min-allocatable.ts';
import { FrameworkState } from './subscription.ts';

/** Enters a framework with the roles that it subscribes to, and what it uses on nodes that are known. */
export function enterFramework(state: AllocatorState, description: FrameworkDescription): FrameworkState {
  const { name, roles, suppressed = [], isActive = true, used = [] } = description;
  const framework = new FrameworkState(name);
  framework.isActive = isActive;
  state.frameworks.set(name, framework);
  setTraits(state, framework, description);
  for (const role of suppressed) framework.suppressed.add(role);
  for (const role of roles) join(state, framework, role);
  for (const { node, role, resources } of used) {
    const found = state.nodes.get(node);
    // The node has counted it as held since it came.
    if (found !== undefined) state.holdUsed(state.subscribe(framework, role), found.index, resources);
  }
  return framework;
}

/** Changes what a framework said of itself. */
export function changeFramework(state: AllocatorState, framework: FrameworkState, update: FrameworkUpdate): void {
  setTraits(state, framework, update);
  if (update.roles !== undefined) {
    for (const path of [...framework.subscriptions.keys()]) {
      if (!update.roles.includes(path)) leave(state, framework, path);
    }
    for (const role of update.roles) join(state, framework, role);
  }
  if (update.suppressed !== undefined) {
    const wanted = new Set(update.suppressed);
    suppressRoles(state, framework, [...wanted]);
    unsuppress(
      state,
      framework,
      [...framework.suppressed].filter((role) => !wanted.has(role)),
    );
  }
  for (const subscription of framework.subscriptions.values()) state.changes.append(subscription);
}

/** Offers nothing in the roles; all that it is subscribed to where none are named. */
export function suppressRoles(state: AllocatorState, framework: FrameworkState, roles?: readonly string[]): void {
  for (const role of roles === undefined || roles.length === 0 ? subscribedRoles(framework) : roles) {
    framework.suppressed.add(role);
    const subscription = framework.subscriptions.get(role);
    if (subscription !== undefined) state.refreshActivity(subscription);
  }
}

/** Ends filters in the roles and offers in them again; all that it is subscribed to where none are named. */
export function reviveRoles(state: AllocatorState, framework: FrameworkState, roles?: readonly string[]): void {
  framework.inverseFilters.clear();
  unsuppress(state, framework, roles === undefined || roles.length === 0 ? subscribedRoles(framework) : roles);
}

function unsuppress(state: AllocatorState, framework: FrameworkState, roles: readonly string[]): void {
  for (const role of roles) {
    framework.suppressed.delete(role);
    const subscription = framework.subscriptions.get(role);
    if (subscription === undefined) continue;
    state.clearFilters(subscription);
    state.refreshActivity(subscription);
  }
}

function subscribedRoles({ subscriptions }: FrameworkState): string[] {
  return [...subscriptions.values()].filter(({ isSubscribed }) => isSubscribed).map(({ role }) => role.path);
}

function join(state: AllocatorState, framework: FrameworkState, role: string): void {
  const subscription = state.subscribe(framework, role);
  subscription.isSubscribed = true;
  state.refreshActivity(subscription);
}

/** Ends a subscription; the framework stays in the role while it holds something there. */
function leave(state: AllocatorState, framework: FrameworkState, role: string): void {
  const subscription = framework.subscriptions.get(role)!;
  subscription.isSubscribed = false;
  framework.suppressed.delete(role);
  state.clearFilters(subscription);
  state.refreshActivity(subscription);
  if (subscription.held.size === 0) state.unsubscribe(subscription);
}

function setTraits(
  { catalog }: AllocatorState,
  framework: FrameworkState,
  { capabilities, minAllocatable, constraints }: FrameworkUpdate,
): void {
  if (capabilities !== undefined) framework.capabilities = new Set(capabilities);
  if (minAllocatable !== undefined) {
    const byRole = Object.entries(minAllocatable);
    framework.minAllocatable = new Map(byRole.map(([role, sets]) => [role, new MinAllocatable(sets, catalog)]));
  }
  if (constraints !== undefined) {
    const byRole = Object.entries(constraints);
    framework.constraints = new Map(byRole.map(([role, groups]) => [role, readConstraint(groups)]));
  }
  for (const subscription of framework.subscriptions.values()) subscription.refreshTraits();
}
