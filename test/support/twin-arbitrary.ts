import fc from 'fast-check';
import type { TwinJob, TwinRole, TwinWorld } from './twin-world.ts';

/** What random worlds may contain. */
export interface WorldLimits {
  readonly jobs: number;
  /** Gangs whose tasks differ. */
  readonly unevenGangs: boolean;
}

const STEPS = 1000;

/** Units that a task demands; unicep is defined from one cpu on. */
const CPUS = [1, 1, 1.5, 2, 3];
const OTHERS = [0, 0, 1, 2, 3];

/** Ways to arrange frameworks a to d under roles: flat, two levels, and a role with frameworks and roles of its own. */
const ROLES: readonly Readonly<Record<string, string>>[] = [
  { a: 'a', b: 'b', c: 'c', d: 'd' },
  { a: 'x', b: 'x', c: 'y', d: 'y' },
  { a: 'x/p', b: 'x/q', c: 'y', d: 'z' },
  { a: 'x', b: 'x/q', c: 'x/r', d: 'y' },
  { a: 'x', b: 'x', c: 'x/r', d: 'x/r/s' },
];

const weight = fc.constantFrom(1, 1, 2, 3, 0.5);

/** Few distinct values everywhere, so that ties are common. */
export function twinWorlds({ jobs, unevenGangs }: WorldLimits): fc.Arbitrary<TwinWorld> {
  return fc
    .record({ resources: fc.integer({ min: 1, max: 3 }), roleOf: fc.constantFrom(...ROLES) })
    .chain(({ resources, roleOf }) => {
      const capacity = fc.tuple(
        ...Array.from({ length: resources }, (_, r) => fc.integer({ min: r === 0 ? 1 : 0, max: 6 })),
      );
      const demand = fc
        .tuple(...Array.from({ length: resources }, (_, r) => fc.constantFrom(...(r === 0 ? CPUS : OTHERS))))
        .map((units) => units.map((each) => each * STEPS));
      const run = fc.constantFrom(0, 1, 1, 2, 3, 5);
      const task = fc.record({ demand, run });
      const like = fc.record({ task, count: fc.integer({ min: 1, max: 4 }) });
      const tasks = fc.oneof(
        like.map(({ task, count }) => Array.from({ length: count }, () => task)),
        fc.array(task, { minLength: 1, maxLength: 4 }),
      );
      const job = fc
        .record({
          framework: fc.constantFrom('a', 'b', 'c', 'd'),
          submit: fc.integer({ min: 0, max: 6 }),
          estimate: fc.option(fc.constantFrom(0, 1, 2, 3, 6), { nil: null }),
          priority: fc.integer({ min: 0, max: 2 }),
          gang: fc.boolean(),
          tasks,
        })
        .map((one) =>
          unevenGangs || !one.gang
            ? one
            : { ...one, tasks: one.tasks.map((t) => ({ ...t, demand: one.tasks[0]!.demand })) },
        );
      const paths = [...new Set(Object.values(roleOf))].flatMap((path) => prefixes(path));
      const roles = fc
        .shuffledSubarray([...new Set(paths)])
        .chain((listed) =>
          fc.tuple(...listed.map((path) => weight.map((value): TwinRole => ({ path, weight: value })))),
        );
      return fc.record({
        nodes: fc.array(
          capacity.map((units) => units.map((each) => each * STEPS)),
          { minLength: 1, maxLength: 4 },
        ),
        jobs: fc.array(job, { minLength: 1, maxLength: jobs }).map(bySubmit),
        roles,
        roleOf: fc.constant(roleOf),
      });
    });
}

function bySubmit(jobs: readonly TwinJob[]): TwinJob[] {
  return [...jobs].sort((a, b) => a.submit - b.submit);
}

function prefixes(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}
