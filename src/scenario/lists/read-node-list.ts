import { parseQuantity, resource } from '../../base/amounts.ts';
import { ScenarioError } from '../../base/errors.ts';
import { quote } from '../../base/quote.ts';
import type { NodeFile, NodeGroup } from '../schema.ts';
import type { ListAccount } from './list-account.ts';
import { type ListRow, listRows } from './list-rows.ts';
import { ListTable } from './list-table.ts';
import type { ListedNodes, NodeListFormat } from './node-list.ts';
import { nodeListFormats, nodeListNames } from './node-list-formats.ts';

/** The nodes of a list, a group a record, and what became of its records. */
export interface NodeList {
  readonly groups: readonly NodeGroup[];
  readonly account: ListAccount;
}

/**
 * Reads a list of nodes; what the item says of all nodes holds where the list says nothing.
 *
 * @throws ScenarioError with what is wrong in the file, by line.
 */
export function readNodeList(content: Uint8Array, item: NodeFile): NodeList {
  const { file } = item;
  const rows = listRows(content, file);
  const format = formatOf(item, rows[0]!);
  const table = new ListTable(
    file,
    format.name,
    rows,
    format.columns,
    format.headless === undefined ? undefined : format.columns,
  );
  const listed = format.read(table, item.machines);
  checkListed(listed, table);
  table.refuse();
  const { account } = table;
  account.read = table.rows.length;
  account.used = new Set(listed.map(({ row }) => row)).size;
  if (listed.length === 0) throw new ScenarioError('the list has no node', { file });
  return { groups: listed.map((nodes) => groupOf(nodes, item)), account };
}

function formatOf({ file, format }: NodeFile, { cells }: ListRow): NodeListFormat {
  const found = nodeListFormats.find(({ name, columns, headless }) =>
    format === undefined
      ? columns.every((column) => cells.includes(column)) || (headless?.(cells) ?? false)
      : name === format,
  );
  if (found !== undefined) return found;
  throw new ScenarioError(`this does not look like a list of nodes; known formats are ${nodeListNames.join(', ')}`, {
    file,
    line: 1,
  });
}

function checkListed(listed: readonly ListedNodes[], table: ListTable): void {
  const lines = new Map<string, number>();
  for (const { row, name, capacity } of listed) {
    if (name === '') table.fault(row, 'the node has no name');
    const first = lines.get(name);
    if (first === undefined) lines.set(name, row.line);
    else if (name !== '') table.fault(row, `${quote(name)} is the name of line ${first} already`);
    for (const [key, amount] of Object.entries(capacity)) {
      if (typeof amount === 'object' || parseQuantity(amount, resource(key)) !== null) continue;
      table.fault(row, `\`${key}\` must be an amount, such as 8, 64GB or 4d for devices, not ${quote(String(amount))}`);
    }
    if (Object.keys(capacity).length === 0) table.fault(row, 'the node has no capacity');
  }
}

function groupOf({ name, count = 1, capacity, attributes = {}, price }: ListedNodes, item: NodeFile): NodeGroup {
  return {
    name: (item.prefix ?? '') + name,
    count: count * item.copies,
    capacity,
    price: price ?? item.price ?? 0,
    attributes: { ...item.attributes, ...attributes },
  };
}
