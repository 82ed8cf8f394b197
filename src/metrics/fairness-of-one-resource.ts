import type { FairnessGauge } from './fairness-gauge.ts';
import type { Ledger } from './ledger.ts';
import type { UserBundles } from './user-bundles.ts';

/**
 * Fairness of one resource, in as many steps as there are users.
 *
 * What another one's bundle is worth to `u` grows with what it holds over its weight, whoever `u` is: so everyone
 * envies the user with the most of that, and this one the next.
 */
export class FairnessOfOneResource implements FairnessGauge {
  // Fields that begin with 0 hold small integers, and code that knew them is made anew when they first hold a fraction.
  envy = -0;
  missing = -0;
  hasRoom = false;
  readonly exactSteps = 1_000_000;
  steps = 0;
  readonly #ledger: Ledger;
  readonly #bundles: UserBundles;

  constructor(ledger: Ledger, bundles: UserBundles) {
    this.#ledger = ledger;
    this.#bundles = bundles;
  }

  look(): boolean {
    const { seen, queued, running, weight, held } = this.#bundles;
    this.steps += seen;
    let active = 0;
    let waiting = 0;
    let weights = 0;
    let first = -1;
    let second = -1;
    let most = Number.NEGATIVE_INFINITY;
    let next = Number.NEGATIVE_INFINITY;
    for (let user = 0; user < seen; user++) {
      const tasks = queued[user]!;
      if (tasks + running[user]! === 0) continue;
      active++;
      if (tasks > 0) waiting++;
      const mine = weight[user]!;
      weights += mine;
      const level = held[user]! / mine;
      if (level > most) {
        next = most;
        second = first;
        most = level;
        first = user;
      } else if (level > next) {
        next = level;
        second = user;
      }
    }
    if (waiting === 0 || active < 2) return false;
    this.#compare(weights, first, second);
    return true;
  }

  #compare(weights: number, first: number, second: number): void {
    const { seen, queued, weight, held, wanted, used } = this.#bundles;
    const capacity = this.#ledger.capacity[0]!;
    const free = capacity - used[0]!;
    let envy = 0;
    let missing = 0;
    let hasRoom = false;
    for (let user = 0; user < seen; user++) {
      const tasks = queued[user]!;
      if (tasks === 0) continue;
      if (wanted[user]! <= free * tasks) hasRoom = true;
      const own = held[user]!;
      const demand = own + wanted[user]!;
      const all = capacity > 0 ? demand / capacity : 0;
      if (demand > 0) {
        const other = user === first ? second : first;
        const factor = weight[user]! / weight[other]!;
        const gain = Math.min(1, (factor * held[other]!) / demand) * all - Math.min(1, own / demand) * all;
        if (gain > envy) envy = gain;
      }
      const due = Math.min(weight[user]! / weights, all);
      const lack = due > 0 ? 1 - own / capacity / due : 0;
      if (lack > missing) missing = lack;
    }
    this.envy = envy;
    this.missing = missing;
    this.hasRoom = hasRoom;
  }
}
