import type { NodeListFormat } from './node-list.ts';

/** Clusters of the Tiresias simulator: so many switches with so many like nodes each; memory in GiB. */
export const tiresiasNodes: NodeListFormat = {
  name: 'tiresias',
  summary: 'Tiresias cluster: switches, nodes a switch, and what a node has',
  columns: ['num_switch', 'num_node_p_switch', 'num_gpu_p_node', 'num_cpu_p_node', 'mem_p_node'],
  read: (table) =>
    table.rows.flatMap((row, r) =>
      Array.from({ length: Math.min(table.whole(row, 'num_switch', 1), MOST_SWITCHES) }, (_, i) => {
        const name = table.rows.length === 1 ? `switch-${i}` : `cluster-${r}-switch-${i}`;
        return {
          row,
          name,
          count: table.whole(row, 'num_node_p_switch', 1),
          capacity: {
            cpus: table.number(row, 'num_cpu_p_node'),
            mem: table.number(row, 'mem_p_node') * 1_024,
            gpus: { devices: table.whole(row, 'num_gpu_p_node') },
          },
          attributes: { switch: name },
        };
      }),
    ),
};

/** More than any cluster has; a damaged number shall not fill the memory. */
const MOST_SWITCHES = 100_000;
