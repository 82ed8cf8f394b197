import { CaseError, type Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import { asNumbers, indexOf, type PooledWorld } from './pooled-world.ts';

/** What each user holds in a division, as numbers. */
interface Holding {
  readonly world: PooledWorld;
  /** Tasks that do the user good. */
  readonly tasks: readonly number[];
  /** Units of each resource, one row a user. */
  readonly bundles: readonly (readonly number[])[];
  readonly shares: readonly (readonly number[])[];
}

/**
 * Holds a division against the keys of an `expected`.
 *
 * @param claimed tasks of the bundles that users asked for.
 * @param truth what they really need, where that differs.
 */
export function compareDivision(
  what: string,
  expected: Fields,
  world: PooledWorld,
  claimed: readonly number[],
  { verdict, tolerance, truth = world }: { verdict: Verdict; tolerance: number; truth?: PooledWorld },
): void {
  expected.prose('violation', 'note');
  const holding = hold(world, claimed, truth);
  for (const key of expected.left) {
    const at = `${what}.${key}`;
    const compare = COMPARISONS[key] ?? shareOf(key, world);
    if (compare === null) throw new CaseError(`${at} is no quantity that is known`);
    compare({
      at,
      key,
      expected,
      holding,
      near: (path, got, value) => verdict.near(path, got, value, tolerance),
      verdict,
    });
  }
}

/** Gives how many tasks a user can run with what it was given for its claims. */
export function usefulTasks(world: PooledWorld, claimed: readonly number[], truth: PooledWorld): number[] {
  const { users } = asNumbers(truth);
  const { users: claimants } = asNumbers(world);
  return claimed.map((count, u) => {
    const needs = users[u]!.demand;
    const parts = needs.map((need, r) =>
      need > 0 ? (count * claimants[u]!.demand[r]!) / need : Number.POSITIVE_INFINITY,
    );
    return world === truth ? count : Math.min(...parts);
  });
}

function hold(world: PooledWorld, claimed: readonly number[], truth: PooledWorld): Holding {
  const { capacity, users } = asNumbers(world);
  const bundles = users.map(({ demand }, u) => demand.map((need) => need * claimed[u]!));
  const shares = bundles.map((bundle) => bundle.map((amount, r) => amount / capacity[r]!));
  return { world, tasks: usefulTasks(world, claimed, truth), bundles, shares };
}

interface Comparison {
  readonly at: string;
  readonly key: string;
  readonly expected: Fields;
  readonly holding: Holding;
  near(path: string, got: number, expected: unknown): void;
  readonly verdict: Verdict;
}

type Compare = (comparison: Comparison) => void;

/** One number a user; all users must be named. */
function perUser(of: (holding: Holding, user: number) => number): Compare {
  return ({ at, key, expected, holding, near, verdict }) => {
    const values = expected.fields(key);
    verdict.same(`users of ${at}`, [...values.keys].sort(), holding.world.users.map(({ name }) => name).sort());
    for (const name of values.keys) near(`${at}.${name}`, of(holding, indexOf(holding.world, name)), values.raw(name));
  };
}

const dominantShare = (shares: readonly number[]) => Math.max(...shares);

const COMPARISONS: Readonly<Record<string, Compare>> = {
  tasks: perUser(({ tasks }, u) => tasks[u]!),
  tasksExact: perUser(({ tasks }, u) => tasks[u]!),
  aggregate: perUser(({ bundles }, u) => bundles[u]!.reduce((sum, amount) => sum + amount, 0)),
  dominantShare: perUser(({ shares }, u) => dominantShare(shares[u]!)),
  dominantShares: perUser(({ shares }, u) => dominantShare(shares[u]!)),
  perTaskDominantShare: perUser(({ world }, u) => {
    const { capacity, users } = asNumbers(world);
    return dominantShare(users[u]!.demand.map((need, r) => need / capacity[r]!));
  }),
  dominantResource({ at, key, expected, holding, verdict }) {
    const names = expected.fields(key);
    for (const name of names.keys) {
      const shares = holding.shares[indexOf(holding.world, name)]!;
      verdict.same(`${at}.${name}`, holding.world.resources[shares.indexOf(dominantShare(shares))], names.text(name));
    }
  },
  allocations({ at, key, expected, holding, near }) {
    const users = expected.fields(key);
    for (const name of users.keys) {
      const bundle = holding.bundles[indexOf(holding.world, name)]!;
      const amounts = users.fields(name);
      for (const resource of amounts.keys) {
        near(
          `${at}.${name}.${resource}`,
          bundle[holding.world.resources.indexOf(resource)] ?? Number.NaN,
          amounts.raw(resource),
        );
      }
    }
  },
  unused({ at, key, expected, holding, near }) {
    const { capacity } = asNumbers(holding.world);
    const amounts = expected.fields(key);
    for (const resource of amounts.keys) {
      const r = holding.world.resources.indexOf(resource);
      const used = holding.bundles.reduce((sum, bundle) => sum + bundle[r]!, 0);
      near(`${at}.${resource}`, capacity[r]! - used, amounts.raw(resource));
    }
  },
  dominantShareRatio({ at, key, expected, holding, near }) {
    const ratio = expected.text(key).split(':').map(Number);
    if (ratio.length !== holding.shares.length) throw new CaseError(`${at} has not one number a user`);
    const first = dominantShare(holding.shares[0]!);
    for (const [u, part] of ratio.entries())
      near(`${at}.${u}`, dominantShare(holding.shares[u]!) / first, part / ratio[0]!);
  },
  sumOfShares({ at, key, expected, holding, near }) {
    const each = /^(\S+) each$/.exec(expected.text(key))?.[1];
    if (each === undefined) throw new CaseError(`${at}: expected a number and \`each\``);
    for (const [u, { name }] of holding.world.users.entries()) {
      near(
        `${at}.${name}`,
        holding.shares[u]!.reduce((sum, share) => sum + share, 0),
        each,
      );
    }
  },
};

/** Reads `cpusShares`: the share of one resource. */
function shareOf(key: string, { resources }: PooledWorld): Compare | null {
  const r = resources.findIndex((resource) => key === `${resource}Shares`);
  return r < 0 ? null : perUser(({ shares }, u) => shares[u]![r]!);
}
