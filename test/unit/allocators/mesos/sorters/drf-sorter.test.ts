import { beforeEach, describe, expect, it } from 'vitest';
import { ResourceCatalog } from '../../../../../src/allocators/mesos/resources/resource-catalog.ts';
import { ClusterTotals } from '../../../../../src/allocators/mesos/sorters/cluster-totals.ts';
import { comparePaths } from '../../../../../src/allocators/mesos/sorters/compare-paths.ts';
import { DrfSorter } from '../../../../../src/allocators/mesos/sorters/drf-sorter.ts';

const NODE = 0;
let catalog: ResourceCatalog;
let totals: ClusterTotals;
let sorter: DrfSorter<string>;

/** One node with 100 cpus and 100 mem, so that a share of cpus in percent is the number of cpus. */
beforeEach(() => {
  catalog = new ResourceCatalog();
  totals = new ClusterTotals();
  totals.add(catalog.quantities({ cpus: 100, mem: 100 }));
  sorter = new DrfSorter(totals);
});

const add = (...paths: string[]) => {
  for (const path of paths) sorter.activate(sorter.add(path, path));
};
const give = (path: string, cpus: number) =>
  sorter.recordAllocated(sorter.find(path)!, NODE, catalog.scalars({ cpus }));
const take = (path: string, cpus: number) =>
  sorter.recordUnallocated(sorter.find(path)!, NODE, catalog.scalars({ cpus }));
const order = () => sorter.sort().map(({ payload }) => payload);
const share = (path: string) => sorter.shareOf(sorter.find(path)!);

describe('the DRF sorter', () => {
  it('puts the least dominant share first: mem 30 of 100 is more than cpus 20 of 100', () => {
    add('a', 'b');
    sorter.recordAllocated(sorter.find('a')!, NODE, catalog.scalars({ cpus: 1, mem: 30 }));
    give('b', 20);
    expect(order()).toEqual(['b', 'a']);
    expect(share('a')).toBe(0.3);
  });

  it('divides shares by weights, also by those set before the client came', () => {
    sorter.setWeight('a', 4);
    add('a', 'b');
    give('a', 20);
    give('b', 10);
    expect(order()).toEqual(['a', 'b']);
    expect(share('a')).toBe(0.05);
  });

  it('leaves excluded resources out of shares', () => {
    sorter = new DrfSorter(totals, new Set([catalog.columnOf('cpus')]));
    add('a');
    give('a', 50);
    expect(share('a')).toBe(0);
  });

  it('breaks ties by how often something was allocated, which is never counted down', () => {
    add('a', 'b');
    give('a', 1);
    take('a', 1);
    expect(order()).toEqual(['b', 'a']);
    sorter.deactivate(sorter.find('a')!);
    sorter.activate(sorter.find('a')!);
    expect(order()).toEqual(['b', 'a']);
    give('b', 1);
    take('b', 1);
    expect(order()).toEqual(['a', 'b']);
  });

  it('forgets the count of a client that was removed', () => {
    add('a', 'b');
    give('a', 1);
    take('a', 1);
    sorter.remove(sorter.find('a')!);
    add('a');
    expect(order()).toEqual(['a', 'b']);
  });

  it('does not count an operation on what is held as an allocation', () => {
    add('a', 'b');
    give('a', 1);
    give('b', 1);
    const held = catalog.scalars({ cpus: 1 });
    sorter.replaceAllocated(sorter.find('a')!, NODE, held, held);
    expect(order()).toEqual(['a', 'b']);
  });

  it('skips an inactive client, but counts what it holds in the nodes above', () => {
    add('a/x', 'a/y', 'b');
    give('a/x', 10);
    give('b', 5);
    sorter.deactivate(sorter.find('a/x')!);
    expect(order()).toEqual(['b', 'a/y']);
  });

  it('keeps a client with clients below it in a leaf of weight 1 that comes first among equals', () => {
    sorter.setWeight('a', 10);
    add('a', 'a/b', 'a/-');
    expect(order()).toEqual(['a/-', 'a', 'a/b']);
    give('a', 50);
    expect(share('a')).toBe(0.5);
    add('c');
    give('c', 6);
    // All of `a` together has 50 over its weight of 10, that is 5.
    expect(order()).toEqual(['a/-', 'a/b', 'a', 'c']);
  });

  it('gives an inner node the count of the leaf it replaces, and the leaf that of the inner node it replaces', () => {
    add('a', 'b');
    give('a', 1);
    take('a', 1);
    add('a/x');
    expect(order()).toEqual(['b', 'a/x', 'a']);
    give('a/x', 1);
    take('a/x', 1);
    give('b', 1);
    take('b', 1);
    sorter.remove(sorter.find('a/x')!);
    // Twice below `a`, once to `b`.
    expect(order()).toEqual(['b', 'a']);
    give('b', 1);
    take('b', 1);
    expect(order()).toEqual(['a', 'b']);
  });

  it('takes what a removed client held out of the nodes above', () => {
    add('a/x', 'a/y', 'b');
    give('a/x', 10);
    give('b', 5);
    sorter.remove(sorter.find('a/x')!);
    expect(order()).toEqual(['a/y', 'b']);
    expect(catalog.units(sorter.allocated)).toEqual({ cpus: 5 });
  });

  it('sorts anew when the cluster changes', () => {
    add('a', 'b');
    sorter.recordAllocated(sorter.find('a')!, NODE, catalog.scalars({ mem: 20 }));
    give('b', 10);
    expect(order()).toEqual(['b', 'a']);
    totals.add(catalog.quantities({ mem: 900 }));
    expect(order()).toEqual(['a', 'b']);
  });

  it('counts a shared volume once a client, and once in the nodes above', () => {
    totals.add(catalog.quantities({ disk: 100 }));
    add('a/x', 'a/y');
    const volume = catalog.bundle([{ name: 'disk', value: 40, shared: true, disk: { id: 'v' } }]);
    sorter.recordAllocated(sorter.find('a/x')!, NODE, volume);
    sorter.recordAllocated(sorter.find('a/x')!, NODE, volume);
    sorter.recordAllocated(sorter.find('a/y')!, NODE, volume);
    expect(share('a/x')).toBe(0.4);
    expect(catalog.units(sorter.allocated)).toEqual({ disk: 40 });
    sorter.recordUnallocated(sorter.find('a/x')!, NODE, volume);
    expect(share('a/x')).toBe(0.4);
    sorter.remove(sorter.find('a/x')!);
    expect(catalog.units(sorter.allocated)).toEqual({ disk: 40 });
    sorter.recordUnallocated(sorter.find('a/y')!, NODE, volume);
    expect(catalog.units(sorter.allocated)).toEqual({});
  });

  it('sorts paths by the bytes of UTF-8: U+FF41 before U+1F600, - before . before / before 0', () => {
    expect(comparePaths('\u{ff41}', '\u{1f600}')).toBeLessThan(0);
    expect(['a0', 'a/', 'a.', 'a-', 'a'].sort(comparePaths)).toEqual(['a', 'a-', 'a.', 'a/', 'a0']);
  });
});
