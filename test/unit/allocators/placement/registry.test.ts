import { expect, it } from 'vitest';
import { DEFAULT_PLACEMENT, findPlacement, placements } from '../../../../src/allocators/placement/registry.ts';
import { PlacementWorld } from '../../../support/placement-world.ts';

it('lists each placement once, and each calls itself by its name', () => {
  const { cluster } = new PlacementWorld([{ count: 1, capacity: [1] }]);
  const names = placements.map(({ name }) => name);
  expect(names).toEqual(['first-fit', 'best-fit', 'worst-fit', 'round-robin', 'random-fit']);
  expect(placements.map(({ create }) => create(cluster, () => 0).name)).toEqual(names);
});

it('finds a placement by its name, first-fit where none is named', () => {
  expect(findPlacement('worst-fit').name).toBe('worst-fit');
  expect(findPlacement(DEFAULT_PLACEMENT).name).toBe('first-fit');
});

it('names those there are, and the nearest, when it knows no such placement', () => {
  expect(() => findPlacement('bestfit')).toThrow(/unknown placement `bestfit`.*round-robin.*did you mean `best-fit`/);
});
