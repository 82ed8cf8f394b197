import type { NodeId } from '../../base/ids.ts';
import type { EventListFormat, ListedEvent } from './event-list.ts';
import { looksLikeMachineEvent, MACHINE_EVENT_COLUMNS, machineEvents } from './google2011-machine-events.ts';

/** The trace has a time that stands for "after the end"; nothing that late happens in a run. */
const LATEST = 4_503_599_627_370_496;

/**
 * Additions and removals of machines of the Google cluster of 2011. A machine that is added later is down until then.
 *
 * The capacity of a node is fixed in a run: updates, and other amounts when a machine comes back, are counted and not
 * applied.
 */
export const google2011Events: EventListFormat = {
  name: 'google2011',
  summary: 'Google 2011 machine events: added and removed machines',
  columns: MACHINE_EVENT_COLUMNS,
  headless: looksLikeMachineEvent,
  read(table, world) {
    const isUp = new Map<NodeId, boolean>();
    const absent: NodeId[] = [];
    const changes: ListedEvent[] = [];
    for (const { time, machine, type, cpus, mem } of machineEvents(table)) {
      const node = world.nodesNamed(machine)?.[0];
      if (node === undefined || time > LATEST) {
        table.skip(node === undefined ? 'no such node' : 'out of range');
        continue;
      }
      const at = Math.max(0, time - world.startsAt);
      // A machine whose first event is that it comes was not there before.
      const wasUp = isUp.get(node) ?? type !== 'add';
      if (!isUp.has(node) && !wasUp && at > 0) absent.push(node);
      isUp.set(node, type === 'update' ? wasUp : type === 'add');
      const reason = type === 'update' ? 'update of a capacity, not applied' : idle(type, wasUp);
      if (reason !== null) {
        table.skip(reason);
        continue;
      }
      const amounts = { ...(cpus !== null && { cpus }), ...(mem !== null && { mem }) };
      if (type === 'add' && !world.hasCapacity(node, amounts)) table.note('added with another capacity, not applied');
      table.account.used++;
      changes.push({ at, nodes: [node], state: type === 'add' ? 'up' : 'down' });
    }
    return absent.length === 0 ? changes : [{ at: 0, nodes: absent, state: 'down' }, ...changes];
  },
};

/** Why an addition or removal changes nothing, or null. */
function idle(type: 'add' | 'remove', wasUp: boolean): string | null {
  if (type === 'add') return wasUp ? 'added, and was there' : null;
  return wasUp ? null : 'removed, and was not there';
}
