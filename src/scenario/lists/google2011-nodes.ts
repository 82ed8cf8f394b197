import { looksLikeMachineEvent, MACHINE_EVENT_COLUMNS, machineEvents } from './google2011-machine-events.ts';
import type { ListedNodes, NodeListFormat } from './node-list.ts';

/**
 * Machines of the Google cluster of 2011: those added at time 0, or all that ever are; with the capacity that they are
 * first added with, which is a part of the largest machine's.
 *
 * @see Reiss, Wilkes and Hellerstein, Google cluster-usage traces: format + schema, 2011
 */
export const google2011Nodes: NodeListFormat = {
  name: 'google2011',
  summary: 'Google 2011 machine events: machines added at time 0, or all',
  columns: MACHINE_EVENT_COLUMNS,
  headless: looksLikeMachineEvent,
  read(table, machines) {
    const nodes: ListedNodes[] = [];
    const known = new Set<string>();
    for (const { row, time, machine, type, cpus, mem } of machineEvents(table)) {
      if (known.has(machine)) table.skip('a later change of the same machine');
      else if (type !== 'add') table.skip('a change of a machine that was never added');
      else if (machines === 'present' && time > 0) table.skip('a machine added later');
      else if (cpus === null || mem === null) table.skip('no capacity');
      else {
        known.add(machine);
        const platform = table.text(row, 'platform');
        nodes.push({
          row,
          name: machine,
          capacity: { cpus, mem },
          attributes: platform === '' ? {} : { platform },
        });
      }
    }
    return nodes;
  },
};
