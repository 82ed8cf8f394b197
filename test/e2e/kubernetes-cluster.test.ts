import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allot } from '../support/run-cli.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-kubernetes-'));
  writeFileSync(join(folder, 'nodes.yaml'), NODES);
  writeFileSync(join(folder, 'pods.yaml'), PODS.join('---\n'));
  writeFileSync(
    join(folder, 'pair.yaml'),
    'version: 1\ncluster: { nodes: [{ file: nodes.yaml }] }\nworkload: [{ trace: { file: pods.yaml } }]\nallocator: fifo\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A plain node for two pods, a tainted one with GPUs, one that is cordoned, and an object that is no node. */
const NODES = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Node
  metadata: { name: plain, labels: { zone: a, kubernetes.io/hostname: plain } }
  status:
    capacity: { cpu: "4", memory: 8Gi, pods: "2" }
    allocatable: { cpu: 3900m, memory: 7Gi, pods: "2" }
- apiVersion: v1
  kind: Node
  metadata: { name: gpu, labels: { zone: b, kubernetes.io/hostname: gpu } }
  spec: { taints: [{ key: nvidia.com/gpu, value: present, effect: NoSchedule }] }
  status:
    capacity: { cpu: "8", memory: 16Gi, nvidia.com/gpu: "2", pods: "110" }
- apiVersion: v1
  kind: Node
  metadata: { name: cordoned, labels: { zone: c } }
  spec: { unschedulable: true }
  status: { allocatable: { cpu: "64", memory: 64Gi, pods: "110" } }
- apiVersion: v1
  kind: Namespace
  metadata: { name: default }
`;

const pod = (name: string, requests: string, where = '') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, annotations: { allot/duration: 10s } }
spec:
  containers: [{ name: main, resources: { requests: { ${requests} } } }]
${where}`;

const PODS = [
  pod('web', 'cpu: 1, memory: 1Gi'),
  pod('train', 'cpu: 1, nvidia.com/gpu: 2', '  tolerations: [{ key: nvidia.com/gpu, operator: Exists }]\n'),
  pod(
    'tolerant',
    'cpu: 1',
    '  nodeSelector: { zone: b }\n  tolerations: [{ key: nvidia.com/gpu, value: present, effect: NoSchedule }]\n',
  ),
  pod('untolerated', 'cpu: 1', '  nodeSelector: { zone: b }\n'),
  pod(
    'other-value',
    'cpu: 1',
    '  nodeSelector: { zone: b }\n  tolerations: [{ key: nvidia.com/gpu, value: absent }]\n',
  ),
  pod('sent-away', 'cpu: 1', '  nodeSelector: { zone: c }\n'),
  pod('too-large', 'cpu: "4"'),
  pod('second', 'cpu: 1', '  nodeSelector: { zone: a }\n'),
  pod('third', 'cpu: 1', '  nodeSelector: { zone: a }\n'),
];

const table = (name: string) =>
  readFileSync(join(folder, 'out', name), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

describe('pods and nodes of Kubernetes in two files', () => {
  it('go together: taints, node selectors, GPUs, and the pods that a node takes', async () => {
    const { code, out } = await allot(['run', join(folder, 'pair.yaml'), '--out', join(folder, 'out')]);
    expect(code).toBe(0);
    expect(out).toContain('2 nodes, 11.9 cpus, 23 GiB mem, 112 pods, 2 gpus');
    expect(out).toContain('nodes.yaml: 4 read = 2 used + 2 skipped');
    expect(out).toContain('skipped 1: unschedulable');
    expect(out).toContain('skipped 1: kind Namespace');

    // Two pods at a time are the most that `plain` takes, though it has cores for three: the third waits.
    const placed = table('tasks.csv').map(([, job, , , node, start]) => [job, node, start]);
    expect(placed).toEqual([
      ['default/web', 'plain', '0'],
      ['default/train', 'gpu', '0'],
      ['default/tolerant', 'gpu', '0'],
      ['default/second', 'plain', '0'],
      ['default/third', 'plain', '10'],
    ]);
    const refused = table('jobs.csv').filter((row) => row.at(-1) === 'rejected');
    expect(refused.map(([, job]) => job)).toEqual([
      'default/untolerated',
      'default/other-value',
      'default/sent-away',
      'default/too-large',
    ]);
  });

  it('tells a mistake at the item of the scenario and the line of the node', async () => {
    writeFileSync(join(folder, 'bad.yaml'), NODES.replace('cpu: "8"', 'cpu: eight'));
    const scenario = readFileSync(join(folder, 'pair.yaml'), 'utf8').replace('nodes.yaml', 'bad.yaml');
    writeFileSync(join(folder, 'bad-pair.yaml'), scenario);
    const { code, err } = await allot(['check', join(folder, 'bad-pair.yaml')]);
    expect(code).toBe(2);
    expect(err).toContain('cluster.nodes.0.file: bad.yaml:10: `cpu` must be a quantity of 0 or more');
  });
});
