import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominantShare } from '../../../src/fairness/dominant-share.ts';
import { progressiveFilling, type User } from '../../../src/fairness/progressive-filling.ts';

const RESOURCES = 3;
const NEAR = 1e-9;

const demand = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: RESOURCES, maxLength: RESOURCES });
const some = demand.filter((amounts) => amounts.some((amount) => amount > 0));
const capacity = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: RESOURCES, maxLength: RESOURCES });
const unbounded = fc.record({ demand: some, weight: fc.integer({ min: 1, max: 4 }) });
const bounded = fc.record({
  demand: some,
  weight: fc.integer({ min: 1, max: 4 }),
  tasks: fc.integer({ min: 0, max: 30 }),
});
const users = (user: fc.Arbitrary<User>) => fc.array(user, { minLength: 1, maxLength: 8 });
const bothKinds = users(fc.oneof(unbounded, bounded));

/** How many of its tasks a user can run with the bundle. */
function usefulTasks(user: User, bundle: readonly number[]): number {
  const fit = user.demand.map((amount, r) => (amount > 0 ? bundle[r]! / amount : Number.POSITIVE_INFINITY));
  return Math.min(user.tasks ?? Number.POSITIVE_INFINITY, ...fit);
}

const bundle = (user: User, tasks: number) => user.demand.map((amount) => amount * tasks);

describe('exact fractional DRF, on random instances', () => {
  it('never exceeds the capacity or a bound', () => {
    fc.assert(
      fc.property(capacity, bothKinds, (amounts, all) => {
        const { tasks } = progressiveFilling(amounts, all);
        for (let r = 0; r < RESOURCES; r++) {
          const load = all.reduce((sum, user, u) => sum + user.demand[r]! * tasks[u]!, 0);
          expect(load).toBeLessThanOrEqual(amounts[r]! * (1 + NEAR));
        }
        all.forEach((user, u) => {
          expect(tasks[u]).toBeLessThanOrEqual(user.tasks ?? Number.POSITIVE_INFINITY);
        });
      }),
    );
  });

  it('is Pareto efficient: each user has its bound or needs a full resource', () => {
    fc.assert(
      fc.property(capacity, bothKinds, (amounts, all) => {
        const { tasks } = progressiveFilling(amounts, all);
        const load = amounts.map((_, r) => all.reduce((sum, user, u) => sum + user.demand[r]! * tasks[u]!, 0));
        all.forEach((user, u) => {
          const met = tasks[u] === user.tasks;
          const stopped = user.demand.some((amount, r) => amount > 0 && load[r]! >= amounts[r]! * (1 - NEAR));
          expect(met || stopped).toBe(true);
        });
      }),
    );
  });

  it('leaves nobody envious: the bundle of another, scaled by the weights, runs no more tasks', () => {
    fc.assert(
      fc.property(capacity, bothKinds, (amounts, all) => {
        const { tasks } = progressiveFilling(amounts, all);
        all.forEach((user, u) => {
          all.forEach((other, v) => {
            const scale = user.weight! / other.weight!;
            const theirs = bundle(other, tasks[v]! * scale);
            expect(usefulTasks(user, theirs)).toBeLessThanOrEqual(tasks[u]! * (1 + NEAR));
          });
        });
      }),
    );
  });

  it('gives the sharing incentive: nobody runs fewer tasks than on its own part of each resource', () => {
    fc.assert(
      fc.property(capacity, bothKinds, (amounts, all) => {
        const { tasks } = progressiveFilling(amounts, all);
        const weights = all.reduce((sum, { weight }) => sum + weight!, 0);
        all.forEach((user, u) => {
          const own = amounts.map((amount) => (amount * user.weight!) / weights);
          expect(tasks[u]).toBeGreaterThanOrEqual(usefulTasks(user, own) * (1 - NEAR));
        });
      }),
    );
  });

  it('is strategy-proof: a false demand never yields more useful tasks', () => {
    fc.assert(
      fc.property(capacity, users(unbounded), some, fc.nat(), (amounts, all, lie, pick) => {
        const liar = pick % all.length;
        const truth = progressiveFilling(amounts, all).tasks[liar]!;
        const lied = all.map((user, u) => (u === liar ? { ...user, demand: lie } : user));
        const got = bundle(lied[liar]!, progressiveFilling(amounts, lied).tasks[liar]!);
        expect(usefulTasks(all[liar]!, got)).toBeLessThanOrEqual(truth * (1 + NEAR));
      }),
      { numRuns: 1000 },
    );
  });

  it('agrees with raising the level one stop at a time', () => {
    fc.assert(
      fc.property(capacity, bothKinds, (amounts, all) => {
        const { tasks, shares } = progressiveFilling(amounts, all);
        stageByStage(amounts, all).forEach((count, u) => {
          expect(Math.abs(tasks[u]! - count)).toBeLessThanOrEqual(NEAR * Math.max(1, count));
          expect(shares[u]).toBeCloseTo(count * dominantShare(all[u]!.demand, amounts), 9);
        });
      }),
      { numRuns: 1000 },
    );
  });
});

/** The slow twin: one level, one stage a stop, all rates summed anew. */
function stageByStage(amounts: readonly number[], all: readonly User[]): number[] {
  const unit = all.map(({ demand }) => dominantShare(demand, amounts));
  const used = amounts.map(() => 0);
  const result = all.map(() => 0);
  let active = all.map((_, u) => u);
  let level = 0;
  while (active.length > 0) {
    const rate = amounts.map((_, r) => {
      return active.reduce((sum, u) => sum + (all[u]!.weight! * all[u]!.demand[r]!) / unit[u]!, 0);
    });
    const met = active.map((u) => ((all[u]!.tasks ?? Number.POSITIVE_INFINITY) * unit[u]!) / all[u]!.weight!);
    const full = amounts.map((amount, r) =>
      rate[r]! > 0 ? level + (amount - used[r]!) / rate[r]! : Number.POSITIVE_INFINITY,
    );
    const next = Math.max(level, Math.min(...met, ...full));
    amounts.forEach((_, r) => {
      used[r] = used[r]! + rate[r]! * (next - level);
    });
    level = next;
    const stopped = active.filter((u, i) => {
      return met[i]! <= level + 1e-12 || all[u]!.demand.some((d, r) => d > 0 && full[r]! <= level + 1e-12);
    });
    for (const u of stopped) result[u] = (all[u]!.weight! * level) / unit[u]!;
    active = active.filter((u) => !stopped.includes(u));
  }
  return result;
}
