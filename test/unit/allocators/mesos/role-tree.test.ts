import { describe, expect, it } from 'vitest';
import { readQuota } from '../../../../src/allocators/mesos/quota.ts';
import { ResourceCatalog } from '../../../../src/allocators/mesos/resources/resource-catalog.ts';
import { RoleTree } from '../../../../src/allocators/mesos/role-tree.ts';
import { chargeOf } from '../../../../src/allocators/mesos/run/quota-books.ts';

const catalog = new ResourceCatalog();
const reserved = (cpus: number, ...roles: string[]) =>
  catalog.bundle([{ name: 'cpus', value: cpus, reservations: roles.map((role) => ({ role })) }]);

describe('the role tree', () => {
  it('keeps a role as long as there is a reason, and all above it', () => {
    const tree = new RoleTree();
    tree.setWeight('a/b', 2);
    tree.setQuota('a', readQuota({ cpus: 1 }, {}, catalog));
    tree.setWeight('a/b', 1);
    expect([...tree.all].map(({ path }) => path)).toEqual(['a']);
    tree.setQuota('a', readQuota({}, {}, catalog));
    expect([...tree.all]).toEqual([]);
  });

  it('takes a limit of 0 for a quota, and a guarantee of 0 for none', () => {
    expect(readQuota({}, { cpus: 0 }, catalog)).toMatchObject({ hasGuarantees: false, hasLimits: true });
    expect(readQuota({ cpus: 0 }, {}, catalog)).toBeNull();
  });

  it('sums the reservations of a refinement where its last role stands, and above', () => {
    const tree = new RoleTree();
    tree.trackReservations(reserved(1, 'a', 'a/b'));
    tree.trackReservations(reserved(2, 'a'));
    expect(catalog.units(tree.find('a')!.reservations)).toEqual({ cpus: 3 });
    expect(catalog.units(tree.find('a/b')!.reservations)).toEqual({ cpus: 1 });
    tree.untrackReservations(reserved(1, 'a', 'a/b'));
    expect(tree.find('a/b')).toBeUndefined();
  });

  it('charges a reservation once, whether it is held or not, and nothing for what is revocable', () => {
    const tree = new RoleTree();
    tree.trackReservations(reserved(1, 'a'));
    tree.hold(tree.find('a')!, 0, reserved(1, 'a'));
    tree.hold(tree.find('a')!, 0, catalog.bundle([{ name: 'cpus', value: 8, revocable: true }]));
    tree.hold(tree.find('a')!, 0, catalog.scalars({ cpus: 2 }));
    expect(catalog.units(chargeOf(tree.find('a')!))).toEqual({ cpus: 3 });
  });
});
