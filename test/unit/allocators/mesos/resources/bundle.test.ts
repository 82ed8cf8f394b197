import { describe, expect, it } from 'vitest';
import {
  type Bundle,
  contains,
  minus,
  plus,
  quantityIn,
  sameBundle,
  scalarsOf,
} from '../../../../../src/allocators/mesos/resources/bundle.ts';
import {
  ResourceCatalog,
  type ResourceDescription,
} from '../../../../../src/allocators/mesos/resources/resource-catalog.ts';

const catalog = new ResourceCatalog();
const bundle = (...descriptions: ResourceDescription[]): Bundle => catalog.bundle(descriptions);
const cpus = (value: number, more: Partial<ResourceDescription> = {}) => ({ name: 'cpus', value, ...more });
const to = (...roles: string[]) => ({ reservations: roles.map((role) => ({ role })) });
const volume = { name: 'disk', value: 50, shared: true, disk: { id: 'id1' }, ...to('role1') };
const mount = { name: 'disk', value: 100, disk: { source: 'MOUNT' } };

describe('bundles of resources', () => {
  it('add scalars in thousandths: 0.1 and 0.2 are 0.3', () => {
    expect(sameBundle(plus(bundle(cpus(0.1)), bundle(cpus(0.2))), bundle(cpus(0.3)))).toBe(true);
  });

  it('drop what rounds to no thousandth', () => {
    expect(bundle(cpus(0.0004)).isEmpty).toBe(true);
    expect(catalog.describe(bundle(cpus(0.0005)))).toEqual([{ name: 'cpus', value: 0.001 }]);
  });

  it('keep what is reserved, revocable or a volume apart', () => {
    const all = bundle(cpus(1), cpus(2, to('a')), cpus(3, to('a', 'a/b')), cpus(4, { revocable: true }));
    expect(catalog.describe(all)).toHaveLength(4);
    expect(contains(all, bundle(cpus(2)))).toBe(false);
    expect(contains(all, bundle(cpus(2, to('a'))))).toBe(true);
    expect(scalarsOf(all)).toEqual([10_000]);
  });

  it('keep reservations of one role apart by kind, principal and labels', () => {
    const static_ = { reservations: [{ role: 'a', type: 'static' as const }] };
    const dynamic = { reservations: [{ role: 'a', type: 'dynamic' as const, labels: { owner: 'x' } }] };
    expect(catalog.describe(bundle(cpus(1, static_), cpus(1, dynamic)))).toHaveLength(2);
  });

  it('take a reservation to * for none', () => {
    expect(sameBundle(bundle(cpus(1, to('*'))), bundle(cpus(1)))).toBe(true);
  });

  it('never fall below nothing when more is taken than there is', () => {
    expect(minus(bundle(cpus(1)), bundle(cpus(2))).isEmpty).toBe(true);
    expect(sameBundle(minus(bundle(cpus(1), cpus(1, to('a'))), bundle(cpus(2, to('a')))), bundle(cpus(1)))).toBe(true);
  });

  it('join, take away and hold ranges number by number', () => {
    const ports = (...ranges: [number, number][]) => bundle({ name: 'ports', ranges });
    expect(sameBundle(plus(ports([1, 5]), ports([6, 9])), ports([1, 9]))).toBe(true);
    expect(sameBundle(minus(ports([1, 9]), ports([3, 3], [8, 12])), ports([1, 2], [4, 7]))).toBe(true);
    expect(contains(ports([1, 9]), ports([2, 3], [9, 9]))).toBe(true);
    expect(contains(ports([1, 4], [6, 9]), ports([4, 6]))).toBe(false);
  });

  it('hold sets item by item', () => {
    const zones = (...set: string[]) => bundle({ name: 'zones', set });
    expect(contains(zones('a', 'b'), zones('b'))).toBe(true);
    expect(contains(zones('a', 'b'), zones('c'))).toBe(false);
    expect(sameBundle(minus(zones('a', 'b'), zones('b')), zones('a'))).toBe(true);
  });

  it('count copies of a shared volume, but its space once', () => {
    const two = plus(bundle(volume), bundle(volume));
    expect(contains(two, bundle({ ...volume, copies: 2 }))).toBe(true);
    expect(contains(two, bundle({ ...volume, copies: 3 }))).toBe(false);
    expect(quantityIn(two, catalog.columnOf('disk'))).toBe(50_000);
    expect(sameBundle(minus(two, bundle(volume)), bundle(volume))).toBe(true);
  });

  it('count MOUNT disks one by one: two of 100 have no one of 200, and none of 50', () => {
    const two = plus(bundle(mount), bundle(mount));
    expect(quantityIn(two, catalog.columnOf('disk'))).toBe(200_000);
    expect(contains(two, bundle({ ...mount, value: 200 }))).toBe(false);
    expect(contains(two, bundle({ ...mount, value: 50 }))).toBe(false);
    expect(contains(two, bundle({ ...mount, copies: 2 }))).toBe(true);
  });

  it('count a range by its numbers and a set by its items where quantities are compared', () => {
    const all = bundle(
      {
        name: 'ports',
        ranges: [
          [1, 5],
          [8, 9],
        ],
      },
      { name: 'zones', set: ['a', 'b'] },
    );
    expect(quantityIn(all, catalog.columnOf('ports'))).toBe(7_000);
    expect(quantityIn(all, catalog.columnOf('zones'))).toBe(2_000);
    expect(scalarsOf(all)).toEqual([]);
  });

  it('know names that came up after they were made', () => {
    const own = new ResourceCatalog();
    const early = own.scalars({ cpus: 1 });
    const late = own.scalars({ gpus: 1 });
    expect(contains(early, late)).toBe(false);
    expect(own.units(plus(early, late).plain)).toEqual({ cpus: 1, gpus: 1 });
    expect(own.units(minus(plus(early, late), early).plain)).toEqual({ gpus: 1 });
  });
});
