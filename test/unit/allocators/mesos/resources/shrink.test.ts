import { describe, expect, it } from 'vitest';
import { limitsLess } from '../../../../../src/allocators/mesos/resources/limits.ts';
import {
  ResourceCatalog,
  type ResourceDescription,
} from '../../../../../src/allocators/mesos/resources/resource-catalog.ts';
import { shrinkToLimits, shrinkToQuantities } from '../../../../../src/allocators/mesos/resources/shrink.ts';
import { openStream } from '../../../../../src/base/random.ts';

const catalog = new ResourceCatalog();
const whole = catalog.scalars({ cpus: 4, mem: 2048, disk: 100 });
const random = () => 0.5;
const unitsOf = (kept: { plain: number[] }) => catalog.units(kept.plain);

describe('shrinking to quantities', () => {
  it('cuts what is above the target and drops what the target lacks', () => {
    const kept = shrinkToQuantities(whole, catalog.quantities({ cpus: 1.5, mem: 4096 }), random);
    expect(unitsOf(kept)).toEqual({ cpus: 1.5, mem: 2048 });
  });

  it('keeps nothing for an empty target', () => {
    expect(shrinkToQuantities(whole, [], random).isEmpty).toBe(true);
  });
});

describe('shrinking to limits', () => {
  it('cuts what is above a limit and keeps whole what has none', () => {
    const kept = shrinkToLimits(whole, catalog.limits({ cpus: 1.5 }), random);
    expect(unitsOf(kept)).toEqual({ cpus: 1.5, mem: 2048, disk: 100 });
  });

  it('changes nothing without limits, and takes a limit of 0 at its word', () => {
    expect(unitsOf(shrinkToLimits(whole, catalog.limits({}), random))).toEqual({ cpus: 4, mem: 2048, disk: 100 });
    expect(unitsOf(shrinkToLimits(whole, catalog.limits({ cpus: 0 }), random))).toEqual({ mem: 2048, disk: 100 });
  });

  it('keeps a limit that is used up as a limit of 0', () => {
    const left = limitsLess(catalog.limits({ cpus: 1 }), catalog.quantities({ cpus: 3 }));
    expect(unitsOf(shrinkToLimits(whole, left, random))).toEqual({ mem: 2048, disk: 100 });
  });
});

describe('shrinking disks', () => {
  const mount = (value: number): ResourceDescription => ({ name: 'disk', value, disk: { source: 'MOUNT' } });
  const kept = (descriptions: ResourceDescription[], disk: number, seed = 'x') =>
    catalog.describe(
      shrinkToQuantities(catalog.bundle(descriptions), catalog.quantities({ disk }), openStream(seed, 'shrink')),
    );

  it('keeps a MOUNT disk whole or not at all', () => {
    expect(kept([mount(100)], 100)).toMatchObject([{ value: 100 }]);
    expect(kept([mount(100)], 99)).toEqual([]);
  });

  it('cuts a PATH disk', () => {
    expect(kept([{ ...mount(100), disk: { source: 'PATH' } }], 99)).toMatchObject([{ value: 99 }]);
  });

  it('keeps as many equal MOUNT disks as fit: two of three in 250', () => {
    expect(kept([{ ...mount(100), copies: 3 }], 250)).toMatchObject([{ value: 100, copies: 2 }]);
  });

  it('visits disks in random order: of 60 and 80 in 100 either is kept, each about as often', () => {
    let sixty = 0;
    for (let seed = 0; seed < 400; seed++) {
      const [one, ...others] = kept([mount(60), mount(80)], 100, String(seed));
      expect(others).toEqual([]);
      if (one!.value === 60) sixty++;
    }
    expect(sixty).toBeGreaterThan(150);
    expect(sixty).toBeLessThan(250);
  });
});
