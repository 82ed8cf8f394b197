import type { AllocatorState } from './allocator-state.ts';
import { scalarsOf } from './resources/bundle.ts';
import { addTo, type Quantities } from './resources/quantities.ts';
import { DrfSorter } from './sorters/drf-sorter.ts';
import type { Role } from './subscription.ts';

/**
 * Gives a counter or gauge by its name below `allocator/mesos/`, in units; null where there is no such gauge now.
 *
 * `allocation_runs`, `event_queue_dispatches`, `resources/<name>/{total,offered_or_allocated}`,
 * `roles/<role>/shares/dominant`, `offer_filters/roles/<role>/active`,
 * `quota/roles/<role>/resources/<name>/{guarantee,limit,offered_or_allocated,consumed}`. Timers of runs are all 0, since
 * a run takes no simulated time: `allocation_run_ms`, `allocation_run_latency_ms`, also with `/count` and percentiles.
 *
 * @see Mesos, docs/monitoring.md: Allocator
 */
export function readMetric(state: AllocatorState, name: string, pendingEvents: number): number | null {
  if (name === 'allocation_runs') return state.runs;
  if (name === 'event_queue_dispatches') return pendingEvents;
  const timer = TIMER.exec(name);
  if (timer !== null) return timer[1] === 'count' ? state.runs : state.runs === 0 ? null : 0;
  const resource = /^resources\/([^/]+)\/(total|offered_or_allocated)$/.exec(name);
  if (resource !== null) return resourceGauge(state, resource[1]!, resource[2]!);
  const share = /^roles\/(.+)\/shares\/dominant$/.exec(name);
  if (share !== null) return dominantShare(state, share[1]!);
  const filters = /^offer_filters\/roles\/(.+)\/active$/.exec(name);
  if (filters !== null) return state.roles.find(filters[1]!)?.activeFilters ?? null;
  const quota = /^quota\/roles\/(.+)\/resources\/([^/]+)\/(guarantee|limit|offered_or_allocated|consumed)$/.exec(name);
  return quota === null ? null : quotaGauge(state, quota[1]!, quota[2]!, quota[3]!);
}

/** Says whether a name is one that {@link readMetric} could ever give a value for. */
export function isMetricName(name: string): boolean {
  return NAMES.test(name);
}

const TIMER = /^allocation_run(?:_latency)?_ms(?:\/(count|min|max|p50|p90|p95|p99|p999|p9999))?$/;

const NAMES =
  /^(allocation_runs|event_queue_dispatches|allocation_run(_latency)?_ms(\/(count|min|max|p\d+))?|resources\/[^/]+\/(total|offered_or_allocated)|roles\/.+\/shares\/dominant|offer_filters\/roles\/.+\/active|quota\/roles\/.+\/resources\/[^/]+\/(guarantee|limit|offered_or_allocated|consumed))$/;

/** Nodes are asked one by one: the gauge is read seldom, and what they hold changes all the time. */
function resourceGauge(state: AllocatorState, resource: string, gauge: string): number {
  const column = state.catalog.columnOf(resource);
  if (gauge === 'total') return (state.totals.values[column] ?? 0) / 1000;
  let sum = 0;
  for (const { held } of state.nodes.values()) sum += scalarsOf(held)[column] ?? 0;
  return sum / 1000;
}

/** Only DRF knows shares; the gauge goes with the last framework of the role. */
function dominantShare(state: AllocatorState, path: string): number | null {
  const client = state.roles.find(path)?.sorting?.client;
  if (client === undefined || !(state.roleSorter instanceof DrfSorter)) return null;
  return (state.roleSorter as DrfSorter<Role>).shareOf(client);
}

function quotaGauge(state: AllocatorState, path: string, resource: string, gauge: string): number | null {
  const role = state.roles.find(path);
  if (role === undefined || role.quota === null) return null;
  const { guarantees, limits } = role.quota.given;
  if (gauge === 'guarantee') return guarantees[resource] ?? null;
  if (gauge === 'limit') return limits[resource] ?? null;
  if (guarantees[resource] === undefined && limits[resource] === undefined) return null;
  const values = gauge === 'consumed' ? consumedOf(role) : offeredOrAllocated(role);
  return (values[state.catalog.columnOf(resource)] ?? 0) / 1000;
}

/** What the operator is shown as consumed: reservations, and of the rest what is in use; offers do not count. */
export function consumedOf(role: Role): Quantities {
  return addTo(role.reservations.slice(), role.unreservedUsed.values);
}

/** What is offered or in use below the role, reserved or not. */
function offeredOrAllocated(role: Role): Quantities {
  return addTo(role.reservedHeld.values.slice(), role.unreservedHeld.values);
}
