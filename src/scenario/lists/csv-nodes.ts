import type { ListRow } from './list-rows.ts';
import type { ListTable } from './list-table.ts';
import type { NodeListFormat } from './node-list.ts';

/** Columns that are no resource. */
const OWN = ['name', 'count', 'price'];

/** How the columns of attributes begin. */
export const ATTRIBUTE = 'attribute.';

/** This project's own lists: `name`, perhaps `count`, `price` and `attribute.…`, and a column a resource. */
export const csvNodes: NodeListFormat = {
  name: 'csv',
  summary: 'nodes as CSV: name, count, a column a resource (`8`, `64GB`, `4d` for devices), attribute.…, price',
  columns: ['name'],
  read(table) {
    const attributes = table.columns.filter((column) => column.startsWith(ATTRIBUTE));
    const resources = table.columns.filter(
      (column) => column !== '' && !OWN.includes(column) && !column.startsWith(ATTRIBUTE),
    );
    return table.rows.map((row) => ({
      row,
      name: table.text(row, 'name'),
      count: table.text(row, 'count') === '' ? 1 : table.whole(row, 'count', 1),
      capacity: Object.fromEntries(
        resources.flatMap((name) => {
          const cell = table.text(row, name);
          return cell === '' ? [] : [[name, capacityOf(cell)]];
        }),
      ),
      attributes: attributesOf(table, row, attributes),
      ...(table.text(row, 'price') !== '' && { price: table.number(row, 'price') }),
    }));
  },
};

/** `4d` are four devices; all else is an amount as in a scenario, which is checked there. */
function capacityOf(cell: string): string | { devices: number } {
  const devices = /^(\d+)d$/.exec(cell);
  return devices === null ? cell : { devices: Number(devices[1]) };
}

function attributesOf(table: ListTable, row: ListRow, columns: readonly string[]): Record<string, string> {
  const pairs = columns.map((column) => [column.slice(ATTRIBUTE.length), table.text(row, column)] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}
