import { SimulationError } from '../base/errors.ts';
import { grown } from '../base/grow.ts';
import type { Time } from '../base/time.ts';
import type { Phase } from './phase.ts';

/** Names one scheduled event, to take it back. */
export type Ticket = number;

/** 2^46: sequence numbers of one phase; phase and sequence share a double, which is exact to 2^53. */
const PHASE_STEP = 70_368_744_177_664;

/**
 * A queue of events in total order: time, then phase, then first scheduled.
 *
 * A 4-ary heap over columns: a node's children are rows 4i+1 to 4i+4. Phase and sequence are packed into one double,
 * so that two comparisons give the order. An event carries two numbers: what kind it is and whom it concerns.
 * Cancelling is lazy: the ticket is set aside and looked at when its event comes to the top; when more than half of
 * the rows are cancelled the heap is rebuilt without them. push and pop cost O(log n), cancel O(1) amortized.
 *
 * Invariant: the row on top is never a cancelled one.
 */
export class EventQueue {
  #length = 0;
  #time = new Float64Array(64);
  #key = new Float64Array(64);
  #kind = new Uint8Array(64);
  #subject = new Int32Array(64);
  #sequence = 0;
  readonly #cancelled = new Set<Ticket>();

  /** Events that will fire. */
  get size(): number {
    return this.#length - this.#cancelled.size;
  }

  /** When the next event falls due; infinity when there is none. */
  get nextTime(): Time {
    return this.#length === 0 ? Number.POSITIVE_INFINITY : this.#time[0]!;
  }

  /** The phase of the next event; only with a next event. */
  get nextPhase(): number {
    return Math.floor(this.#key[0]! / PHASE_STEP);
  }

  get nextKind(): number {
    return this.#kind[0]!;
  }

  get nextTicket(): Ticket {
    return this.#key[0]!;
  }

  get nextSubject(): number {
    return this.#subject[0]!;
  }

  push(time: Time, phase: Phase, kind: number, subject: number): Ticket {
    const key = phase * PHASE_STEP + this.#sequence++;
    if (this.#length === this.#time.length) this.#grow();
    this.#siftUp(this.#length++, time, key, kind, subject);
    return key;
  }

  /** Removes the next event. */
  pop(): void {
    this.#removeTop();
    if (this.#cancelled.size !== 0) this.#dropCancelled();
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
    if (this.#cancelled.size > 64 && this.#cancelled.size * 2 > this.#length) this.#rebuild();
    else this.#dropCancelled();
  }

  #dropCancelled(): void {
    while (this.#length > 0 && this.#cancelled.delete(this.#key[0]!)) this.#removeTop();
  }

  #removeTop(): void {
    const last = --this.#length;
    if (last > 0) {
      this.#siftDown(0, this.#time[last]!, this.#key[last]!, this.#kind[last]!, this.#subject[last]!);
    }
  }

  #siftUp(start: number, time: Time, key: number, kind: number, subject: number): void {
    const times = this.#time;
    const keys = this.#key;
    let row = start;
    while (row > 0) {
      const parent = (row - 1) >> 2;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && keys[parent]! < key)) break;
      this.#move(parent, row);
      row = parent;
    }
    this.#set(row, time, key, kind, subject);
  }

  #siftDown(start: number, time: Time, key: number, kind: number, subject: number): void {
    const times = this.#time;
    const keys = this.#key;
    const length = this.#length;
    let row = start;
    for (;;) {
      let child = 4 * row + 1;
      if (child >= length) break;
      let least = child;
      let leastTime = times[child]!;
      const end = Math.min(child + 4, length);
      for (child++; child < end; child++) {
        const childTime = times[child]!;
        if (childTime < leastTime || (childTime === leastTime && keys[child]! < keys[least]!)) {
          least = child;
          leastTime = childTime;
        }
      }
      if (time < leastTime || (time === leastTime && key < keys[least]!)) break;
      this.#move(least, row);
      row = least;
    }
    this.#set(row, time, key, kind, subject);
  }

  #move(from: number, to: number): void {
    this.#time[to] = this.#time[from]!;
    this.#key[to] = this.#key[from]!;
    this.#kind[to] = this.#kind[from]!;
    this.#subject[to] = this.#subject[from]!;
  }

  #set(row: number, time: Time, key: number, kind: number, subject: number): void {
    this.#time[row] = time;
    this.#key[row] = key;
    this.#kind[row] = kind;
    this.#subject[row] = subject;
  }

  #rebuild(): void {
    let kept = 0;
    for (let row = 0; row < this.#length; row++) {
      if (this.#cancelled.has(this.#key[row]!)) continue;
      if (kept !== row) this.#move(row, kept);
      kept++;
    }
    this.#length = kept;
    this.#cancelled.clear();
    for (let row = (kept - 2) >> 2; row >= 0; row--) {
      this.#siftDown(row, this.#time[row]!, this.#key[row]!, this.#kind[row]!, this.#subject[row]!);
    }
  }

  #grow(): void {
    const length = this.#time.length * 2;
    this.#time = grown(this.#time, length);
    this.#key = grown(this.#key, length);
    this.#kind = grown(this.#kind, length);
    this.#subject = grown(this.#subject, length);
  }
}
