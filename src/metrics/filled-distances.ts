import type { RoleId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import { ActiveUsers } from './active-users.ts';
import type { Distances } from './distances.ts';
import type { Ledger } from './ledger.ts';
import { StepMeans } from './step-means.ts';
import type { Windows } from './windows.ts';

/** What an evaluation costs beside its users, in users. */
const EVALUATION = 8;

/** How far users are from exact DRF on a pool of any number of resources: divides it anew in each evaluation. */
export class FilledDistances implements Distances {
  readonly #ledger: Ledger;
  readonly #active: ActiveUsers;
  readonly #distance: StepMeans;
  /** 1 while the user is active. */
  readonly #activity: StepMeans;
  #end: Time = Number.NaN;

  constructor(resources: number, ledger: Ledger, windows: Windows) {
    this.#ledger = ledger;
    this.#active = new ActiveUsers(resources);
    this.#distance = new StepMeans(windows);
    this.#activity = new StepMeans(windows);
  }

  get seen(): number {
    return this.#active.seen;
  }

  note({ kind, framework, position, amount, resources }: FactLog, row: number): void {
    const user = this.#ledger.userOf(framework[row]!);
    if (kind[row] === FactKind.submitted || kind[row] === FactKind.ready) {
      this.#active.add(user, this.#ledger.weight(user), position[row]!, amount, row * resources);
    } else if (kind[row] === FactKind.ended || kind[row] === FactKind.withdrawn) {
      this.#active.remove(user, amount, row * resources);
    }
  }

  evaluate(time: Time): number {
    const active = this.#active;
    for (let i = 0; i < active.idle.count; i++) {
      const user = active.idle.rows[i]!;
      if (active.isActive(user)) continue;
      this.#distance.set(user, 0, time);
      this.#activity.set(user, 0, time);
    }
    active.idle.clear();
    active.divide(this.#ledger.capacity);
    for (let row = 0; row < active.count; row++) {
      const user = active.users[row]!;
      this.#distance.set(user, Math.abs(this.#ledger.userShare(user) - active.exactShare(row)), time);
      this.#activity.set(user, 1, time);
    }
    return active.count + EVALUATION;
  }

  finish(time: Time): void {
    this.#end = time;
  }

  integral(user: RoleId): number {
    return this.#distance.integral(user, this.#end);
  }

  activeTime(user: RoleId): Time {
    return this.#activity.integral(user, this.#end);
  }
}
