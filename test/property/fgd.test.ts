import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FgdPlacement, type Scoring } from '../../src/allocators/fgd/fgd-placement.ts';
import { NONE, type TaskId } from '../../src/base/ids.ts';
import { below, openStream } from '../../src/base/random.ts';
import { TaskTally } from '../../src/cluster/task-tally.ts';
import { linearFgd } from '../support/linear-fgd.ts';
import { PlacementWorld } from '../support/placement-world.ts';

const RACKS = ['a', 'b', 'c'];
const SCORINGS: Readonly<Record<string, Scoring>> = {
  percent: (less) => Math.floor(100 / (1 + Math.exp(-less))),
  exact: (less) => less,
};

const world = fc.record({
  classes: fc.array(fc.constantFrom(1, 2, 12), { minLength: 1, maxLength: 4 }),
  /** How varied demands are. */
  sizes: fc.constantFrom(2, 5, 100),
  steps: fc.constant(150),
  seed: fc.integer().map(String),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

describe.each(Object.keys(SCORINGS))('fgd with scores in %s', (scoring) => {
  it('gives the node and the device that looking at every device gives, whatever starts, ends or is tried', () => {
    fc.assert(
      fc.property(world, (setup) => {
        const { fast, slow } = walk(setup, SCORINGS[scoring]!);
        expect(fast).toEqual(slow);
      }),
      { numRuns: 60 },
    );
  });
});

/** Runs one random history on nodes of cpus, mem and GPUs, and gives what both answered at each search. */
function walk(setup: World, score: Scoring) {
  const random = openStream(setup.seed, 'walk');
  const groups = setup.classes.map((count) => ({
    count,
    capacity: [4000 * (1 + below(random, 4)), 8000, 1000 * below(random, 5)],
    attributes: { rack: RACKS[below(random, RACKS.length)]! },
  }));
  const place = new PlacementWorld(groups, [2]);
  const { cluster } = place;
  const demand = () => [
    Math.ceil((4000 * below(random, setup.sizes + 1)) / setup.sizes),
    500 * below(random, 4),
    random() < 0.2 ? 0 : random() < 0.7 ? 100 * (1 + below(random, 9)) : 1000 * (1 + below(random, 3)),
  ];
  const constraint = () => (random() < 0.7 ? {} : { rack: [RACKS[below(random, 3)]!] });
  const tally = new TaskTally(cluster.resources);
  const learn = () => {
    const row = cluster.constraints.add(constraint());
    for (let i = 0; i < 4; i++) tally.add(demand(), 0, i % 2 === 0 ? 0 : row, 1 + below(random, 3));
    return tally.typical(0.9, 12);
  };
  let mix = learn();
  const placement = new FgdPlacement(cluster, mix, score);
  const running: TaskId[] = [];
  const tried: TaskId[] = [];
  const fast: object[] = [];
  const slow: object[] = [];
  for (let step = 0; step < setup.steps; step++) {
    const u = random();
    if (u < 0.25 && running.length > 0 && tried.length === 0) {
      const [task] = running.splice(below(random, running.length), 1);
      place.end(task!);
      continue;
    }
    if (u < 0.35 && tried.length > 0) {
      cluster.trial.rollback();
      tried.length = 0;
      continue;
    }
    if (u < 0.38) {
      mix = learn();
      placement.use(mix);
    }
    const task = place.task(demand(), constraint());
    const node = placement.find(task);
    const device = node === NONE ? NONE : placement.device(task, node);
    const expected = linearFgd(cluster, mix, score, task);
    fast.push({ node, device });
    slow.push(expected);
    if (node === NONE || node !== expected.node || device !== expected.device) continue;
    const on = device === NONE ? undefined : device;
    if (u > 0.85 || tried.length > 0) {
      cluster.trial.take(task, node, on);
      tried.push(task);
    } else {
      cluster.start(task, node, on);
      running.push(task);
    }
  }
  return { fast, slow };
}
