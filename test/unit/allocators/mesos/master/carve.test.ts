import { describe, expect, it } from 'vitest';
import { carve } from '../../../../../src/allocators/mesos/master/carve.ts';
import { scalarsOf } from '../../../../../src/allocators/mesos/resources/bundle.ts';
import { MesosMaster } from '../../../../support/mesos-master.ts';

const master = new MesosMaster();
const part = (demand: readonly number[], of: Parameters<MesosMaster['bundle']>[0]) => {
  const carved = carve(master.bundle(of), Float64Array.from(demand));
  return carved === null ? null : master.text(carved);
};

describe('what a task demands', () => {
  it('is carved out of what is there', () => {
    expect(part([1000, 512_000], { cpus: 2, mem: 1024 })).toBe('cpus:1 mem:512');
  });

  it('is not there where one resource falls short by a thousandth', () => {
    expect(part([2001, 0], { cpus: 2, mem: 1024 })).toBeNull();
    expect(part([2000, 1_024_001], { cpus: 2, mem: 1024 })).toBeNull();
  });

  it('takes what is reserved first, and of the rest only what that lacks', () => {
    const bundle = [
      { name: 'cpus', value: 2 },
      { name: 'cpus', value: 1, reservations: [{ role: 'r' }] },
    ];
    expect(part([1500, 0], bundle)?.split(' ').sort()).toEqual(['cpus:0.5', 'cpus@r:1']);
    expect(part([500, 0], bundle)).toBe('cpus@r:0.5');
    expect(part([3001, 0], bundle)).toBeNull();
  });

  it('is nothing where it is nothing', () => {
    expect(scalarsOf(carve(master.bundle({ cpus: 1 }), Float64Array.of(0, 0))!)).toEqual([0, 0]);
  });
});
