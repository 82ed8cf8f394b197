import type { NodeListFormat } from './node-list.ts';

/** Machines of Alibaba's PAI, 2020: cores, GiB, and GPUs of one type; `CPU` is a type too. */
export const alibabaGpu2020Nodes: NodeListFormat = {
  name: 'alibaba-gpu2020',
  summary: 'Alibaba GPU 2020 (PAI) machine table',
  columns: ['machine', 'gpu_type', 'cap_cpu', 'cap_mem', 'cap_gpu'],
  read: (table) =>
    table.rows.map((row) => ({
      row,
      name: table.text(row, 'machine'),
      capacity: {
        cpus: table.number(row, 'cap_cpu'),
        mem: table.number(row, 'cap_mem') * 1_024,
        gpus: { devices: table.whole(row, 'cap_gpu') },
      },
      attributes: model(table.text(row, 'gpu_type')),
    })),
};

/** Nodes of Alibaba's openb cluster, 2023: thousandths of cores, MiB, and GPUs of one model. */
export const alibabaGpu2023Nodes: NodeListFormat = {
  name: 'alibaba-gpu2023',
  summary: 'Alibaba GPU 2023 (openb) node list',
  columns: ['sn', 'cpu_milli', 'memory_mib', 'gpu', 'model'],
  read: (table) =>
    table.rows.map((row) => ({
      row,
      name: table.text(row, 'sn'),
      capacity: {
        cpus: table.number(row, 'cpu_milli') / 1_000,
        mem: table.number(row, 'memory_mib'),
        gpus: { devices: table.whole(row, 'gpu') },
      },
      attributes: model(table.text(row, 'model')),
    })),
};

/** Nodes of Alibaba's cluster of spot instances, 2026: cores and GPUs, and nothing of memory. */
export const alibabaGpu2026Nodes: NodeListFormat = {
  name: 'alibaba-gpu2026',
  summary: 'Alibaba GPU 2026 (spot) node list',
  columns: ['gpu_model', 'gpu_capacity_num', 'cpu_num', 'node_name'],
  read: (table) =>
    table.rows.map((row) => ({
      row,
      name: table.text(row, 'node_name'),
      capacity: { cpus: table.number(row, 'cpu_num'), gpus: { devices: table.whole(row, 'gpu_capacity_num') } },
      attributes: model(table.text(row, 'gpu_model')),
    })),
};

/** The attribute that pods of these traces ask for. */
function model(name: string): Readonly<Record<string, string>> {
  return name === '' ? {} : { 'gpu-model': name };
}
