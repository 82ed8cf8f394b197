import type { NodeEvent } from '../allocators/outside-event.ts';
import { toSteps } from '../base/amounts.ts';
import { ScenarioError } from '../base/errors.ts';
import type { NodeId } from '../base/ids.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { EventWorld } from './lists/event-list.ts';
import { eventListFormats, eventListNames } from './lists/event-list-formats.ts';
import type { ListAccount } from './lists/list-account.ts';
import { listRows } from './lists/list-rows.ts';
import { ListTable } from './lists/list-table.ts';
import type { EventFile } from './schema.ts';
import { readDuration } from './values.ts';

/**
 * Reads a list of what happens to nodes, in order of time.
 *
 * @throws ScenarioError with what is wrong in the file, by line.
 */
export function readEventList(
  content: Uint8Array,
  item: EventFile,
  cluster: Cluster,
): { readonly events: NodeEvent[]; readonly account: ListAccount } {
  const { file } = item;
  const rows = listRows(content, file);
  const format = eventListFormats.find(({ name, columns, headless }) =>
    item.format === undefined
      ? columns.every((column) => rows[0]!.cells.includes(column)) || (headless?.(rows[0]!.cells) ?? false)
      : name === item.format,
  );
  if (format === undefined) {
    const message = `this does not look like a list of events; known formats are ${eventListNames.join(', ')}`;
    throw new ScenarioError(message, { file, line: 1 });
  }
  const { columns, headless } = format;
  const table = new ListTable(file, format.name, rows, columns, headless === undefined ? undefined : columns);
  const listed = format.read(table, worldOf(item, cluster));
  table.refuse();
  table.account.read = table.rows.length;
  return { events: listed.map((event) => ({ what: 'node', ...event })), account: table.account };
}

function worldOf(item: EventFile, cluster: Cluster): EventWorld {
  const { nodes, resources } = cluster;
  const known = new Map<string, NodeId[]>();
  for (let node = 0; node < nodes.count; node++) {
    const group = nodes.groups[nodes.group[node]!]!.name;
    for (const name of new Set([group, nodes.name(node)])) {
      const found = known.get(name);
      if (found === undefined) known.set(name, [node]);
      else found.push(node);
    }
  }
  return {
    startsAt: readDuration(item['starts-at'])!,
    nodesNamed: (name) => known.get(name),
    hasCapacity: (node, amounts) =>
      resources.every((of, r) => {
        const amount = amounts[of.name];
        return amount === undefined || toSteps(amount, of, 'capacity').amount === cluster.capacity(node, r);
      }),
  };
}
