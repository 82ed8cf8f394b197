import { grown } from '../base/grow.ts';
import type { FrameworkId, RoleId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import { Changes } from './changes.ts';
import { CrossingTree } from './crossing-tree.ts';
import type { Distances } from './distances.ts';
import type { Ledger } from './ledger.ts';
import type { Windows } from './windows.ts';

/** Fields of one user, side by side. */
const TASKS = 0;
/** All it has running and queued, whole steps. */
const DEMAND = 1;
/** Whole steps that its side of the books contains. */
const COUNTED = 2;
const WEIGHT = 3;
const SHARE = 4;
/** Its share if it had all it demands. */
const UNIT = 5;
const STATE = 6;
/** When its distance was last integrated, and the integral of the level until then. */
const SINCE = 7;
const LEVEL_UNTIL = 8;
const LEVEL_LOST = 9;
/** The integral of its distance, with what rounding took from it, and the time in which it was active. */
const DISTANCE = 10;
const DISTANCE_LOST = 11;
const ACTIVE = 12;
const STRIDE = 13;

/** No tasks. */
const IDLE = 0;
/** Demands no more than the level gives it, so that is its exact share. */
const SATED = 1;
/** Demands more and holds no more than the level gives it. */
const BELOW = 2;
/** Demands more and holds more than the level gives it. */
const ABOVE = 3;

/** Crossings of users that every evaluation may take. */
const GRANTED = 8;

/**
 * How far users are from exact DRF on a pool of one resource, at a cost of those who change.
 *
 * Exact DRF then has one level: whoever demands less than weight times level has its demand, all others have weight times
 * level. The distance of each user is linear in time and in the integral of the level over time until the user changes, or
 * the level crosses what it holds or demands, so it is integrated only then. The level is found by moving it from where it
 * was, one such crossing after the other, which never goes too far: the load is concave in the level.
 */
export class LevelDistances implements Distances {
  seen = 0;
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #changed = new Changes();
  readonly #tree = new CrossingTree();
  #users = new Float64Array(0);
  #capacity = Number.NaN;
  // A field that begins with 0 holds small integers; what is compiled for it is made anew when it holds a fraction.
  /** Whole steps demanded by all users, and by those who are sated. */
  #demanded = -0;
  #sated = -0;
  /** Share over weight; Infinity where there is enough for all. */
  #level = Number.POSITIVE_INFINITY;
  #now: Time = Number.NEGATIVE_INFINITY;
  /** Integral of the level where it is finite, with what rounding took from it. */
  #integral = -0;
  #lost = -0;

  constructor(ledger: Ledger, windows: Windows) {
    this.#ledger = ledger;
    this.#windows = windows;
  }

  note({ kind, framework, position, amount }: FactLog, row: number): void {
    switch (kind[row]!) {
      case FactKind.submitted:
      case FactKind.ready:
        this.#add(this.#change(framework[row]!), position[row]!, amount[row]!);
        break;
      case FactKind.ended:
      case FactKind.withdrawn:
        this.#add(this.#change(framework[row]!), -1, -amount[row]!);
        break;
      case FactKind.started:
      case FactKind.preempted:
      case FactKind.lost:
      case FactKind.held:
        this.#change(framework[row]!);
        break;
      default:
    }
  }

  evaluate(time: Time): number {
    this.#advance(time);
    if (this.#ledger.capacity[0] !== this.#capacity) {
      this.#capacity = this.#ledger.capacity[0]!;
      for (let user = 0; user < this.seen; user++) this.#changed.add(user);
    }
    const changed = this.#changed;
    for (let i = 0; i < changed.count; i++) this.#enter(changed.rows[i]!);
    const work = changed.count + this.#moveLevel();
    changed.clear();
    return Math.max(0, work - GRANTED);
  }

  integral(user: RoleId): number {
    return this.#users[user * STRIDE + DISTANCE]! + this.#users[user * STRIDE + DISTANCE_LOST]!;
  }

  activeTime(user: RoleId): Time {
    return this.#users[user * STRIDE + ACTIVE]!;
  }

  finish(time: Time): void {
    this.#advance(time);
    for (let user = 0; user < this.seen; user++) this.#integrate(user * STRIDE);
  }

  /** Notes that a framework's user has changed, and gives it. */
  #change(framework: FrameworkId): RoleId {
    const user = this.#ledger.userOf(framework);
    if (user >= this.seen) this.#grow(user + 1);
    this.#changed.add(user);
    return user;
  }

  #add(user: RoleId, tasks: number, steps: number): void {
    const at = user * STRIDE;
    const users = this.#users;
    users[at + TASKS] = users[at + TASKS]! + tasks;
    users[at + DEMAND] = users[at + DEMAND]! + steps;
  }

  /** Moves the clock; the warm-up counts for nothing. */
  #advance(time: Time): void {
    const now = Math.max(time, this.#windows.warm);
    if (this.#level < Number.POSITIVE_INFINITY && now > this.#now) {
      const term = this.#level * (now - this.#now);
      const next = this.#integral + term;
      this.#lost += this.#integral >= term ? this.#integral - next + term : term - next + this.#integral;
      this.#integral = next;
    }
    this.#now = now;
  }

  /** Integrates the distance of a user up to now. */
  #integrate(at: number): void {
    const users = this.#users;
    const state = users[at + STATE]!;
    const time = this.#now - users[at + SINCE]!;
    const levels = this.#integral - users[at + LEVEL_UNTIL]! + (this.#lost - users[at + LEVEL_LOST]!);
    users[at + SINCE] = this.#now;
    users[at + LEVEL_UNTIL] = this.#integral;
    users[at + LEVEL_LOST] = this.#lost;
    if (state === IDLE || !(time > 0)) return;
    users[at + ACTIVE] = users[at + ACTIVE]! + time;
    const share = users[at + SHARE]!;
    const exact = users[at + WEIGHT]! * levels;
    let term: number;
    if (state === SATED) term = Math.abs(share - users[at + UNIT]!) * time;
    else term = state === BELOW ? exact - share * time : share * time - exact;
    const sum = users[at + DISTANCE]!;
    const next = sum + term;
    users[at + DISTANCE] = next;
    const lost = Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    users[at + DISTANCE_LOST] = users[at + DISTANCE_LOST]! + lost;
  }

  /** Takes in what a user holds and demands now. */
  #enter(user: RoleId): void {
    const at = user * STRIDE;
    const users = this.#users;
    this.#integrate(at);
    if (users[at + STATE] === SATED) this.#sated -= users[at + COUNTED]!;
    this.#demanded += users[at + DEMAND]! - users[at + COUNTED]!;
    users[at + COUNTED] = users[at + DEMAND]!;
    if (users[at + TASKS] === 0) {
      users[at + STATE] = IDLE;
      this.#tree.put(user, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0);
      return;
    }
    const weight = this.#ledger.weight(user);
    users[at + WEIGHT] = weight;
    users[at + SHARE] = this.#ledger.userShare(user);
    users[at + UNIT] = this.#capacity > 0 ? users[at + DEMAND]! / this.#capacity : 0;
    if (users[at + UNIT]! / weight <= this.#level) this.#place(user, SATED);
    else this.#place(user, users[at + SHARE]! / weight <= this.#level ? BELOW : ABOVE);
  }

  /** Puts a user whose distance is integrated into a state. */
  #place(user: RoleId, state: number): void {
    const at = user * STRIDE;
    const users = this.#users;
    const weight = users[at + WEIGHT]!;
    users[at + STATE] = state;
    const demanded = users[at + UNIT]! / weight;
    const held = users[at + SHARE]! / weight;
    if (state === SATED) {
      this.#sated += users[at + COUNTED]!;
      this.#tree.put(user, Number.POSITIVE_INFINITY, demanded, 0);
    } else if (state === BELOW) this.#tree.put(user, demanded, held, weight);
    else this.#tree.put(user, held, Number.NEGATIVE_INFINITY, weight);
  }

  /** Moves the level to where it belongs; gives how many users it crossed. */
  #moveLevel(): number {
    const tree = this.#tree;
    let crossed = 0;
    let level = this.#exactLevel();
    while (level < tree.greatestDown) {
      this.#cross(tree.firstDown(), false);
      level = this.#exactLevel();
      crossed++;
    }
    // Never both ways: rounding could otherwise keep a user going to and fro.
    if (crossed === 0) {
      while (level >= tree.leastUp && tree.leastUp < Number.POSITIVE_INFINITY) {
        this.#cross(tree.firstUp(), true);
        level = this.#exactLevel();
        crossed++;
      }
    }
    this.#level = level;
    return crossed;
  }

  /** Gives the level at which all is handed out, were nobody crossed by it. */
  #exactLevel(): number {
    if (this.#demanded <= this.#capacity || !(this.#capacity > 0)) return Number.POSITIVE_INFINITY;
    const { weight } = this.#tree;
    return weight > 0 ? (this.#capacity - this.#sated) / weight / this.#capacity : Number.NEGATIVE_INFINITY;
  }

  #cross(user: RoleId, up: boolean): void {
    const at = user * STRIDE;
    const state = this.#users[at + STATE]!;
    this.#integrate(at);
    if (state === SATED) this.#sated -= this.#users[at + COUNTED]!;
    if (up) this.#place(user, state - 1);
    else this.#place(user, state + 1);
  }

  #grow(users: number): void {
    this.seen = users;
    this.#users = grown(this.#users, users * STRIDE);
  }
}
