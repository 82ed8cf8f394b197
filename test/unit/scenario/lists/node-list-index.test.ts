import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toUnits } from '../../../../src/base/amounts.ts';
import { readWhole } from '../../../../src/platform/read-whole.ts';
import { buildCluster } from '../../../../src/scenario/build-cluster.ts';
import { nodeFileSchema } from '../../../../src/scenario/cluster-schema.ts';
import { readNodeList } from '../../../../src/scenario/lists/read-node-list.ts';
import { realTraces, traceIndex } from '../../../support/real-traces.ts';

/** What a list of nodes adds up to, in the words of the index. */
function totals(file: string): Record<string, unknown> {
  const { groups, account } = readNodeList(readWhole(join(realTraces!, file)), nodeFileSchema.parse({ file }));
  const cluster = buildCluster({ cluster: { nodes: groups } });
  const total = (name: string) => {
    const r = cluster.resources.findIndex((each) => each.name === name);
    return r < 0 ? 0 : toUnits(cluster.totalCapacity(r), cluster.resources[r]!);
  };
  const nodesBy: Record<string, number> = {};
  const gpusBy: Record<string, number> = {};
  for (const { attributes, capacity } of groups) {
    const model = String(attributes?.['gpu-model'] ?? 'none');
    const { devices = 0 } = (capacity['gpus'] ?? {}) as { devices?: number };
    nodesBy[model] = (nodesBy[model] ?? 0) + 1;
    if (devices > 0) gpusBy[model] = (gpusBy[model] ?? 0) + devices;
  }
  return {
    rows: account.used,
    nodes: cluster.nodeCount,
    gpus: total('gpus'),
    total_gpus: total('gpus'),
    total_cpu_cores: total('cpus'),
    total_cpus: total('cpus'),
    total_memory_mib: total('mem'),
    total_mem_gib: total('mem') / 1_024,
    nodes_by_gpu_model: nodesBy,
    machines_by_gpu_type: nodesBy,
    gpus_by_model: gpusBy,
  };
}

const lists = traceIndex().filter((entry) => (entry as { kind?: string }).kind === 'machines');

describe.skipIf(realTraces === null)('of a real list of nodes, every sum is that of an independent script', () => {
  it('knows them all', () => expect(lists).toHaveLength(9));

  it.each(lists)('$file', ({ file, stats }) => {
    const found = totals(file);
    const wanted = Object.entries(stats).filter(([key]) => key in found);
    expect(Object.fromEntries(wanted.map(([key]) => [key, found[key]]))).toEqual(Object.fromEntries(wanted));
    expect(wanted.length).toBeGreaterThan(0);
  });
});
