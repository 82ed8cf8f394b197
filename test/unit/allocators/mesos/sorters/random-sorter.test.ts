import { describe, expect, it } from 'vitest';
import { RandomSorter } from '../../../../../src/allocators/mesos/sorters/random-sorter.ts';
import { openStream } from '../../../../../src/base/random.ts';

function sorterOf(...paths: string[]): RandomSorter<string> {
  const sorter = new RandomSorter<string>(openStream('seed', 'sorter'));
  for (const path of paths) sorter.activate(sorter.add(path, path));
  return sorter;
}

const weightsOf = (sorter: RandomSorter<string>) =>
  Object.fromEntries(sorter.relativeWeights().map(({ client, weight }) => [client.payload, weight]));

describe('the random sorter', () => {
  it('multiplies weights over those of siblings down the path', () => {
    const sorter = sorterOf('a/x', 'a/y', 'b');
    sorter.setWeight('a', 3);
    sorter.setWeight('a/y', 2);
    // a: 3 of 4; below it x 1 of 3 and y 2 of 3; b: 1 of 4.
    expect(weightsOf(sorter)).toEqual({ 'a/x': 0.25, 'a/y': 0.5, b: 0.25 });
  });

  it('leaves out siblings without an active leaf', () => {
    const sorter = sorterOf('a/x', 'b', 'c');
    sorter.deactivate(sorter.find('a/x')!);
    expect(weightsOf(sorter)).toEqual({ b: 0.5, c: 0.5 });
    expect([...sorter.sort()].map(({ payload }) => payload).sort()).toEqual(['b', 'c']);
  });

  it('puts a client of weight 3 before one of weight 1 in three of four sorts', () => {
    const sorter = sorterOf('a', 'b');
    sorter.setWeight('a', 3);
    let first = 0;
    for (let i = 0; i < 4_000; i++) if (sorter.sort()[0]!.payload === 'a') first++;
    // Four standard errors of sqrt(4000 x 3/4 x 1/4) = 27.
    expect(Math.abs(first - 3_000)).toBeLessThan(110);
  });
});
