import { describe, expect, it } from 'vitest';
import { MinAllocatable } from '../../../../../src/allocators/mesos/resources/min-allocatable.ts';
import { ResourceCatalog } from '../../../../../src/allocators/mesos/resources/resource-catalog.ts';

const catalog = new ResourceCatalog();

describe('the least that is worth an offer', () => {
  const least = new MinAllocatable([{ cpus: 1, mem: 100 }, { ports: 10 }], catalog);

  it('is one alternative in all its amounts', () => {
    expect(least.isMetBy(catalog.scalars({ cpus: 1, mem: 100 }))).toBe(true);
    expect(least.isMetBy(catalog.scalars({ cpus: 1, mem: 99.999 }))).toBe(false);
    expect(least.isMetBy(catalog.scalars({ cpus: 50 }))).toBe(false);
  });

  it('counts the numbers of a range', () => {
    expect(least.isMetBy(catalog.bundle([{ name: 'ports', ranges: [[1, 10]] }]))).toBe(true);
    expect(least.isMetBy(catalog.bundle([{ name: 'ports', ranges: [[1, 9]] }]))).toBe(false);
  });

  it('sums what is reserved and what is not', () => {
    const reserved = { name: 'cpus', value: 0.5, reservations: [{ role: 'a' }] };
    const bundle = catalog.bundle([reserved, { name: 'cpus', value: 0.5 }, { name: 'mem', value: 100 }]);
    expect(least.isMetBy(bundle)).toBe(true);
  });

  it('is anything at all without alternatives', () => {
    const anything = new MinAllocatable([], catalog);
    expect(anything.isMetBy(catalog.scalars({ mem: 0.001 }))).toBe(true);
    expect(anything.isMetBy(catalog.scalars({}))).toBe(false);
  });
});
