import { describe, expect, it } from 'vitest';
import { nodeFileSchema } from '../../../../src/scenario/cluster-schema.ts';
import { csvOfNodes } from '../../../../src/scenario/lists/csv-of-nodes.ts';
import { readNodeList } from '../../../../src/scenario/lists/read-node-list.ts';

function read(content: string, settings: Record<string, unknown> = {}) {
  return readNodeList(new TextEncoder().encode(content), nodeFileSchema.parse({ file: 'list', ...settings }));
}

const nodesOf = (content: string, settings: Record<string, unknown> = {}) => read(content, settings).groups;

describe('a list of nodes', () => {
  it('of openb has thousandths of cores, MiB, and GPUs of a model; a node without GPUs has no model', () => {
    const text = 'sn,cpu_milli,memory_mib,gpu,model\nn-0,96000,786432,8,G2\nn-1,32500,1024,0,\n';
    expect(nodesOf(text)).toEqual([
      {
        name: 'n-0',
        count: 1,
        price: 0,
        capacity: { cpus: 96, mem: 786_432, gpus: { devices: 8 } },
        attributes: { 'gpu-model': 'G2' },
      },
      { name: 'n-1', count: 1, price: 0, capacity: { cpus: 32.5, mem: 1_024, gpus: { devices: 0 } }, attributes: {} },
    ]);
  });

  it('of PAI has cores and GiB, and keeps CPU as a model', () => {
    expect(nodesOf('machine,gpu_type,cap_cpu,cap_mem,cap_gpu\nm1,T4,96,512,2\nm2,CPU,96,0.5,0\n')).toMatchObject([
      { capacity: { cpus: 96, mem: 524_288, gpus: { devices: 2 } }, attributes: { 'gpu-model': 'T4' } },
      { capacity: { mem: 512 }, attributes: { 'gpu-model': 'CPU' } },
    ]);
  });

  it('of spot instances says nothing of memory', () => {
    expect(nodesOf('gpu_model,gpu_capacity_num,cpu_num,node_name\nA10,1,128,0\n')).toMatchObject([
      { name: '0', capacity: { cpus: 128, gpus: { devices: 1 } }, attributes: { 'gpu-model': 'A10' } },
    ]);
  });

  it('of Tiresias is so many switches with so many nodes each', () => {
    const text = 'num_switch,num_node_p_switch,num_gpu_p_node,num_cpu_p_node,mem_p_node\n2,32,8,128,256';
    const capacity = { cpus: 128, mem: 262_144, gpus: { devices: 8 } };
    expect(nodesOf(text)).toMatchObject([
      { name: 'switch-0', count: 32, capacity, attributes: { switch: 'switch-0' } },
      { name: 'switch-1', count: 32, capacity, attributes: { switch: 'switch-1' } },
    ]);
  });

  it('of Alea is clusters parted by tabs, with memory in KiB, and the speed as an attribute', () => {
    expect(nodesOf('0\tzewura\t20\t80\t1\t529426432\r\n1\tzegox\t48\t12\t1.5\t1048576\r\n')).toMatchObject([
      { name: 'zewura', count: 20, capacity: { cpus: 80, mem: 517_018 } },
      { name: 'zegox', count: 48, capacity: { cpus: 12, mem: 1_024 }, attributes: { cluster: 'zegox', speed: '1.5' } },
    ]);
  });

  const machines = '0,5,0,p1,0.5,0.25\n0,7,0,p2,1,1\n0,8,0,p2,,\n60,9,0,p1,0.25,0.25\n70,5,1,p1,,\n80,5,0,p1,1,1\n';

  it('of Google machines has those added at time 0, as they are first added', () => {
    const { groups, account } = read(machines);
    expect(groups.map(({ name, capacity, attributes }) => [name, capacity, attributes])).toEqual([
      ['5', { cpus: 0.5, mem: 0.25 }, { platform: 'p1' }],
      ['7', { cpus: 1, mem: 1 }, { platform: 'p2' }],
    ]);
    expect(account).toMatchObject({ read: 6, used: 2 });
    expect(account.skipped).toEqual({
      'no capacity': 1,
      'a machine added later': 1,
      'a later change of the same machine': 2,
    });
  });

  it('of Google machines can have all that ever come', () => {
    expect(nodesOf(machines, { machines: 'all' }).map(({ name }) => name)).toEqual(['5', '7', '9']);
  });

  const own = 'name,count,cpus,mem,gpus,attribute.rack,price\na,2,8,64GB,4d,r1,0.5\nb,,8.5,,,,\n';

  it('of our own has a column a resource, devices by their d, attributes and prices', () => {
    expect(nodesOf(own, { price: 3, attributes: { rack: 'none', zone: 'z' }, prefix: 'x-', copies: 2 })).toEqual([
      {
        name: 'x-a',
        count: 4,
        price: 0.5,
        capacity: { cpus: '8', mem: '64GB', gpus: { devices: 4 } },
        attributes: { rack: 'r1', zone: 'z' },
      },
      { name: 'x-b', count: 2, price: 3, capacity: { cpus: '8.5' }, attributes: { rack: 'none', zone: 'z' } },
    ]);
  });

  it('comes out the same when it is written and read again', () => {
    const { header, rows } = csvOfNodes(nodesOf(own));
    const text = [header, ...rows].map((cells) => cells.join(',')).join('\n');
    expect(nodesOf(text)).toEqual(nodesOf(own));
  });

  it('may begin with a byte order mark, quote its cells, and have blank lines', () => {
    expect(nodesOf('\uFEFFname,"cpus"\n\n"a,b",4\n  \n')).toMatchObject([{ name: 'a,b', capacity: { cpus: '4' } }]);
  });
});

describe('what is wrong with a list of nodes is told with its line:', () => {
  it.each([
    ['an empty file', '', 'list: the file is empty'],
    ['a header alone', 'name,cpus\n', 'list: the list has no node'],
    ['no list at all', 'a,b\n1,2\n', 'list:1: this does not look like a list of nodes'],
    ['bytes', 'name\0', 'list: this is no text'],
    ['an open quote', 'name,cpus\n"a,4\n', 'list:2: quotes'],
    ['a name twice', 'name,cpus\na,1\nb,1\na,2\n', 'list:4: `a` is the name of line 2 already'],
    ['no name', 'name,cpus\n,1\n', 'list:2: the node has no name'],
    ['no capacity', 'name,cpus\na,\n', 'list:2: the node has no capacity'],
    ['no amount', 'name,cpus\na,-1\n', 'list:2: `cpus` must be an amount'],
    ['half a node', 'name,count,cpus\na,1.5,1\n', 'list:2: `count` must be a whole number of 1 or more, not `1.5`'],
    ['half a device', 'machine,gpu_type,cap_cpu,cap_mem,cap_gpu\nm,T4,9,9,0.5\n', '`cap_gpu` must be a whole number'],
    [
      'a cell too few',
      'machine,gpu_type,cap_cpu,cap_mem,cap_gpu\nm,T4,9\n',
      '`cap_mem` must be a number of 0 or more, not empty',
    ],
  ])('%s', (_, content, message) => {
    expect(() => read(content)).toThrow(message);
  });

  it('a header that lacks a column of the format that was named', () => {
    const text = 'sn,cpu_mili,memory_mib,gpu,model\na,1,1,1,T4\n';
    expect(() => read(text, { format: 'alibaba-gpu2023' })).toThrow(
      'list:1: the header has no column `cpu_milli` (did you mean `cpu_mili`?)',
    );
  });
});
