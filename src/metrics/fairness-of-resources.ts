import type { FairnessGauge } from './fairness-gauge.ts';
import type { Ledger } from './ledger.ts';
import type { UserBundles } from './user-bundles.ts';

/** What a look costs beside its pairs of users. */
const LOOK = 8;

/** Fairness of any number of resources: each user with queued tasks is compared with each active one. */
export class FairnessOfResources implements FairnessGauge {
  envy = -0;
  missing = -0;
  hasRoom = false;
  /** In pairs of users. */
  readonly exactSteps = 400_000;
  steps = 0;
  readonly #ledger: Ledger;
  readonly #bundles: UserBundles;
  readonly #active: number[] = [];

  constructor(ledger: Ledger, bundles: UserBundles) {
    this.#ledger = ledger;
    this.#bundles = bundles;
  }

  look(): boolean {
    const { queued, running, seen } = this.#bundles;
    const active = this.#active;
    active.length = 0;
    let waiting = 0;
    for (let user = 0; user < seen; user++) {
      if (queued[user]! + running[user]! === 0) continue;
      active.push(user);
      if (queued[user]! > 0) waiting++;
    }
    this.steps += waiting * active.length + LOOK;
    if (waiting === 0 || active.length < 2) return false;
    this.envy = this.#most(active);
    this.missing = this.#lack(active);
    this.hasRoom = active.some((user) => this.#couldStart(user));
    return true;
  }

  #most(active: readonly number[]): number {
    const { queued, weight } = this.#bundles;
    let most = 0;
    for (const u of active) {
      if (queued[u] === 0) continue;
      const own = this.#worth(u, u, 1);
      for (const v of active) if (v !== u) most = Math.max(most, this.#worth(u, v, weight[u]! / weight[v]!) - own);
    }
    return most;
  }

  /** What the bundle of `v` times a factor is worth to `u`, as dominant share; 0 for who demands nothing. */
  #worth(u: number, v: number, factor: number): number {
    const { resources, held, wanted } = this.#bundles;
    let part = 1;
    let share = 0;
    for (let r = 0; r < resources; r++) {
      const demand = held[u * resources + r]! + wanted[u * resources + r]!;
      if (!(demand > 0)) continue;
      part = Math.min(part, (factor * held[v * resources + r]!) / demand);
      share = Math.max(share, this.#shareOf(demand, r));
    }
    return part * share;
  }

  #lack(active: readonly number[]): number {
    const { queued, weight, resources, held, wanted } = this.#bundles;
    let weights = 0;
    for (const user of active) weights += weight[user]!;
    let most = 0;
    for (const user of active) {
      if (queued[user] === 0) continue;
      let share = 0;
      let all = 0;
      for (let r = 0; r < resources; r++) {
        share = Math.max(share, this.#shareOf(held[user * resources + r]!, r));
        all = Math.max(all, this.#shareOf(held[user * resources + r]! + wanted[user * resources + r]!, r));
      }
      const due = Math.min(weight[user]! / weights, all);
      if (due > 0) most = Math.max(most, 1 - share / due);
    }
    return most;
  }

  /** Says whether the pool has room for another task of the user, by the mean of those queued. */
  #couldStart(user: number): boolean {
    const { resources, queued, wanted, used } = this.#bundles;
    if (queued[user] === 0) return false;
    for (let r = 0; r < resources; r++) {
      if (wanted[user * resources + r]! > (this.#ledger.capacity[r]! - used[r]!) * queued[user]!) return false;
    }
    return true;
  }

  #shareOf(amount: number, r: number): number {
    const capacity = this.#ledger.capacity[r]!;
    return capacity > 0 ? amount / capacity : 0;
  }
}
