import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placements } from '../../src/allocators/placement/registry.ts';
import { NONE, type TaskId } from '../../src/base/ids.ts';
import { below, openStream } from '../../src/base/random.ts';
import { linearPlacements } from '../support/linear-placement.ts';
import { PlacementWorld } from '../support/placement-world.ts';

const RACKS = ['a', 'b', 'c'];

/** A world: how many resources, which of them devices, how many nodes each class has, how varied demands are. */
const world = fc.record({
  resources: fc.integer({ min: 1, max: 12 }),
  devices: fc.boolean(),
  classes: fc.array(fc.constantFrom(1, 2, 7, 80, 200), { minLength: 1, maxLength: 6 }),
  sizes: fc.constantFrom(2, 5, 1000),
  /** Capacities in powers of two make sums of shares exact, so that ties are many. */
  ties: fc.boolean(),
  steps: fc.constant(400),
  seed: fc.integer().map(String),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

describe.each(placements.map(({ name, create }) => ({ name, create })))('$name', ({ name, create }) => {
  it('gives the node that looking at every node gives, whatever starts, ends or is tried and taken back', () => {
    fc.assert(
      fc.property(world, (setup) => {
        const result = walk(setup, name, create);
        expect(result.fast).toEqual(result.slow);
      }),
      { numRuns: 60 },
    );
  });
});

/** Runs one random history and gives what the placement and its slow twin answered at each search. */
function walk(setup: World, name: string, create: (typeof placements)[number]['create']) {
  const random = openStream(setup.seed, 'walk');
  const deviceColumn = setup.devices ? setup.resources - 1 : -1;
  const capacity = (devices: boolean) =>
    setup.ties ? 1000 * 2 ** (1 + below(random, 2)) : 1000 * (1 + below(random, devices ? 4 : 8));
  const groups = setup.classes.map((count) => ({
    count,
    capacity: Array.from({ length: setup.resources }, (_, r) => (random() < 0.15 ? 0 : capacity(r === deviceColumn))),
    attributes: { rack: RACKS[below(random, RACKS.length)]! },
  }));
  const place = new PlacementWorld(groups, setup.devices ? [deviceColumn] : []);
  const { cluster } = place;
  const fastPlacement = create(cluster, openStream(setup.seed, 'draws'));
  const slowPlacement = linearPlacements[name]!(cluster, openStream(setup.seed, 'draws'));
  const demand = () =>
    Array.from({ length: setup.resources }, (_, r) => {
      if (random() < 0.3) return 0;
      if (r !== deviceColumn) return Math.ceil((3000 * (1 + below(random, setup.sizes))) / setup.sizes);
      return random() < 0.6 ? 100 * (1 + below(random, 10)) : 1000 * (1 + below(random, 3));
    });
  const constraint = () => {
    const u = random();
    if (u < 0.7) return {};
    return { rack: u < 0.85 ? [RACKS[below(random, 3)]!] : ['a', 'b'] };
  };
  const running: TaskId[] = [];
  const tried: TaskId[] = [];
  const fast: number[] = [];
  const slow: number[] = [];
  for (let step = 0; step < setup.steps; step++) {
    const u = random();
    if (u < 0.3 && running.length > 0 && tried.length === 0) {
      const [task] = running.splice(below(random, running.length), 1);
      place.end(task!);
      continue;
    }
    if (u < 0.4 && tried.length > 0) {
      cluster.trial.rollback();
      tried.length = 0;
      continue;
    }
    const task = place.task(demand(), constraint());
    const node = fastPlacement.find(task);
    fast.push(node);
    slow.push(slowPlacement.find(task));
    if (node === NONE || node !== slow.at(-1)) continue;
    if (u > 0.85 || tried.length > 0) {
      cluster.trial.take(task, node);
      tried.push(task);
      continue;
    }
    cluster.start(task, node);
    running.push(task);
    fastPlacement.placed?.(node);
    slowPlacement.placed?.(node);
  }
  return { fast, slow };
}
