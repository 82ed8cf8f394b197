import type { NodeListFormat } from './node-list.ts';

/** Machines of the Alea simulator: clusters of like nodes, parted by tabs, without a header; memory in KiB. */
export const aleaNodes: NodeListFormat = {
  name: 'alea',
  summary: 'Alea machines: id, name, nodes, CPUs a node, speed, RAM a node in KB; tabs, no header',
  columns: ['id', 'name', 'nodes', 'cpus', 'speed', 'ram'],
  headless: (cells) => cells.length >= 6 && [0, 2, 3, 4, 5].every((i) => /^\d+(\.\d+)?$/.test(cells[i]!)),
  read: (table) =>
    table.rows.map((row) => ({
      row,
      name: table.text(row, 'name'),
      count: table.whole(row, 'nodes', 1),
      capacity: { cpus: table.number(row, 'cpus'), mem: table.number(row, 'ram') / 1_024 },
      attributes: { cluster: table.text(row, 'name'), speed: table.text(row, 'speed') },
    })),
};
