import type { Ticket } from '../../src/kernel/event-queue.ts';

/** One event that waits. */
export interface WaitingEvent {
  readonly time: number;
  readonly phase: number;
  readonly sequence: number;
  readonly kind: number;
  readonly subject: number;
  readonly ticket: Ticket;
}

/** The event queue as an array that is sorted whenever it is asked: by time, then phase, then first scheduled. */
export class SortedQueue {
  #events: WaitingEvent[] = [];
  #pushed = 0;

  get size(): number {
    return this.#events.length;
  }

  /** Events in the order in which they will fire. */
  get inOrder(): readonly WaitingEvent[] {
    return [...this.#events].sort((a, b) => a.time - b.time || a.phase - b.phase || a.sequence - b.sequence);
  }

  push(time: number, phase: number, kind: number, subject: number, ticket: Ticket): void {
    this.#events.push({ time, phase, sequence: this.#pushed++, kind, subject, ticket });
  }

  pop(): WaitingEvent {
    const first = this.inOrder[0]!;
    this.cancel(first.ticket);
    return first;
  }

  cancel(ticket: Ticket): void {
    this.#events = this.#events.filter((event) => event.ticket !== ticket);
  }
}
