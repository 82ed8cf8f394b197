import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulationError } from '../../src/base/errors.ts';
import { EventQueue, type Ticket } from '../../src/kernel/event-queue.ts';
import { Phase } from '../../src/kernel/phase.ts';
import { SortedQueue } from '../support/sorted-queue.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 50 : 1) * 300;

/** Pushes weigh most while `growing`, pops and cancels otherwise; `pick` says which of the waiting events to cancel. */
const step = (growing: number, pop: number, cancel: number) =>
  fc.oneof(
    {
      weight: growing,
      arbitrary: fc.record({
        act: fc.constant('push' as const),
        time: fc.integer({ min: 0, max: 20 }),
        phase: fc.constantFrom(...Object.values(Phase)),
        kind: fc.integer({ min: 0, max: 255 }),
        subject: fc.integer({ min: -5, max: 1_000_000 }),
      }),
    },
    { weight: pop, arbitrary: fc.constant({ act: 'pop' as const }) },
    { weight: cancel, arbitrary: fc.record({ act: fc.constant('cancel' as const), pick: fc.nat() }) },
  );

const history = (growing: number, pop: number, cancel: number, maxLength: number) =>
  fc.array(step(growing, pop, cancel), { maxLength, size: 'max' });

type Step = ReturnType<typeof step> extends fc.Arbitrary<infer T> ? T : never;

/** The next event as far as the queue shows it. */
function head(queue: EventQueue) {
  return { time: queue.nextTime, phase: queue.nextPhase, kind: queue.nextKind, subject: queue.nextSubject };
}

function expectSame(queue: EventQueue, twin: SortedQueue): void {
  expect(queue.size).toBe(twin.size);
  const next = twin.inOrder[0];
  if (next === undefined) expect(queue.nextTime).toBe(Number.POSITIVE_INFINITY);
  else expect(head(queue)).toEqual({ time: next.time, phase: next.phase, kind: next.kind, subject: next.subject });
}

function replay(steps: readonly Step[], queue: EventQueue, twin: SortedQueue): void {
  for (const one of steps) {
    if (one.act === 'push') {
      const ticket = queue.push(one.time, one.phase, one.kind, one.subject);
      twin.push(one.time, one.phase, one.kind, one.subject, ticket);
    } else if (twin.size > 0) {
      if (one.act === 'pop') {
        queue.pop();
        twin.pop();
      } else {
        const { time, ticket } = twin.inOrder[one.pick % twin.size]!;
        queue.cancel(time, ticket);
        twin.cancel(ticket);
      }
    }
    expectSame(queue, twin);
  }
}

describe('the event queue', () => {
  it('shows the head of a sorted array after each push, pop and cancel, and drains in its order', () => {
    fc.assert(
      fc.property(history(4, 2, 2, 150), (steps) => {
        const queue = new EventQueue();
        const twin = new SortedQueue();
        replay(steps, queue, twin);
        while (twin.size > 0) {
          expectSame(queue, twin);
          queue.pop();
          twin.pop();
        }
        expectSame(queue, twin);
      }),
      { numRuns: RUNS },
    );
  });

  it('stays in order when most of a long queue is cancelled, so that it is rebuilt, and grows again', () => {
    fc.assert(
      fc.property(history(1, 0, 0, 300), history(1, 1, 8, 300), history(4, 1, 1, 100), (grow, shrink, again) => {
        const queue = new EventQueue();
        const twin = new SortedQueue();
        for (let i = 0; i < 150; i++) twin.push(i % 7, Phase.timer, 0, i, queue.push(i % 7, Phase.timer, 0, i));
        replay([...grow, ...shrink, ...again], queue, twin);
      }),
      { numRuns: Math.ceil(RUNS / 20) },
    );
  });

  it('drains a queue longer than what stays in the cache in the order of a sort', () => {
    const long = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 20_000, maxLength: 20_000 });
    fc.assert(
      fc.property(long, fc.constantFrom(1, 5), (draws, cancelEvery) => {
        const queue = new EventQueue();
        const events = draws.map((draw, subject) => {
          const time = draw % 67;
          const phase = (draw % 6) as Phase;
          return { time, phase, subject, ticket: queue.push(time, phase, 7, subject) };
        });
        const kept = events.filter((_, i) => cancelEvery === 1 || i % cancelEvery === 0);
        const keptTickets = new Set(kept.map((event) => event.ticket));
        for (const { time, ticket } of events) if (!keptTickets.has(ticket)) queue.cancel(time, ticket);
        kept.sort((a, b) => a.time - b.time || a.phase - b.phase || a.subject - b.subject);
        const drained = kept.map(() => {
          const subject = queue.nextSubject;
          queue.pop();
          return subject;
        });
        expect(drained).toEqual(kept.map((event) => event.subject));
        expect(queue.size).toBe(0);
      }),
      { numRuns: Math.ceil(RUNS / 100), endOnFailure: true },
    );
  });

  it('fires events of one time and phase in the order in which they were scheduled', () => {
    const queue = new EventQueue();
    for (let i = 0; i < 1000; i++) queue.push(5, Phase.complete, 0, i);
    const order = Array.from({ length: 1000 }, () => {
      const subject = queue.nextSubject;
      queue.pop();
      return subject;
    });
    expect(order).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it('puts the phase before the order of scheduling, and the time before both', () => {
    const queue = new EventQueue();
    queue.push(2, Phase.complete, 0, 1);
    queue.push(1, Phase.timer, 0, 2);
    queue.push(1, Phase.node, 0, 3);
    const order: number[] = [];
    while (queue.size > 0) {
      order.push(queue.nextSubject);
      queue.pop();
    }
    expect(order).toEqual([3, 2, 1]);
  });

  describe('refuses to cancel', () => {
    it('an event twice', () => {
      const queue = new EventQueue();
      queue.push(1, Phase.timer, 0, 0);
      const ticket = queue.push(2, Phase.timer, 0, 1);
      queue.cancel(2, ticket);
      expect(() => queue.cancel(2, ticket)).toThrow(SimulationError);
    });

    it('the only event once it has fired', () => {
      const queue = new EventQueue();
      const ticket = queue.push(1, Phase.timer, 0, 0);
      queue.pop();
      expect(() => queue.cancel(1, ticket)).toThrow(SimulationError);
    });

    it('an event that has fired while others wait, and still counts those', () => {
      const queue = new EventQueue();
      const fired = queue.push(1, Phase.timer, 0, 0);
      queue.push(2, Phase.timer, 0, 1);
      queue.pop();
      expect(() => queue.cancel(1, fired)).toThrow(SimulationError);
      expect(queue.size).toBe(1);
    });

    it('an event that was cancelled and then dropped from the top', () => {
      const queue = new EventQueue();
      const tickets: Ticket[] = [1, 2, 3].map((time) => queue.push(time, Phase.timer, 0, time));
      queue.cancel(1, tickets[0]!);
      expect(() => queue.cancel(1, tickets[0]!)).toThrow(SimulationError);
      expect(queue.size).toBe(2);
    });
  });
});
