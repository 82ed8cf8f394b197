import type { RoleId } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';
import { dominantShare } from '../../fairness/dominant-share.ts';
import type { Parties } from '../parties.ts';
import type { RoleBound } from './lp-settings.ts';
import type { Bound } from './plan-problem.ts';
import type { QueuedKind } from './task-index.ts';

/** What the tasks of one kind count for: its role, what a task demands and its dominant share. */
export interface BoundKind extends Pick<QueuedKind, 'role' | 'demand'> {
  readonly unit: number;
}

/** Gives what roles should have at least and may have at most, counting what they hold already. */
export function roleBounds(
  view: ClusterView,
  parties: Parties,
  kinds: readonly BoundKind[],
  floor: RoleBound,
  ceiling: RoleBound,
): Bound[] {
  const bounds: Bound[] = [];
  if (floor === 'equal' || ceiling === 'equal') bounds.push(...equalBounds(view, kinds, floor, ceiling));
  if (floor === 'quota' || ceiling === 'quota') bounds.push(...quotaBounds(view, parties, kinds, floor, ceiling));
  return bounds;
}

/** Every role with work, queued or running, counts by its weight; roles above it have no bound of their own. */
function equalBounds(view: ClusterView, kinds: readonly BoundKind[], floor: RoleBound, ceiling: RoleBound): Bound[] {
  const totals = totalsOf(view);
  const used = usedByRole(view);
  let weights = 0;
  for (const role of used.keys()) weights += view.roleWeight(role);
  return [...used].flatMap(([role, held]) => {
    const part = view.roleWeight(role) / weights;
    const bounds: Bound[] = [];
    if (floor === 'equal') {
      const each = Float64Array.from(kinds, (kind) => (kind.role === role ? kind.unit : 0));
      const atLeast = part - dominantShare(held, totals);
      bounds.push({ owner: role, each, atLeast, atMost: Number.POSITIVE_INFINITY, spares: false });
    }
    if (ceiling !== 'equal') return bounds;
    const spares = held.every((amount) => amount === 0);
    for (let r = 0; r < totals.length; r++) {
      const each = Float64Array.from(kinds, (kind) => (kind.role === role ? kind.demand[r]! : 0));
      bounds.push({ owner: role, resource: r, each, atLeast: 0, atMost: part * totals[r]! - held[r]!, spares });
    }
    return bounds;
  });
}

/** A quota is for the role and all below it. */
function quotaBounds(
  view: ClusterView,
  parties: Parties,
  kinds: readonly BoundKind[],
  floor: RoleBound,
  ceiling: RoleBound,
): Bound[] {
  const bounds: Bound[] = [];
  for (let role = 0; role < view.roleCount; role++) {
    const quota = parties.quotas.get(view.roleName(role));
    if (quota === undefined) continue;
    for (let r = 0; r < view.resources.length; r++) {
      const guarantee = floor === 'quota' ? quota.guarantee.get(r) : undefined;
      const limit = ceiling === 'quota' ? quota.limit.get(r) : undefined;
      if (guarantee === undefined && limit === undefined) continue;
      const each = Float64Array.from(kinds, (kind) => (isWithin(view, kind.role, role) ? kind.demand[r]! : 0));
      const held = view.roleUsed(role, r);
      const atLeast = (guarantee ?? 0) - held;
      const atMost = (limit ?? Number.POSITIVE_INFINITY) - held;
      bounds.push({ owner: role, resource: r, each, atLeast, atMost, spares: false });
    }
  }
  return bounds;
}

function isWithin(view: ClusterView, role: RoleId, above: RoleId): boolean {
  for (let at = role; at >= 0; at = view.roleParent(at)) if (at === above) return true;
  return false;
}

function totalsOf(view: ClusterView): Float64Array {
  return Float64Array.from(view.resources, (_, r) => view.totalCapacity(r));
}

/** What the frameworks of each role hold, of roles with work. */
function usedByRole(view: ClusterView): Map<RoleId, Float64Array> {
  const used = new Map<RoleId, Float64Array>();
  const resources = view.resources.length;
  for (let framework = 0; framework < view.frameworkCount; framework++) {
    let isActive = view.frameworkQueuedTasks(framework) > 0;
    for (let r = 0; r < resources && !isActive; r++) isActive = view.frameworkUsed(framework, r) > 0;
    if (!isActive) continue;
    const role = view.roleOf(framework);
    const held = used.get(role) ?? new Float64Array(resources);
    for (let r = 0; r < resources; r++) held[r] = held[r]! + view.frameworkUsed(framework, r);
    used.set(role, held);
  }
  return used;
}
