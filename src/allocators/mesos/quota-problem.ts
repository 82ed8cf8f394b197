import type { AllocatorState } from './allocator-state.ts';
import { scalarsOf } from './resources/bundle.ts';
import { addTo, addToColumn, type Quantities } from './resources/quantities.ts';
import type { Amounts } from './resources/resource-catalog.ts';
import { chargeOf } from './run/quota-books.ts';
import type { Role } from './subscription.ts';

/**
 * Says in words why a master refuses a quota, or gives null.
 *
 * A quota is of a top-level role; no guarantee is above its limit; and unless it is forced, no limit is below what the
 * role consumes and all guarantees together are not above what the nodes have that is not revocable.
 *
 * @see Mesos, docs/quota.md: Quota Update Validation
 */
export function quotaProblem(
  state: AllocatorState,
  path: string,
  guarantees: Amounts,
  limits: Amounts,
  isForced = false,
): string | null {
  if (path.includes('/')) return `${path} is not a top-level role; roles below share the quota of the one above them`;
  for (const [name, guarantee] of Object.entries(guarantees)) {
    if (guarantee > (limits[name] ?? Number.POSITIVE_INFINITY)) return `the guarantee of ${name} is above its limit`;
  }
  if (isForced) return null;
  const role = state.roles.find(path);
  return (role === undefined ? null : belowUse(state, role, limits)) ?? aboveCapacity(state, path, guarantees);
}

function belowUse({ catalog }: AllocatorState, role: Role, limits: Amounts): string | null {
  const charge = chargeOf(role);
  for (const [name, limit] of Object.entries(limits)) {
    const used = (charge[catalog.columnOf(name)] ?? 0) / 1000;
    if (limit < used) return `the limit of ${name}, ${limit}, is below what the role consumes, ${used}`;
  }
  return null;
}

function aboveCapacity(state: AllocatorState, path: string, guarantees: Amounts): string | null {
  const { catalog } = state;
  let sum: Quantities = catalog.quantities(guarantees).slice();
  for (const role of state.roles.topLevel)
    if (role.path !== path && role.quota !== null) sum = addTo(sum, role.quota.guarantees);
  let capacity: Quantities = [];
  for (const { total } of state.nodes.values()) {
    capacity = addTo(
      capacity,
      scalarsOf(total, ({ kind }) => !kind.revocable),
    );
  }
  capacity = addToColumn(capacity, sum.length, 0);
  const short = sum.findIndex((amount, column) => amount > capacity[column]!);
  if (short < 0) return null;
  return `guarantees of ${catalog.names[short]} would sum to ${sum[short]! / 1000}, above the ${capacity[short]! / 1000} of all nodes`;
}
