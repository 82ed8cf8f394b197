import { describe, expect, it } from 'vitest';
import { gridOverrides, gridPoints, readAxes } from '../../../src/experiment/grid.ts';

describe('a grid', () => {
  it('is every combination, the last axis running fastest', () => {
    const axes = readAxes(['cluster.nodes.0.count=[1, 2]', 'until=[1h, 2h]']);
    expect(gridPoints(axes)).toEqual([
      { 'cluster.nodes.0.count': 1, until: '1h' },
      { 'cluster.nodes.0.count': 1, until: '2h' },
      { 'cluster.nodes.0.count': 2, until: '1h' },
      { 'cluster.nodes.0.count': 2, until: '2h' },
    ]);
    expect(gridPoints([])).toEqual([{}]);
  });

  it('becomes changes of the scenario, whatever the values are', () => {
    const [axis] = readAxes(['roles=[{A: {weight: 2}}]']);
    expect(gridOverrides({ roles: axis!.values[0] })).toEqual([
      { path: 'roles', value: '{"A":{"weight":2}}', label: '--grid roles={"A":{"weight":2}}' },
    ]);
  });

  it.each([
    ['count', 'expected a path, = and a list'],
    ['=[1]', 'expected a path'],
    ['count=3', 'expected a list in brackets'],
    ['count=[]', 'the list is empty'],
    ['count=[1, 1]', '1 stands in the list twice'],
    ['count=[1', 'count=[1'],
    ['seed=[1, 2]', '--seeds'],
    ['allocator=[fifo]', '--allocators'],
  ])('written as `%s` is refused', (text, reason) => {
    expect(() => readAxes([text])).toThrow(reason);
  });

  it('varies a path once', () => {
    expect(() => readAxes(['until=[1h]', 'until=[2h]'])).toThrow('until is varied twice');
  });
});
