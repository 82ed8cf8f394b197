import { SimulationError } from '../base/errors.ts';
import { grown } from '../base/grow.ts';
import type { Time } from '../base/time.ts';
import type { Phase } from './phase.ts';

/** Names one scheduled event, to take it back. */
export type Ticket = number;

/** Kinds of events: the low 8 bits of a key. */
const KINDS = 256;

/** 2^50: above it a key has its phase; between phase and kind 42 bits of sequence. A double is exact to 2^53. */
const PHASE_STEP = 1_125_899_906_842_624;

/**
 * Rows that stay in the cache. Among their children the least is found without branches, which would often be guessed
 * wrong; below them a branch is better, because what it guesses is fetched from memory ahead of time.
 */
const NEAR = 6144;

/**
 * A queue of events in total order: time, then phase, then first scheduled.
 *
 * A 4-ary heap over columns: a node's children are rows 4i+1 to 4i+4. Phase, sequence and kind are packed into one
 * double, so that two comparisons give the order (the kind stands behind the sequence and decides nothing). An event
 * carries two numbers: what kind it is and whom it concerns.
 * Cancelling is lazy: the ticket is set aside and looked at when its event comes to the top; when more than half of
 * the rows are cancelled the heap is rebuilt without them. push and pop cost O(log n), cancel O(1) amortized.
 *
 * Invariant: the row on top is never a cancelled one.
 */
export class EventQueue {
  #length = 0;
  #time = new Float64Array(64);
  #key = new Float64Array(64);
  #subject = new Int32Array(64);
  #sequence = 0;
  readonly #cancelled = new Set<Ticket>();
  /** How many tickets that set holds; a number here is cheaper to look at after each pop. */
  #cancelledCount = 0;

  /** Events that will fire. */
  get size(): number {
    return this.#length - this.#cancelledCount;
  }

  /** When the next event falls due; infinity when there is none. */
  get nextTime(): Time {
    return this.#length === 0 ? Number.POSITIVE_INFINITY : this.#time[0]!;
  }

  /** True if the next event is of that time and phase. */
  isNext(time: Time, phase: number): boolean {
    return this.#length > 0 && this.#time[0] === time && Math.floor(this.#key[0]! / PHASE_STEP) === phase;
  }

  /** The phase of the next event; only with a next event. */
  get nextPhase(): number {
    return Math.floor(this.#key[0]! / PHASE_STEP);
  }

  get nextKind(): number {
    return this.#key[0]! & (KINDS - 1);
  }

  get nextTicket(): Ticket {
    return this.#key[0]!;
  }

  get nextSubject(): number {
    return this.#subject[0]!;
  }

  /** Schedules an event; its kind is 0 to 255, its subject an Int32. */
  push(time: Time, phase: Phase, kind: number, subject: number): Ticket {
    const key = phase * PHASE_STEP + this.#sequence++ * KINDS + kind;
    let row = this.#length++;
    if (row === this.#time.length) this.#grow();
    const times = this.#time;
    const keys = this.#key;
    const subjects = this.#subject;
    while (row > 0) {
      const parent = (row - 1) >> 2;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && keys[parent]! < key)) break;
      times[row] = parentTime;
      keys[row] = keys[parent]!;
      subjects[row] = subjects[parent]!;
      row = parent;
    }
    times[row] = time;
    keys[row] = key;
    subjects[row] = subject;
    return key;
  }

  /** Removes the next event. */
  pop(): void {
    this.#removeTop();
    if (this.#cancelledCount !== 0) this.#dropCancelled();
  }

  /**
   * Takes an event back.
   *
   * @throws SimulationError if it has fired or was cancelled: such an event stands before the next one.
   */
  cancel(time: Time, ticket: Ticket): void {
    const isBehind =
      this.#length > 0 && (time > this.#time[0]! || (time === this.#time[0]! && ticket >= this.#key[0]!));
    if (!isBehind || this.#cancelled.has(ticket)) {
      throw new SimulationError(`event ${ticket} of ${time} us was cancelled after it had fired or been cancelled`);
    }
    this.#cancelled.add(ticket);
    this.#cancelledCount++;
    if (this.#cancelledCount > 64 && this.#cancelledCount * 2 > this.#length) this.#rebuild();
    else this.#dropCancelled();
  }

  #dropCancelled(): void {
    while (this.#length > 0 && this.#cancelled.delete(this.#key[0]!)) {
      this.#cancelledCount--;
      this.#removeTop();
    }
  }

  #removeTop(): void {
    const last = --this.#length;
    if (last > 0) this.#sink(0, last, last);
  }

  /** Writes row `from` where it belongs at or below row `start`, in a heap of `length` rows. */
  #sink(start: number, from: number, length: number): void {
    const times = this.#time;
    const keys = this.#key;
    const subjects = this.#subject;
    const time = times[from]!;
    const key = keys[from]!;
    const subject = subjects[from]!;
    let row = start;
    for (let child = 4 * row + 1; child < length; child = 4 * row + 1) {
      const isNear = child < NEAR && child + 3 < length;
      const least = isNear ? leastOfFour(times, keys, child) : leastOf(times, keys, child, Math.min(child + 4, length));
      const leastTime = times[least]!;
      const leastKey = keys[least]!;
      if (time < leastTime || (time === leastTime && key < leastKey)) break;
      times[row] = leastTime;
      keys[row] = leastKey;
      subjects[row] = subjects[least]!;
      row = least;
    }
    times[row] = time;
    keys[row] = key;
    subjects[row] = subject;
  }

  #rebuild(): void {
    const times = this.#time;
    const keys = this.#key;
    const subjects = this.#subject;
    let kept = 0;
    for (let row = 0; row < this.#length; row++) {
      if (this.#cancelled.has(keys[row]!)) continue;
      times[kept] = times[row]!;
      keys[kept] = keys[row]!;
      subjects[kept] = subjects[row]!;
      kept++;
    }
    this.#length = kept;
    this.#cancelled.clear();
    this.#cancelledCount = 0;
    for (let row = (kept - 2) >> 2; row >= 0; row--) this.#sink(row, row, kept);
  }

  #grow(): void {
    const length = this.#time.length * 2;
    this.#time = grown(this.#time, length);
    this.#key = grown(this.#key, length);
    this.#subject = grown(this.#subject, length);
  }
}

/** The row of the least of four events. */
function leastOfFour(times: Float64Array, keys: Float64Array, first: number): number {
  const a = first + isBefore(times[first + 1]!, keys[first + 1]!, times[first]!, keys[first]!);
  const b = first + 2 + isBefore(times[first + 3]!, keys[first + 3]!, times[first + 2]!, keys[first + 2]!);
  return a + (b - a) * isBefore(times[b]!, keys[b]!, times[a]!, keys[a]!);
}

/** 1 if the first event comes before the second, else 0: arithmetic, not a branch. */
function isBefore(timeA: Time, keyA: number, timeB: Time, keyB: number): number {
  return +(timeA < timeB) | (+(timeA === timeB) & +(keyA < keyB));
}

/** The row of the least event in [first, end). */
function leastOf(times: Float64Array, keys: Float64Array, first: number, end: number): number {
  let least = first;
  let leastTime = times[first]!;
  for (let row = first + 1; row < end; row++) {
    const time = times[row]!;
    if (time < leastTime || (time === leastTime && keys[row]! < keys[least]!)) {
      least = row;
      leastTime = time;
    }
  }
  return least;
}
