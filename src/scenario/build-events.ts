import type { OutsideEvent } from '../allocators/outside-event.ts';
import { parseQuantity, type ResourceCatalog, toSteps } from '../base/amounts.ts';
import type { NodeId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { readEventList } from './event-lists.ts';
import type { ListAccount } from './lists/list-account.ts';
import type { EventEntry, EventFile, Scenario } from './schema.ts';
import { readDuration } from './values.ts';
import { type ListServices, readList } from './whole-cluster.ts';

/**
 * Makes the events of a scenario, in order of time, then of the list; what lasts for a while becomes two. Gives what became
 * of the records of each file of events.
 *
 * @throws ScenarioError with what is wrong in a file.
 */
export function buildEvents(
  scenario: Pick<Scenario, 'events'>,
  cluster: Cluster,
  services: ListServices,
): { readonly events: OutsideEvent[]; readonly accounts: ListAccount[] } {
  const accounts: ListAccount[] = [];
  const events = (scenario.events ?? [])
    .flatMap((entry) => {
      if (!('file' in entry)) return expand(entry, cluster);
      const list = readEventList(readList(entry.file, services), entry, cluster);
      accounts.push(list.account);
      return list.events;
    })
    .map((event, i) => ({ event, i }))
    .sort((a, b) => a.event.at - b.event.at || a.i - b.i)
    .map(({ event }) => event);
  return { events, accounts };
}

function expand(entry: Exclude<EventEntry, EventFile>, cluster: Cluster): OutsideEvent[] {
  const at = readDuration(entry.at)!;
  const back = 'for' in entry && entry.for !== undefined ? at + readDuration(entry.for)! : null;
  const twice = (make: (at: Time, isBack: boolean) => OutsideEvent) =>
    back === null ? [make(at, false)] : [make(at, false), make(back, true)];
  if ('node' in entry) {
    const nodes = nodesNamed([entry.node].flat(), cluster);
    return twice((time, isBack) => ({ at: time, what: 'node', nodes, state: isBack ? 'up' : entry.is }));
  }
  if ('framework' in entry) {
    const { framework } = entry;
    const what = { down: 'framework-down', up: 'framework-up', gone: 'framework-gone' } as const;
    return twice((time, isBack) => ({ at: time, what: isBack ? what.up : what[entry.is], framework }));
  }
  if ('master' in entry) {
    return twice((time, isBack) => ({ at: time, what: isBack || entry.master === 'up' ? 'master-up' : 'master-down' }));
  }
  const events: OutsideEvent[] = [];
  if (entry.weight !== undefined) events.push({ at, what: 'weight', role: entry.role, weight: entry.weight });
  if (entry.quota !== undefined) {
    const guarantee = quantities(entry.quota.guarantee, cluster.resources, 'demand');
    events.push({
      at,
      what: 'quota',
      role: entry.role,
      guarantee,
      limit: quantities(entry.quota.limit, cluster.resources, 'capacity'),
    });
  }
  return events;
}

/** Whole steps by resource. */
export function quantities(
  given: Readonly<Record<string, string | number>>,
  resources: ResourceCatalog,
  rounding: 'demand' | 'capacity',
): ReadonlyMap<number, number> {
  const steps = new Map<number, number>();
  for (const [r, of] of resources.entries()) {
    const value = given[of.name];
    if (value !== undefined) steps.set(r, toSteps(parseQuantity(value, of)!, of, rounding).amount);
  }
  return steps;
}

/** The nodes of those names, each once, in order of number; a group's name stands for all of it. */
function nodesNamed(names: readonly string[], cluster: Cluster): NodeId[] {
  const wanted = new Set(names);
  const { nodes } = cluster;
  const found: NodeId[] = [];
  for (let node = 0; node < nodes.count; node++) {
    if (wanted.has(nodes.groups[nodes.group[node]!]!.name) || wanted.has(nodes.name(node))) found.push(node);
  }
  return found;
}
