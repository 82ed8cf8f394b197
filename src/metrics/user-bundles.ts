import { grown } from '../base/grow.ts';
import type { RoleId } from '../base/ids.ts';
import { FactKind, type FactLog, FactMark } from '../simulation/fact-log.ts';
import type { Ledger } from './ledger.ts';

/** What each user holds and has queued, in whole steps, kept from the facts alone. */
export class UserBundles {
  readonly resources: number;
  /** Users seen so far have numbers below this. */
  seen = 0;
  /** By user: queued tasks, and running ones. */
  queued = new Int32Array(0);
  running = new Int32Array(0);
  weight = new Float64Array(0);
  /** Stride `resources`: what running tasks hold, and what queued ones demand. */
  held = new Float64Array(0);
  wanted = new Float64Array(0);
  /** What all hold. */
  readonly used: Float64Array;
  readonly #ledger: Ledger;

  constructor(resources: number, ledger: Ledger) {
    this.resources = resources;
    this.used = new Float64Array(resources);
    this.#ledger = ledger;
  }

  /** Notes a fact when the ledger has. */
  note({ kind, framework, position, amount, marks }: FactLog, row: number): void {
    const at = row * this.resources;
    switch (kind[row]!) {
      case FactKind.submitted:
      case FactKind.ready: {
        const user = this.#meet(framework[row]!);
        this.queued[user] = this.queued[user]! + position[row]!;
        this.#want(user, amount, at, 1);
        break;
      }
      case FactKind.started:
        this.#start(this.#meet(framework[row]!), amount, at, 1, (marks[row]! & FactMark.fluid) === 0);
        break;
      case FactKind.preempted:
      case FactKind.lost:
        this.#start(this.#meet(framework[row]!), amount, at, -1, true);
        break;
      case FactKind.ended: {
        const user = this.#meet(framework[row]!);
        this.running[user] = this.running[user]! - 1;
        if ((marks[row]! & FactMark.fluid) === 0) this.#hold(user, amount, at, -1);
        break;
      }
      case FactKind.withdrawn: {
        const user = this.#meet(framework[row]!);
        this.queued[user] = this.queued[user]! - 1;
        this.#want(user, amount, at, -1);
        break;
      }
      case FactKind.held:
        this.#hold(this.#meet(framework[row]!), amount, at, 1);
        break;
      default:
    }
  }

  #start(user: RoleId, amount: Float64Array, at: number, sign: 1 | -1, isHeld: boolean): void {
    this.queued[user] = this.queued[user]! - sign;
    this.running[user] = this.running[user]! + sign;
    this.#want(user, amount, at, sign === 1 ? -1 : 1);
    if (isHeld) this.#hold(user, amount, at, sign);
  }

  #want(user: RoleId, amount: Float64Array, at: number, sign: 1 | -1): void {
    for (let r = 0; r < this.resources; r++) {
      const to = user * this.resources + r;
      this.wanted[to] = this.wanted[to]! + sign * amount[at + r]!;
    }
  }

  #hold(user: RoleId, amount: Float64Array, at: number, sign: 1 | -1): void {
    for (let r = 0; r < this.resources; r++) {
      const to = user * this.resources + r;
      this.held[to] = this.held[to]! + sign * amount[at + r]!;
      this.used[r] = this.used[r]! + sign * amount[at + r]!;
    }
  }

  #meet(framework: number): RoleId {
    const user = this.#ledger.userOf(framework);
    if (user < this.seen && this.weight[user]! > 0) return user;
    if (user >= this.seen) {
      this.seen = user + 1;
      this.queued = grown(this.queued, this.seen);
      const rows = this.queued.length;
      this.running = grown(this.running, rows);
      this.weight = grown(this.weight, rows);
      this.held = grown(this.held, rows * this.resources);
      this.wanted = grown(this.wanted, rows * this.resources);
    }
    this.weight[user] = this.#ledger.weight(user);
    return user;
  }
}
