import { describe, expect, it } from 'vitest';
import { ConstraintTable } from '../../../src/cluster/constraints.ts';
import { SmallCluster } from '../../support/small-cluster.ts';

const node = (attributes: Readonly<Record<string, string>>) => ({ name: 'n', count: 1, capacity: [], attributes });

describe('a constraint', () => {
  it('without keys is row 0, which every node satisfies', () => {
    const table = new ConstraintTable();
    expect(table.add({})).toBe(0);
    expect(table.satisfies(node({}), 0)).toBe(true);
    expect(table.count).toBe(1);
  });

  it('gets one row however its keys and values are ordered', () => {
    const table = new ConstraintTable();
    const row = table.add({ rack: ['r1', 'r2'], zone: ['east'] });
    expect(table.add({ zone: ['east'], rack: ['r2', 'r1'] })).toBe(row);
    expect(table.add({ zone: ['east'], rack: ['r2'] })).not.toBe(row);
    expect(table.count).toBe(3);
  });

  it('is satisfied when each key has one of its values', () => {
    const table = new ConstraintTable();
    const row = table.add({ rack: ['r1', 'r2'], zone: ['east'] });
    expect(table.satisfies(node({ rack: 'r2', zone: 'east' }), row)).toBe(true);
    expect(table.satisfies(node({ rack: 'r3', zone: 'east' }), row)).toBe(false);
    expect(table.satisfies(node({ rack: 'r1', zone: 'west' }), row)).toBe(false);
    expect(table.satisfies(node({ rack: 'r1' }), row)).toBe(false);
  });

  it('with no value for a key is satisfied by no node', () => {
    const table = new ConstraintTable();
    expect(table.satisfies(node({ rack: 'r1' }), table.add({ rack: [] }))).toBe(false);
  });

  it('may have requirements beside its keys, in a row of their own', () => {
    const table = new ConstraintTable();
    const free = { attribute: 'taints', must: 'tolerates', values: [] } as const;
    const notOld = { attribute: 'age', must: 'not-in', values: ['old', 'ancient'] } as const;
    const row = table.add({ rack: ['r1'] }, {}, [free, notOld]);
    expect(table.add({ rack: ['r1'] }, {}, [{ ...notOld, values: ['ancient', 'old'] }, free])).toBe(row);
    expect(table.add({ rack: ['r1'] }, {}, [free])).not.toBe(row);
    expect(table.satisfies(node({ rack: 'r1' }), row)).toBe(true);
    expect(table.satisfies(node({ rack: 'r1', age: 'old' }), row)).toBe(false);
    expect(table.satisfies(node({ rack: 'r1', taints: 'gpu=:NoSchedule' }), row)).toBe(false);
    expect(table.describe(row)).toBe('rack r1, only taints that are tolerated, age other than old or ancient');
  });

  it('may have speeds, which multiply; a node where they come to zero does not satisfy it', () => {
    const table = new ConstraintTable();
    expect(table.hasSpeeds).toBe(false);
    const row = table.add({ rack: ['r1'] }, { type: { v100: 4, k80: 0 }, disk: { ssd: 1.5 } });
    expect(table.add({ rack: ['r1'] }, { disk: { ssd: 1.5 }, type: { k80: 0, v100: 4 } })).toBe(row);
    expect(table.add({ rack: ['r1'] })).not.toBe(row);
    expect(table.hasSpeeds).toBe(true);
    expect(table.speed(node({ type: 'v100', disk: 'ssd' }), row)).toBe(6);
    expect(table.speed(node({ type: 'p100' }), row)).toBe(1);
    expect(table.satisfies(node({ rack: 'r1', type: 'v100' }), row)).toBe(true);
    expect(table.satisfies(node({ rack: 'r1', type: 'k80' }), row)).toBe(false);
    expect(table.describe(row)).toBe('rack r1, a speed above 0 by type and disk');
    expect(table.speed(node({ type: 'v100' }), 0)).toBe(1);
  });

  it('is described in words', () => {
    const table = new ConstraintTable();
    expect(table.describe(table.add({ rack: ['r1', 'r2'], zone: ['east'] }))).toBe('rack r1 or r2, zone east');
  });
});

describe('a task with a constraint', () => {
  it('fits only on nodes that satisfy it', () => {
    const small = new SmallCluster(new Array(3).fill([4, 0]), [{ zone: 'east' }, {}, { zone: 'west' }]);
    const fits = (constraint: Record<string, string[]>) => {
      const task = small.task([1, 0], constraint);
      return [0, 1, 2].map((at) => small.cluster.fits(task, at));
    };
    expect(fits({})).toEqual([true, true, true]);
    expect(fits({ zone: ['west'] })).toEqual([false, false, true]);
    expect(fits({ zone: ['east', 'west'] })).toEqual([true, false, true]);
  });
});

describe('node classes', () => {
  it('are the combinations of capacities and attributes, in order of first appearance', () => {
    const nodes = [
      [4, 0],
      [4, 0],
      [8, 0],
      [4, 0],
    ];
    const { cluster } = new SmallCluster(nodes, [
      { zone: 'east' },
      { zone: 'west' },
      { zone: 'east' },
      { zone: 'east' },
    ]);
    expect([0, 1, 2, 3].map((at) => cluster.nodeClass(at))).toEqual([0, 1, 2, 0]);
    expect(cluster.nodeClassCount).toBe(3);
  });

  it('do not depend on the order in which attributes are written', () => {
    const { cluster } = new SmallCluster(
      [
        [4, 0],
        [4, 0],
      ],
      [
        { zone: 'east', rack: 'r1' },
        { rack: 'r1', zone: 'east' },
      ],
    );
    expect(cluster.nodeClassCount).toBe(1);
  });

  it('satisfy a constraint exactly when their nodes do', () => {
    const small = new SmallCluster(new Array(2).fill([4, 0]), [{ zone: 'east' }, { zone: 'west' }]);
    const task = small.task([1, 0], { zone: ['west'] });
    const row = small.cluster.constraint(task);
    expect([0, 1].map((nodeClass) => small.cluster.classSatisfies(nodeClass, row))).toEqual([false, true]);
    expect([0, 1].map((nodeClass) => small.cluster.classSatisfies(nodeClass, 0))).toEqual([true, true]);
  });
});
