import { ScenarioError, SimulationError } from '../base/errors.ts';
import { NEVER, type Time } from '../base/time.ts';
import { EventQueue, type Ticket } from './event-queue.ts';
import { Phase } from './phase.ts';

/** Is called when an event fires, with the number it was scheduled with. */
export type Handler = (subject: number) => void;

/**
 * The order inside one instant: all completions, all arrivals, one pass (`rounds`); or arrivals before completions, and
 * a pass after each of them (`event-by-event`).
 */
export type InstantOrder = 'rounds' | 'event-by-event';

/** A kind of event, declared once when a run is wired; only numbers enter the queue. */
export interface EventKind {
  readonly phase: Phase;
  /**
   * Fires the handler at `time`; what is scheduled for this instant in a phase that has passed opens another round.
   *
   * @throws SimulationError if `time` is past or no whole number.
   */
  at(time: Time, subject: number): Ticket;
}

/** Arrivals in order of time, merged with the queue instead of entering it. */
export interface Arrivals {
  /** When the next one arrives; infinity when none is left. */
  readonly nextTime: Time;
  /** Takes all that arrive at `nextTime`; calls `after` behind each of them. */
  take(after?: () => void): void;
  /** False while an arrival of the same instant may still be unread: the loop then pauses to let the caller read on. */
  readonly complete: boolean;
}

/** What a kernel does in the phases that are not events. */
export interface Rounds {
  /** The clock moves from `before` to `now`. */
  onTime(before: Time, now: Time): void;
  /** One scheduling pass, after completions, node changes and arrivals of a round. */
  decide(): void;
}

/** Why {@link Kernel.run} came back: nothing is left, the limit was reached, more arrivals must be read, or a stop was asked for. */
export type Pause = 'drained' | 'limit' | 'starved' | 'stopped';

/** An event that has left the queue, or has not entered it: it fires later in this instant. */
interface Waiting {
  readonly phase: Phase;
  readonly kind: number;
  readonly subject: number;
  readonly ticket: Ticket;
}

/**
 * Runs events in rounds.
 *
 * A round is the completions and node changes that are due, the arrivals of the instant, one pass, then the timers and
 * observations that are due. What then still falls due at the same instant opens another round. Event by event, the
 * completions of a round wait until its arrivals have been taken, and each of both has a pass of its own.
 */
export class Kernel {
  readonly #queue = new EventQueue();
  readonly #handlers: Handler[] = [];
  /** By kind: called for each completion of an instant before its arrivals are taken, where events go one by one. */
  readonly #announce: (Handler | undefined)[] = [];
  readonly #isEventByEvent: boolean;
  /** Completions of this instant that wait for its arrivals. */
  #due: Waiting[] = [];
  /** What falls due at this instant in a later round; empty but for run times of zero and timers for now. */
  readonly #later: Waiting[] = [];
  /** Tickets that were handed out before their event entered the queue, good until the next round has ended. */
  readonly #tickets = new Map<Ticket, Ticket>();
  #nextLater = -1;
  readonly #rounds: Rounds;
  #now: Time = Number.NEGATIVE_INFINITY;
  #phase: number = -1;
  #passAsked = false;
  #stopAsked = false;
  #events = 0;

  constructor(rounds: Rounds, order: InstantOrder = 'rounds') {
    this.#rounds = rounds;
    this.#isEventByEvent = order === 'event-by-event';
  }

  get now(): Time {
    return this.#now;
  }

  /** Events fired so far. */
  get events(): number {
    return this.#events;
  }

  /**
   * Declares a kind of event.
   *
   * @param announce is called for a completion that is due before the arrivals of its instant are taken, where events
   * go one by one.
   */
  event(phase: Phase, handle: Handler, announce?: Handler): EventKind {
    const kind = this.#handlers.length;
    this.#handlers.push(handle);
    this.#announce.push(announce);
    return {
      phase,
      at: (time, subject) => {
        if (!(time >= this.#now))
          throw new SimulationError(`an event was scheduled for ${time}, but it is ${this.#now}`);
        if (time > Number.MAX_SAFE_INTEGER) {
          throw new ScenarioError('the run reaches beyond 285 years, where a microsecond is no longer exact');
        }
        if (!Number.isInteger(time))
          throw new SimulationError(`an event was scheduled for ${time}, between microseconds`);
        if (time === this.#now && phase <= this.#phase) return this.#defer(phase, kind, subject);
        return this.#queue.push(time, phase, kind, subject);
      },
    };
  }

  /**
   * Takes back the event that was scheduled for `time`.
   *
   * @throws SimulationError if it has fired or was cancelled.
   */
  cancel(time: Time, ticket: Ticket): void {
    if (ticket < 0 && takeOut(this.#later, ticket)) return;
    const queued = this.#tickets.get(ticket) ?? ticket;
    if (this.#due.length === 0 || !takeOut(this.#due, queued)) this.#queue.cancel(time, queued);
  }

  /** Asks for one more pass at this instant, in another round. */
  askForPass(): void {
    this.#passAsked = true;
  }

  /** Lets {@link run} come back after the round that is under way. */
  stop(): void {
    this.#stopAsked = true;
  }

  /** Runs every round up to and including `until`. */
  run(arrivals: Arrivals, until: Time = NEVER): Pause {
    while (!this.#stopAsked) {
      const due = Math.min(this.#queue.nextTime, arrivals.nextTime);
      const next = this.#passAsked ? this.#now : due;
      if (arrivals.nextTime <= next && !arrivals.complete) return 'starved';
      if (next === NEVER) return arrivals.complete ? 'drained' : 'starved';
      if (next > until) return 'limit';
      if (next !== this.#now) {
        const before = this.#now;
        this.#now = next;
        this.#rounds.onTime(before, next);
      }
      if (this.#isEventByEvent) this.#roundByEvent(arrivals);
      else this.#round(arrivals);
    }
    this.#stopAsked = false;
    return 'stopped';
  }

  #round(arrivals: Arrivals): void {
    this.#passAsked = false;
    this.#fire(Phase.complete);
    this.#fire(Phase.node);
    this.#phase = Phase.arrive;
    if (arrivals.nextTime === this.#now) arrivals.take();
    this.#phase = Phase.decide;
    this.#rounds.decide();
    this.#endRound();
  }

  #roundByEvent(arrivals: Arrivals): void {
    const wasAsked = this.#passAsked;
    this.#passAsked = false;
    const fired = this.#events;
    this.#phase = Phase.decide;
    const decide = () => this.#rounds.decide();
    this.#collectDue();
    for (const { kind, subject } of this.#due) this.#announce[kind]?.(subject);
    const arrived = arrivals.nextTime === this.#now;
    if (arrived) arrivals.take(decide);
    while (this.#due.length > 0) {
      const { kind, subject } = this.#due.shift()!;
      this.#events++;
      this.#handlers[kind]!(subject);
      decide();
    }
    const before = this.#events;
    this.#fire(Phase.node);
    this.#phase = Phase.decide;
    if (this.#events > before || wasAsked || (!arrived && this.#events === fired)) decide();
    this.#endRound();
  }

  #collectDue(): void {
    const queue = this.#queue;
    while (queue.isNext(this.#now, Phase.complete)) {
      const { nextKind: kind, nextSubject: subject, nextTicket: ticket } = queue;
      this.#due.push({ phase: Phase.complete, kind, subject, ticket });
      queue.pop();
    }
  }

  #endRound(): void {
    this.#fire(Phase.timer);
    this.#fire(Phase.observe);
    this.#phase = -1;
    if (this.#tickets.size !== 0) this.#tickets.clear();
    if (this.#later.length !== 0) this.#openAnotherRound();
  }

  #openAnotherRound(): void {
    for (const { phase, kind, subject, ticket } of this.#later) {
      this.#tickets.set(ticket, this.#queue.push(this.#now, phase, kind, subject));
    }
    this.#later.length = 0;
  }

  #fire(phase: Phase): void {
    const queue = this.#queue;
    this.#phase = phase;
    while (queue.isNext(this.#now, phase)) {
      const kind = queue.nextKind;
      const subject = queue.nextSubject;
      queue.pop();
      this.#events++;
      this.#handlers[kind]!(subject);
    }
  }

  #defer(phase: Phase, kind: number, subject: number): Ticket {
    const ticket = this.#nextLater--;
    this.#later.push({ phase, kind, subject, ticket });
    return ticket;
  }
}

/** Removes the event with that ticket; false when it is not there. */
function takeOut(waiting: Waiting[], ticket: Ticket): boolean {
  const position = waiting.findIndex((event) => event.ticket === ticket);
  if (position >= 0) waiting.splice(position, 1);
  return position >= 0;
}
