import fc from 'fast-check';
import { randomStages } from './random-stages.ts';
import type { TwinJob, TwinRole, TwinTask, TwinWorld } from './twin-world.ts';

/** What random worlds may contain. */
export interface WorldLimits {
  readonly jobs: number;
  /** Units of capacity; powers of two keep sums of shares exact, so that what is equal on paper is equal in doubles. */
  readonly capacities: readonly number[];
  /** True where jobs have stages, some of which wait for others, instead of gangs. */
  readonly stages?: boolean;
}

const STEPS = 1000;

/** Units that a task demands; unicep is defined from one cpu on. */
const CPUS = [1, 1, 1.5, 2, 3];
const OTHERS = [0, 0, 1, 2, 3];

/** Ways to arrange frameworks under roles: flat, shared, two levels, and roles with frameworks and roles of their own. */
const ARRANGEMENTS: readonly Readonly<Record<string, string>>[] = [
  { a: 'a', b: 'b', c: 'c', d: 'd' },
  { a: 'x', b: 'x', c: 'y', d: 'y' },
  { a: 'x/p', b: 'x/q', c: 'y', d: 'z' },
  { a: 'x', b: 'x/q', c: 'x/r', d: 'y' },
  { a: 'x', b: 'x', c: 'x/r', d: 'x/r/s' },
];

/**
 * Gives small worlds with few distinct values everywhere, so that ties are common: 1 to 4 nodes, 1 to 3 resources, run
 * times of zero, estimates under and over, gangs (of like tasks), weighted roles of which some are listed.
 */
export function twinWorlds(limits: WorldLimits): fc.Arbitrary<TwinWorld> {
  return fc
    .record({ resources: fc.integer({ min: 1, max: 3 }), roleOf: fc.constantFrom(...ARRANGEMENTS) })
    .chain(({ resources, roleOf }) =>
      fc.record({
        nodes: fc.array(capacities(resources, limits.capacities), { minLength: 1, maxLength: 4 }),
        jobs: fc
          .array(limits.stages ? staged(jobs(resources, 7)) : jobs(resources, 4), {
            minLength: 1,
            maxLength: limits.jobs,
          })
          .map((list) => [...list].sort((a, b) => a.submit - b.submit)),
        roles: roles(roleOf),
        roleOf: fc.constant(roleOf),
      }),
    );
}

function capacities(resources: number, units: readonly number[]): fc.Arbitrary<number[]> {
  const cpus = fc.constantFrom(...units);
  const others = fc.constantFrom(0, ...units);
  return fc.tuple(...columns(resources, cpus, others)).map((amounts) => amounts.map((amount) => amount * STEPS));
}

/** Has most jobs run in stages, and none as a gang. */
function staged(job: fc.Arbitrary<TwinJob>): fc.Arbitrary<TwinJob> {
  return job.chain((one) =>
    fc
      .option(randomStages(one.tasks.length), { nil: undefined, freq: 4 })
      .map((stages) => ({ ...one, gang: false, ...(stages && { stages }) })),
  );
}

function jobs(resources: number, most: number): fc.Arbitrary<TwinJob> {
  const demand = fc
    .tuple(...columns(resources, fc.constantFrom(...CPUS), fc.constantFrom(...OTHERS)))
    .map((amounts) => amounts.map((amount) => amount * STEPS));
  const task = fc.record({ demand, run: fc.constantFrom(0, 1, 1, 2, 3, 5) });
  const alike = fc
    .record({ task, count: fc.integer({ min: 1, max: most }) })
    .map(({ task, count }) => Array.from({ length: count }, () => task));
  return fc
    .record({
      framework: fc.constantFrom('a', 'b', 'c', 'd'),
      submit: fc.integer({ min: 0, max: 6 }),
      estimate: fc.option(fc.constantFrom(0, 1, 2, 3, 6), { nil: null }),
      priority: fc.integer({ min: 0, max: 2 }),
      gang: fc.boolean(),
      tasks: fc.oneof(alike, fc.array(task, { minLength: 1, maxLength: most })),
    })
    .map((job) => (job.gang ? { ...job, tasks: likeTheFirst(job.tasks) } : job));
}

/** Run times may differ inside a gang, demands do not. */
function likeTheFirst(tasks: readonly TwinTask[]): TwinTask[] {
  return tasks.map(({ run }) => ({ run, demand: tasks[0]!.demand }));
}

/** Lists some of the roles and of those above them, in any order and with any weight. */
function roles(roleOf: Readonly<Record<string, string>>): fc.Arbitrary<TwinRole[]> {
  const paths = new Set(
    Object.values(roleOf).flatMap((path) => path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'))),
  );
  const weight = fc.constantFrom(1, 1, 2, 3, 0.5);
  return fc
    .shuffledSubarray([...paths])
    .chain((listed) => fc.tuple(...listed.map((path) => fc.record({ path: fc.constant(path), weight }))));
}

function columns<T>(resources: number, first: T, others: T): T[] {
  return Array.from({ length: resources }, (_, r) => (r === 0 ? first : others));
}
