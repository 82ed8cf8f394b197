import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { SECOND } from '../../../../src/base/time.ts';
import { Cluster } from '../../../../src/cluster/cluster.ts';
import { readEventList } from '../../../../src/scenario/event-lists.ts';

const resources = [resource('cpus'), resource('mem')];

/** Nodes 5, 7 and 9, and a group of two, each of half a cpu and a quarter of mem. */
const cluster = new Cluster(
  resources,
  [
    ['5', 1],
    ['7', 1],
    ['9', 1],
    ['rack', 2],
  ].map(([name, count]) => ({ name: String(name), count: Number(count), capacity: [500, 250], attributes: {} })),
);

function read(content: string, settings: { format?: string; 'starts-at'?: string } = {}) {
  const { events, account } = readEventList(
    new TextEncoder().encode(content),
    { file: 'list', 'starts-at': '0s', ...settings },
    cluster,
  );
  return { account, events: events.map(({ at, nodes, state }) => [at / SECOND, nodes, state]) };
}

describe('a list of machine events of Google', () => {
  const list = `0,5,0,p,0.5,0.25
0,7,0,p,0.5,0.25
60000000,9,0,p,0.5,0.25
70000000,5,1,p,,
80000000,5,0,p,1,0.25
90000000,7,2,p,1,1
95000000,7,0,p,0.5,0.25
99000000,8,0,p,0.5,0.25
`;

  it('adds and removes nodes; those that are added later begin as down', () => {
    expect(read(list).events).toEqual([
      [0, [2], 'down'],
      [0, [0], 'up'],
      [0, [1], 'up'],
      [60, [2], 'up'],
      [70, [0], 'down'],
      [80, [0], 'up'],
    ]);
  });

  it('accounts for each record: used, or left out for a reason; what was left aside is noted', () => {
    expect(read(list).account).toEqual({
      source: 'list',
      format: 'google2011',
      read: 8,
      used: 5,
      skipped: { 'update of a capacity, not applied': 1, 'added, and was there': 1, 'no such node': 1 },
      notes: { 'added with another capacity, not applied': 1 },
    });
  });

  it('may begin later: what was before makes up the first state', () => {
    expect(read(list, { 'starts-at': '75s' }).events).toEqual([
      [0, [0], 'up'],
      [0, [1], 'up'],
      [0, [2], 'up'],
      [0, [0], 'down'],
      [5, [0], 'up'],
    ]);
  });

  it('is put in order of time', () => {
    expect(read('9000000,5,0,p,0.5,0.25\n4000000,5,1,p,,\n').events).toEqual([
      [4, [0], 'down'],
      [9, [0], 'up'],
    ]);
  });
});

describe('a list of events of our own', () => {
  it('has times, nodes or groups, and states as in a scenario; what lasts becomes two', () => {
    expect(read('at,node,is,for\n2m,rack,draining,\n1.5,5,down,90s\n').events).toEqual([
      [1.5, [0], 'down'],
      [91.5, [0], 'up'],
      [120, [3, 4], 'draining'],
    ]);
  });

  it('knows single nodes of a group', () => {
    expect(read('at,node,is\n1,rack-1,unreachable\n').events).toEqual([[1, [4], 'unreachable']]);
  });

  it.each([
    ['at,node,is\nsoon,5,down\n', 'list:2: `at` must be a duration of 0 or more'],
    ['at,node,is\n1,6,down\n', 'list:2: there is no node `6`'],
    ['at,node,is\n1,5,gone\n', 'list:2: `is` must be up, draining, down, unreachable, not `gone`'],
    ['when,node,is\n1,5,down\n', 'list:1: this does not look like a list of events'],
  ])('tells what is wrong with %j', (content, message) => {
    expect(() => read(content)).toThrow(message);
  });
});
