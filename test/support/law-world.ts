import fc from 'fast-check';
import type { OutsideEvent } from '../../src/allocators/outside-event.ts';
import { type ResourceCatalog, resource } from '../../src/base/amounts.ts';
import type { NodeGroup } from '../../src/cluster/node-table.ts';
import { randomStages } from './random-stages.ts';
import type { TestJob, TestRun } from './run-workload.ts';

/** A run without its allocator. */
export type LawWorld = Omit<TestRun, 'allocator'>;

const STEPS = 1000;
export const GPUS = 2;
const RESOURCES: ResourceCatalog = [resource('cpus'), resource('mem'), resource('gpus', { devices: true })];
const ZONES = ['east', 'west'];
const ROLE_OF = { a: 'x', b: 'x/r', c: 'x/r', d: 'y' };

/** Shares of a device, and whole ones; few enough fit on a device that a test can try every way to seat them. */
const DEVICE_DEMANDS = [0, 0, 300, 500, 600, STEPS, 2 * STEPS];

/** Worlds with GPUs, zones, gangs of like tasks, weighted roles and jobs that can never run. */
export const lawWorlds: fc.Arbitrary<LawWorld> = worlds(group(ZONES));

/** Worlds whose nodes are all of one class. */
export const oneClassWorlds: fc.Arbitrary<LawWorld> = worlds(group(ZONES)).map((world) => ({
  ...world,
  groups: world.groups.map((each) => ({ ...world.groups[0]!, name: each.name, count: each.count })),
}));

/** Worlds in which some jobs go faster in one zone than in another, or cannot run there. */
export const speedWorlds: fc.Arbitrary<LawWorld> = lawWorlds.chain((world) => {
  const speed = fc.constantFrom(0, 0.3, 0.5, 1, 2, 7);
  const speeds = fc.option(fc.record({ zone: fc.record({ east: speed, west: speed }) }), { nil: undefined });
  return fc
    .array(speeds, { minLength: world.jobs.length, maxLength: world.jobs.length })
    .map((list) => ({ ...world, jobs: world.jobs.map((job, i) => ({ ...job, ...(list[i] && { speeds: list[i] }) })) }));
});

/** Worlds whose nodes go down, drain, are not heard of and come back, all of them by second 12. */
export const changingWorlds: fc.Arbitrary<LawWorld> = lawWorlds.chain((world) => {
  const count = world.groups.reduce((sum, { count }) => sum + count, 0);
  const change = fc.record({
    at: fc.oneof(fc.constantFrom(0, 1_000_000, 2_000_000), fc.integer({ min: 0, max: 8_000_000 })),
    for: fc.integer({ min: 1, max: 4_000_000 }),
    node: fc.integer({ min: 0, max: count - 1 }),
    state: fc.constantFrom('down' as const, 'down' as const, 'draining' as const, 'unreachable' as const),
  });
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => {
    const events = changes.flatMap(({ at, for: length, node, state }): OutsideEvent[] => [
      { at, what: 'node', nodes: [node], state },
      { at: at + length, what: 'node', nodes: [node], state: 'up' },
    ]);
    return { ...world, events: events.sort((a, b) => a.at - b.at) };
  });
});

/** Worlds whose jobs have stages, some of which wait for others, and no gangs. */
export const stagedWorlds: fc.Arbitrary<LawWorld> = worlds(group(ZONES), 8).chain(withStages);

/** The same where nodes come and go. */
export const changingStagedWorlds: fc.Arbitrary<LawWorld> = changingWorlds.chain(withStages);

function withStages(world: LawWorld): fc.Arbitrary<LawWorld> {
  const staged = world.jobs.map((job) =>
    fc
      .option(randomStages(job.tasks.length), { nil: undefined, freq: 4 })
      .map((stages): TestJob => ({ ...job, gang: false, stages })),
  );
  return fc.tuple(...staged).map((jobs) => ({ ...world, jobs }));
}

function worlds(groups: fc.Arbitrary<Omit<NodeGroup, 'name'>>, most = 4): fc.Arbitrary<LawWorld> {
  return fc.record({
    resources: fc.constant(RESOURCES),
    groups: fc
      .array(groups, { minLength: 1, maxLength: 3 })
      .map((list) => list.map((each, g) => ({ ...each, name: `pool${g}` }))),
    jobs: fc
      .array(job(most), { minLength: 5, maxLength: 25, size: 'max' })
      .map((list) => [...list].sort((a, b) => a.submit - b.submit)),
    roles: fc.constantFrom([], [{ path: 'y', weight: 2 }], [{ path: 'x/r', weight: 3 }]),
    roleOf: fc.constant(ROLE_OF),
    seed: fc.nat().map(String),
  });
}

function group(zones: readonly string[]): fc.Arbitrary<Omit<NodeGroup, 'name'>> {
  return fc
    .tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom(...zones),
    )
    .map(([count, cpus, mem, gpus, zone]) => ({
      count,
      capacity: [cpus * STEPS, mem * STEPS, gpus * STEPS],
      attributes: { zone },
    }));
}

function job(most: number): fc.Arbitrary<TestJob> {
  const demand = fc
    .tuple(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 4_000 }), fc.constantFrom(...DEVICE_DEMANDS))
    .map((amounts) => [...amounts]);
  const run = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4_000_000 }));
  const task = fc.record({ demand, run });
  return fc
    .record({
      framework: fc.constantFrom('a', 'b', 'c', 'd'),
      submit: fc.oneof(fc.constantFrom(0, 1_000_000, 2_000_000), fc.integer({ min: 0, max: 5_000_000 })),
      estimate: fc.integer({ min: 0, max: 6_000_000 }),
      priority: fc.integer({ min: 0, max: 3 }),
      gang: fc.boolean(),
      constraint: fc.constantFrom({}, {}, { zone: ['east'] }, { zone: ZONES }),
      tasks: fc.array(task, { minLength: 1, maxLength: most }),
    })
    .map((one) =>
      one.gang ? { ...one, tasks: one.tasks.map(({ run }) => ({ run, demand: one.tasks[0]!.demand })) } : one,
    );
}
