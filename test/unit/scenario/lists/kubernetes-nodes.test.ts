import { describe, expect, it } from 'vitest';
import { meets } from '../../../../src/base/node-requirement.ts';
import { nodeFileSchema } from '../../../../src/scenario/cluster-schema.ts';
import { csvOfNodes } from '../../../../src/scenario/lists/csv-of-nodes.ts';
import { readNodeList } from '../../../../src/scenario/lists/read-node-list.ts';
import { podConstraint } from '../../../../src/workload/readers/kubernetes/pod-constraint.ts';

function read(content: string, settings: Record<string, unknown> = {}) {
  return readNodeList(new TextEncoder().encode(content), nodeFileSchema.parse({ file: 'list', ...settings }));
}

/** A node of 4 cores and 8 GiB, as JSON; the parts given stand beside or instead of its own. */
const node = (name: string, parts: { status?: object; spec?: object; labels?: object } = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, ...(parts.labels && { labels: parts.labels }) },
  ...(parts.spec && { spec: parts.spec }),
  status: parts.status ?? { allocatable: { cpu: '4', memory: '8Gi' } },
});

const readOne = (parts: Parameters<typeof node>[1]) => read(JSON.stringify(node('n', parts)));

const YAML = `# two nodes
apiVersion: v1
kind: Node
metadata:
  name: a
  labels: { zone: east }
status:
  capacity: { cpu: "4", memory: 8Gi }
  allocatable: { cpu: 3920m, memory: 7Gi, ephemeral-storage: 20Gi, pods: "110" }
---
apiVersion: v1
kind: Node
metadata: { name: b }
spec:
  taints:
    - { key: gpu, value: "yes", effect: NoSchedule }
    - { key: spot, effect: NoExecute }
    - { key: old, effect: PreferNoSchedule }
status:
  capacity: { cpu: 8, memory: 16384Mi, nvidia.com/gpu: "2" }
`;

const BOTH = [
  {
    name: 'a',
    count: 1,
    price: 0,
    capacity: { cpus: 3.92, mem: 7_168, disk: 20_480, pods: 110 },
    attributes: { zone: 'east' },
  },
  {
    name: 'b',
    count: 1,
    price: 0,
    capacity: { cpus: 8, mem: 16_384, gpus: { devices: 2 } },
    attributes: { taints: 'gpu=yes:NoSchedule,spot=:NoExecute' },
  },
];

describe('a list of Kubernetes nodes', () => {
  it('has what pods may use, else all there is, with labels and taints as attributes', () => {
    const { groups, account } = read(YAML);
    expect(groups).toEqual(BOTH);
    expect(account).toEqual({ source: 'list', format: 'kubernetes', read: 2, used: 2, skipped: {}, notes: {} });
  });

  it('may be a list as YAML or JSON, of named items or of those of a NodeList', () => {
    const items = [node('a'), node('b')];
    const bare = items.map(({ metadata, status }) => ({ metadata, status }));
    const yaml = `apiVersion: v1\nitems:\n${items.map((each) => `- ${JSON.stringify(each)}\n`).join('')}kind: List\n`;
    for (const text of [
      JSON.stringify({ apiVersion: 'v1', items, kind: 'List' }, null, 2),
      JSON.stringify({ kind: 'NodeList', apiVersion: 'v1', items: bare }),
      JSON.stringify(items),
      yaml,
    ]) {
      expect(read(text).groups.map(({ name, capacity }) => [name, capacity])).toEqual([
        ['a', { cpus: 4, mem: 8_192 }],
        ['b', { cpus: 4, mem: 8_192 }],
      ]);
    }
  });

  it('says of the taints what the tolerations of pods ask', () => {
    const [, b] = read(YAML).groups;
    const attributes = b!.attributes as Record<string, string>;
    const goes = (...tolerations: object[]) => {
      const constraint = podConstraint({ tolerations });
      return typeof constraint === 'object' && constraint.requirements.every((each) => meets(each, attributes));
    };
    expect(goes()).toBe(false);
    expect(goes({ key: 'gpu', operator: 'Exists' })).toBe(false);
    expect(goes({ key: 'gpu', value: 'no' }, { key: 'spot', operator: 'Exists' })).toBe(false);
    expect(goes({ key: 'gpu', value: 'yes' }, { key: 'spot', operator: 'Exists' })).toBe(true);
    expect(goes({ operator: 'Exists' })).toBe(true);
  });

  it('is without those that are cordoned, and passes over all other kinds, by count', () => {
    const others = [
      node('gone', { spec: { unschedulable: true } }),
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } },
      { apiVersion: 'longhorn.io/v1beta2', kind: 'Node', metadata: { name: 'n' } },
      { metadata: { name: 'what' } },
    ];
    const { groups, account } = read(JSON.stringify([node('a', { spec: { unschedulable: false } }), ...others]));
    expect(groups.map(({ name }) => name)).toEqual(['a']);
    expect(account).toMatchObject({ read: 6, used: 1 });
    expect(account.skipped).toEqual({
      unschedulable: 1,
      'kind Pod': 1,
      'kind Service': 1,
      'kind Node of longhorn.io/v1beta2': 1,
      'missing: kind': 1,
    });
  });

  it('adds up the GPUs of all makers, and notes what it does not count', () => {
    const allocatable = {
      cpu: 1,
      'nvidia.com/gpu': '2',
      'amd.com/gpu': 1,
      'hugepages-2Mi': '0',
      'smarter.com/fuse': 20,
    };
    const { groups, account } = readOne({ status: { allocatable } });
    expect(groups[0]!.capacity).toEqual({ cpus: 1, gpus: { devices: 3 } });
    expect(account.notes).toEqual({ 'smarter.com/fuse, not counted': 1 });
  });

  it('may state amounts under its spec where there is no status', () => {
    expect(readOne({ status: {}, spec: { capacity: { cpu: '2' } } }).groups[0]!.capacity).toEqual({ cpus: 2 });
  });

  it('keeps its taints apart from a label of that name', () => {
    const { groups, account } = readOne({ labels: { taints: 'none', zone: 'a' } });
    expect(groups[0]!.attributes).toEqual({ zone: 'a' });
    expect(account.notes).toEqual({ 'label taints, which is what taints are called here': 1 });
  });

  it('takes what the item says of all nodes, as other lists do', () => {
    const [a, b] = read(YAML, { prefix: 'x-', copies: 3, price: 2, attributes: { zone: 'west' } }).groups;
    expect(a).toMatchObject({ name: 'x-a', count: 3, price: 2, attributes: { zone: 'east' } });
    expect(b).toMatchObject({ name: 'x-b', count: 3, price: 2, attributes: { zone: 'west' } });
  });

  it('says the same as CSV', () => {
    const { header, rows } = csvOfNodes(read(YAML).groups);
    const csv = [header, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n');
    const texts = BOTH.map(({ capacity, ...rest }) => ({
      ...rest,
      capacity: Object.fromEntries(
        Object.entries(capacity).map(([key, amount]) => [key, typeof amount === 'object' ? amount : String(amount)]),
      ),
    }));
    expect(read(csv).groups).toEqual(texts);
  });

  it('is told from CSV by its look alone, and may begin with a byte order mark', () => {
    expect(read(`\uFEFF${JSON.stringify(node('a'))}`).account.format).toBe('kubernetes');
    expect(read('name,cpus\na,1\n').account.format).toBe('csv');
  });
});

describe('what is wrong with a list of Kubernetes nodes is told with its line:', () => {
  const second = (parts: Parameters<typeof node>[1]) =>
    `{\n"apiVersion": "v1", "kind": "List", "note": "a \\"[{", "items": [\n${JSON.stringify(node('a'))},\n\n${JSON.stringify(node('b', parts))}\n]}`;
  const amounts = (allocatable: object) => second({ status: { allocatable } });
  const taint = (...taints: unknown[]) => second({ spec: { taints } });

  it.each([
    ['broken YAML', 'apiVersion: v1\nkind: Node\nstatus: [1\n', /^list:4:1: not valid YAML/],
    ['broken JSON', '{"apiVersion": "v1",\n"kind": "Node" "x"}', /^list:2:16: not valid JSON/],
    ['no node', 'apiVersion: v1\nkind: Service\n', /^list: the list has no node/],
    ['a name twice, in YAML', YAML.replace('name: b', 'name: a'), /^list:11: `a` is the name of line 2 already/],
    [
      'a name twice, in a list as YAML',
      `apiVersion: v1\nkind: List\nitems:\n${'- kind: Node\n  metadata: { name: a }\n  status: { capacity: { cpu: 1 } }\n'.repeat(2)}`,
      /^list:7: `a` is the name of line 4 already/,
    ],
    ['no name', YAML.replace('name: b', 'generateName: b'), /^list:11: the node has no name/],
    ['no capacity', second({ status: {} }), /^list:5: the node has no capacity/],
    ['no amounts that count', amounts({ 'example.com/x': 1 }), /^list:5: the node has no capacity/],
    ['no quantity', amounts({ cpu: 'many' }), /^list:5: `cpu` must be a quantity of 0 or more.*, not `many`/],
    ['less than nothing', amounts({ memory: '-1Gi' }), /^list:5: `memory` must be a quantity/],
    ['half a device', amounts({ 'nvidia.com/gpu': '500m' }), /^list:5: `nvidia.com\/gpu` must be a whole number/],
    ['no quantity of anything else', amounts({ cpu: 1, 'a/b': null }), /^list:5: `a\/b` must be a quantity/],
    ['a label that is no text', second({ labels: { zone: ['a'] } }), /^list:5: the label `zone` must be a text/],
    ['no taint', taint({ key: 'gpu', effect: 'Never' }), /^list:5: .* is no taint/],
    ['a taint of nothing', taint(null), /^list:5: `null` is no taint/],
    [
      'a taint that would be two',
      taint({ key: 'a', value: 'b:NoExecute,c', effect: 'NoSchedule' }),
      /^list:5: .* is no/,
    ],
  ])('%s', (_, content, message) => {
    expect(() => read(content)).toThrow(message);
  });

  it.each([
    ['an empty file', '', 'list: the file is empty'],
    ['bytes', 'kind: Node\0', 'list: this is no text'],
    ['a table', 'name,cpus\na,1\n', 'list: the list has no node'],
  ])('%s, where the format is named', (_, content, message) => {
    expect(() => read(content, { format: 'kubernetes' })).toThrow(message);
  });
});
