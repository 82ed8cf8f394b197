import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { type Constraint, ConstraintTable } from '../../../src/cluster/constraints.ts';
import { Feasibility } from '../../../src/cluster/feasibility.ts';
import type { NodeGroup } from '../../../src/cluster/node-table.ts';
import { groupsOf } from '../../support/small-cluster.ts';

const RESOURCES = [resource('cpus'), resource('mem'), resource('gpus', { devices: true })];

interface Question {
  readonly nodes: readonly (readonly number[])[] | readonly NodeGroup[];
  readonly attributes?: readonly Readonly<Record<string, string>>[];
  /** Units of cpus, mem and gpus of each task. */
  readonly tasks: readonly (readonly number[])[];
  readonly gang?: boolean;
  readonly constraint?: Constraint;
}

function reasonOf({ nodes, attributes, tasks, gang = false, constraint = {} }: Question): string | null {
  const groups = Array.isArray(nodes[0])
    ? groupsOf(nodes as readonly (readonly number[])[], attributes)
    : (nodes as readonly NodeGroup[]);
  const table = new ConstraintTable();
  const row = table.add(constraint);
  const demand = Float64Array.from(tasks.flat(), (units) => Math.round(units * 1000));
  return new Feasibility(RESOURCES, groups, table).reason({
    demand,
    from: 0,
    end: tasks.length,
    gang,
    constraint: row,
  });
}

const pool = (count: number, ...units: number[]): NodeGroup => ({
  name: 'pool',
  count,
  capacity: units.map((amount) => amount * 1000),
  attributes: {},
});

describe('a job of single tasks can run', () => {
  it('when each of its tasks fits on an empty node, however many there are', () => {
    expect(reasonOf({ nodes: [[4, 4, 0]], tasks: new Array(50).fill([4, 4, 0]) })).toBeNull();
  });

  it('when its tasks need different nodes', () => {
    const nodes = [
      [8, 1, 0],
      [1, 8, 0],
    ];
    const tasks = [
      [8, 1, 0],
      [1, 8, 0],
    ];
    expect(reasonOf({ nodes, tasks })).toBeNull();
  });

  it('when it demands nothing', () => {
    expect(reasonOf({ nodes: [[1, 1, 0]], tasks: [[0, 0, 0]] })).toBeNull();
  });
});

describe('a job can never run, and the reason says why,', () => {
  it('when a task needs more than the largest node', () => {
    const nodes = [
      [4, 4, 0],
      [6, 4, 0],
    ];
    expect(reasonOf({ nodes, tasks: [[6.5, 1, 0]] })).toBe('a task needs 6.5 cpus, the largest node has 6');
  });

  it('when only its last task is too large', () => {
    const tasks = [
      [1, 1, 0],
      [1, 5, 0],
    ];
    expect(reasonOf({ nodes: [[4, 4, 0]], tasks })).toBe('a task needs 5 mem, the largest node has 4');
  });

  it('when no single node has both what a task needs', () => {
    const nodes = [
      [8, 1, 0],
      [1, 8, 0],
    ];
    expect(reasonOf({ nodes, tasks: [[2, 2, 0]] })).toBe('no single node has everything that a task needs');
  });

  it('when no node satisfies its constraint', () => {
    const question = { nodes: [[4, 4, 0]], attributes: [{ zone: 'east' }], tasks: [[1, 1, 0]] };
    expect(reasonOf({ ...question, constraint: { zone: ['west', 'north'] } })).toBe('no node has zone west or north');
  });

  it('when the nodes that satisfy its constraint are too small', () => {
    const nodes = [
      [4, 4, 0],
      [8, 8, 0],
    ];
    const attributes = [{ zone: 'east' }, { zone: 'west' }];
    const question = { nodes, attributes, tasks: [[5, 1, 0]] };
    expect(reasonOf({ ...question, constraint: { zone: ['east'] } })).toBe(
      'a task needs 5 cpus, the largest node has 4',
    );
    expect(reasonOf({ ...question, constraint: { zone: ['west'] } })).toBeNull();
  });

  it('when it needs more devices than a node has, though the cluster has them', () => {
    expect(reasonOf({ nodes: [pool(4, 4, 4, 1)], tasks: [[1, 1, 2]] })).toBe(
      'a task needs 2 gpus, the largest node has 1',
    );
  });
});

describe('a gang of like tasks', () => {
  it('can run when the nodes hold enough of them at once', () => {
    // A node of 5 cpus holds two tasks of 2; three nodes hold six.
    const question = { nodes: [pool(3, 5, 9, 0)], gang: true };
    expect(reasonOf({ ...question, tasks: new Array(6).fill([2, 1, 0]) })).toBeNull();
    expect(reasonOf({ ...question, tasks: new Array(7).fill([2, 1, 0]) })).toBe(
      'its 7 tasks start together, the cluster holds 6 of them at once',
    );
  });

  it('is limited by the scarcest resource of each node', () => {
    // 4 and 2 tasks by cpus and mem on the first node, 1 and 9 on the second: 2 + 1.
    const nodes = [
      [4, 2, 0],
      [1, 9, 0],
    ];
    expect(reasonOf({ nodes, gang: true, tasks: new Array(3).fill([1, 1, 0]) })).toBeNull();
    expect(reasonOf({ nodes, gang: true, tasks: new Array(4).fill([1, 1, 0]) })).toContain('holds 3 of them');
  });

  it('counts shares of devices by whole devices', () => {
    // Of 0.4 a device holds two, though 2 devices are five times 0.4.
    const nodes = [[9, 9, 2]];
    expect(reasonOf({ nodes, gang: true, tasks: new Array(4).fill([1, 1, 0.4]) })).toBeNull();
    expect(reasonOf({ nodes, gang: true, tasks: new Array(5).fill([1, 1, 0.4]) })).toContain('holds 4 of them');
  });

  it('counts only nodes that satisfy its constraint', () => {
    const nodes = [
      [2, 2, 0],
      [2, 2, 0],
    ];
    const question = { nodes, attributes: [{ zone: 'east' }, {}], gang: true, tasks: new Array(3).fill([1, 1, 0]) };
    expect(reasonOf(question)).toBeNull();
    expect(reasonOf({ ...question, constraint: { zone: ['east'] } })).toContain('holds 2 of them');
  });

  it('that demands nothing can run whatever its size', () => {
    expect(reasonOf({ nodes: [[1, 1, 0]], gang: true, tasks: new Array(9).fill([0, 0, 0]) })).toBeNull();
  });
});

describe('a gang of unlike tasks', () => {
  it('can run when its tasks find room side by side', () => {
    const nodes = [
      [3, 9, 0],
      [2, 9, 0],
    ];
    const tasks = [
      [2, 1, 0],
      [2, 1, 0],
      [1, 1, 0],
    ];
    expect(reasonOf({ nodes, gang: true, tasks })).toBeNull();
  });

  it('cannot when they do not', () => {
    const tasks = [
      [2, 1, 0],
      [3, 1, 0],
    ];
    expect(reasonOf({ nodes: [[4, 9, 0]], gang: true, tasks })).toBe(
      'its 2 tasks start together and find no room side by side',
    );
  });

  it('can run when only the second task can have the first node', () => {
    // The task of 1 must go to node 1, so that the task of 2 has node 0.
    const nodes = [
      [2, 9, 0],
      [1, 9, 0],
    ];
    const tasks = [
      [1, 1, 0],
      [2, 1, 0],
    ];
    expect(reasonOf({ nodes, gang: true, tasks })).toBeNull();
  });

  it('cannot share two devices among three tasks of more than half a device each', () => {
    const tasks = [
      [1, 1, 0.6],
      [1, 1, 0.6],
      [2, 1, 0.6],
    ];
    expect(reasonOf({ nodes: [[9, 9, 2]], gang: true, tasks })).not.toBeNull();
  });

  it('can have one device whole and share the other', () => {
    const tasks = [
      [1, 1, 0.4],
      [1, 1, 1],
      [1, 1, 0.6],
    ];
    expect(reasonOf({ nodes: [[9, 9, 2]], gang: true, tasks })).toBeNull();
  });

  it('looks at every node of a pool', () => {
    const tasks = [
      [4, 1, 0],
      [3, 1, 0],
    ];
    expect(reasonOf({ nodes: [pool(2, 4, 9, 0)], gang: true, tasks })).toBeNull();
    expect(reasonOf({ nodes: [pool(1, 4, 9, 0)], gang: true, tasks })).not.toBeNull();
  });
});
