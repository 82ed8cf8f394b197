import { describe, expect, it } from 'vitest';
import { courtesyOptions } from '../../../../../src/allocators/mesos/schedulers/courtesy-options.ts';
import { findScheduler, schedulers } from '../../../../../src/allocators/mesos/schedulers/registry.ts';
import { resolveOptions } from '../../../../../src/base/options.ts';
import { FakeDriver } from '../../../../support/fake-driver.ts';

describe('the schedulers of frameworks', () => {
  it('are found by name, each once', () => {
    const names = schedulers.map(({ name }) => name);
    expect([...names].sort()).toEqual(['decline', 'fair', 'fifo', 'greedy', 'hadoop', 'mpi', 'spark']);
    for (const definition of schedulers) expect(findScheduler(definition.name)).toBe(definition);
    expect(findScheduler('yarn')).toBeUndefined();
  });

  it.each(schedulers)('$name does not repeat an option that all frameworks have', ({ options }) => {
    expect(Object.keys(options).filter((key) => key in courtesyOptions)).toEqual([]);
  });

  it.each(schedulers)('$name has defaults that its own checks accept', ({ options }) => {
    expect(resolveOptions(options, resolveOptions(options, {}).values).problems).toEqual([]);
  });

  it('has courtesies that their own checks accept', () => {
    const { values } = resolveOptions(courtesyOptions, {});
    expect(values).toEqual({ refuse: '5s', idle: 'suppress', think: '0s' });
    expect(resolveOptions(courtesyOptions, values).problems).toEqual([]);
  });

  it.each(schedulers.filter(({ name }) => name !== 'decline'))('$name starts every task of a job that fits', (each) => {
    const master = new FakeDriver(each);
    master.job(5);
    master.job(3, { gang: true });
    for (let round = 0; round < 4; round++) master.offer([0, 8], [1, 8], [2, 8], [3, 8]);
    const started = master.said().filter((line) => line.startsWith('run'));
    expect(started.map((line) => line.slice(4, 7)).sort()).toEqual([
      ...['0.0', '0.1', '0.2', '0.3', '0.4'],
      ...['1.0', '1.1', '1.2'],
    ]);
  });

  it.each(schedulers.filter(({ name }) => name !== 'decline'))(
    '$name forgets what a job that has ended asked for',
    (each) => {
      const master = new FakeDriver(each, each.name === 'spark' ? { 'idle-timeout': '1s' } : {});
      master.job([[9, 1]]);
      master.offer([0, 9]);
      master.end(0, 0);
      master.until(2);
      master.said();
      // The rows of the first job are used again.
      master.job(1);
      master.offer([0, 2]);
      expect(master.said().at(-1)).toBe('run 1.0 on n0');
    },
  );

  it.each(['hadoop', 'spark'])('%s refuses nothing while a gang waits for offers together', (name) => {
    const master = new FakeDriver(findScheduler(name)!);
    master.job(2, { gang: true });
    master.offer([0, 1]);
    expect(master.said()).toEqual(['decline n0 for 0 s']);
  });

  it.each(schedulers)('$name answers each offer once, or keeps it', (each) => {
    const master = new FakeDriver(each);
    master.job(3);
    for (let round = 0; round < 3; round++) master.offer([0, 1], [1, 1], [2, 1]);
    // The master throws where an offer is answered twice; what starts is what there is.
    const lines = master.said();
    expect(lines.filter((line) => line.startsWith('run')).length).toBe(each.name === 'decline' ? 0 : 3);
    expect(lines.filter((line) => line.startsWith('decline')).length).toBe(each.name === 'decline' ? 9 : 6);
  });
});
