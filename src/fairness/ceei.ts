import { checkUsers, type User } from './progressive-filling.ts';

/** An equilibrium and the proof of how near it is. */
export interface Equilibrium {
  /** Within capacity, to the last bits of a double. */
  readonly tasks: readonly number[];
  /** Per step of each resource; a user's weight is the money it has. */
  readonly prices: readonly number[];
  /** At most this much is missing from the largest possible sum of weight x log(tasks). */
  readonly gap: number;
  readonly iterations: number;
}

/** A user without a bound: in equilibrium all money is spent. */
export type Buyer = Omit<User, 'tasks'>;

/**
 * Divides pooled capacity by competitive equilibrium from equal incomes (with weights as incomes), which is the
 * division with the largest product of tasks (Nash welfare).
 *
 * Each price is multiplied by how far its resource is over- or under-used until the gap is at most `gap` (1e-10) or
 * `iterations` (100,000) have passed. The dual objective is, but for sign, the log likelihood of a mixture whose
 * proportions are the values price x capacity, and the update is the EM step for it; hence each step improves.
 * A user that demands nothing gets Infinity; one that demands a resource of zero capacity gets 0; both stay out of the
 * market.
 *
 * @throws RangeError as progressiveFilling does.
 * @see Eisenberg and Gale, Consensus of Subjective Probabilities, 1959; Ghodsi et al., NSDI 2011, section 5.2; Dempster,
 *   Laird and Rubin, Maximum Likelihood from Incomplete Data via the EM Algorithm, 1977
 */
export function ceei(
  capacity: readonly number[],
  users: readonly Buyer[],
  limits: { readonly gap?: number; readonly iterations?: number } = {},
): Equilibrium {
  checkUsers(capacity, users);
  const tasks = users.map(({ demand }) => outside(capacity, demand));
  const rows = tasks.flatMap((count, u) => (Number.isNaN(count) ? [u] : []));
  const market = new Market(
    capacity,
    rows.map((u) => users[u]!),
  );
  const tolerance = limits.gap ?? 1e-10;
  const most = limits.iterations ?? 100_000;
  let iterations = 0;
  market.trade();
  while (market.gap > tolerance && iterations < most) {
    market.adjustPrices();
    market.trade();
    iterations++;
  }
  rows.forEach((u, i) => {
    tasks[u] = market.tasks[i]! / market.overuse;
  });
  return { tasks, prices: market.prices, gap: market.gap, iterations };
}

/** Gives what a user gets without a market, NaN for one that takes part. */
function outside(capacity: readonly number[], demand: readonly number[]): number {
  if (demand.some((amount, r) => amount > 0 && capacity[r] === 0)) return 0;
  return demand.some((amount) => amount > 0) ? Number.NaN : Number.POSITIVE_INFINITY;
}

/** Prices, and what is bought at them when everyone spends all it has. */
class Market {
  readonly prices: number[];
  readonly tasks: number[];
  /** Largest load of any resource over its capacity; what is bought is divided by it to be within capacity. */
  overuse = 1;
  gap = 0;
  readonly #capacity: readonly number[];
  readonly #buyers: readonly Buyer[];
  readonly #money: number;
  /** Load over capacity. */
  readonly #use: number[];

  constructor(capacity: readonly number[], buyers: readonly Buyer[]) {
    this.#capacity = capacity;
    this.#buyers = buyers;
    this.#money = buyers.reduce((sum, { weight = 1 }) => sum + weight, 0);
    const wanted = capacity.map((_, r) => buyers.some(({ demand }) => demand[r]! > 0));
    const kinds = wanted.filter(Boolean).length;
    this.prices = capacity.map((amount, r) => (wanted[r] ? this.#money / kinds / amount : 0));
    this.tasks = new Array(buyers.length).fill(0);
    this.#use = new Array(capacity.length).fill(0);
  }

  trade(): void {
    this.#use.fill(0);
    this.#buyers.forEach(({ demand, weight = 1 }, i) => {
      const tasks = weight / demand.reduce((sum, amount, r) => sum + amount * this.prices[r]!, 0);
      this.tasks[i] = tasks;
      for (let r = 0; r < demand.length; r++) {
        if (demand[r]! > 0) this.#use[r] = this.#use[r]! + (tasks * demand[r]!) / this.#capacity[r]!;
      }
    });
    this.overuse = this.#buyers.length === 0 ? 1 : Math.max(...this.#use);
    // Weak duality: value of the capacity - money + money x log(overuse) bounds what is missing from the optimum.
    const value = this.#capacity.reduce((sum, amount, r) => sum + amount * this.prices[r]!, 0);
    this.gap = Math.max(0, value - this.#money + this.#money * Math.log(this.overuse));
  }

  adjustPrices(): void {
    for (let r = 0; r < this.prices.length; r++) this.prices[r] = this.prices[r]! * this.#use[r]!;
  }
}
