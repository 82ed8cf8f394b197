import { describe, expect, it } from 'vitest';
import { ScenarioError, SimulationError } from '../../../src/base/errors.ts';
import { NEVER, type Time } from '../../../src/base/time.ts';
import { type Arrivals, type InstantOrder, Kernel, type Rounds } from '../../../src/kernel/kernel.ts';
import { Phase } from '../../../src/kernel/phase.ts';

/** Arrivals at stated times; those from `readTo` on are not known until it is moved. */
class FakeArrivals implements Arrivals {
  readonly #times: Time[];
  readonly #take: (time: Time) => void;
  readTo = NEVER;

  constructor(times: readonly Time[], take: (time: Time) => void = () => {}) {
    this.#times = [...times];
    this.#take = take;
  }

  get nextTime(): Time {
    return this.#times[0] ?? NEVER;
  }

  get complete(): boolean {
    return this.nextTime < this.readTo || this.readTo === NEVER;
  }

  take(after?: () => void): void {
    const now = this.nextTime;
    while (this.#times[0] === now) {
      this.#take(this.#times.shift()!);
      after?.();
    }
  }
}

/** A kernel that writes down what happens; `onPass` is called in each pass. */
function logged(onPass: (kernel: Kernel) => void = () => {}, order?: InstantOrder) {
  const log: string[] = [];
  const rounds: Rounds = {
    onTime: (before, now) => log.push(`clock ${before} -> ${now}`),
    decide: () => {
      log.push('pass');
      onPass(kernel);
    },
  };
  const kernel: Kernel = new Kernel(rounds, order);
  const say = (what: string) => (subject: number) => void log.push(`${what} ${subject}`);
  const arrivals = (...times: Time[]) => new FakeArrivals(times, () => log.push('arrival'));
  return { log, kernel, say, arrivals };
}

describe('a round', () => {
  it('takes completions before node changes before arrivals before the pass before timers before observations', () => {
    const { log, kernel, say, arrivals } = logged();
    for (const [name, phase] of Object.entries(Phase).reverse()) {
      if (name !== 'arrive' && name !== 'decide') kernel.event(phase, say(name)).at(5, 0);
    }
    expect(kernel.run(arrivals(5))).toBe('drained');
    expect(log).toEqual(['clock -Infinity -> 5', 'complete 0', 'node 0', 'arrival', 'pass', 'timer 0', 'observe 0']);
  });

  it('has one pass, however many completions and arrivals there are', () => {
    const { log, kernel, say, arrivals } = logged();
    const complete = kernel.event(Phase.complete, say('end'));
    for (const subject of [1, 2, 3]) complete.at(5, subject);
    kernel.run(arrivals(5, 5));
    expect(log.slice(1)).toEqual(['end 1', 'end 2', 'end 3', 'arrival', 'arrival', 'pass']);
  });

  it('has a pass though only a timer fell due', () => {
    const { log, kernel, say, arrivals } = logged();
    kernel.event(Phase.timer, say('timer')).at(3, 7);
    kernel.run(arrivals());
    expect(log).toEqual(['clock -Infinity -> 3', 'pass', 'timer 7']);
  });
});

describe('what falls due at the instant that is under way', () => {
  it('opens another round when a task with a run time of zero starts in the pass', () => {
    let starts = 1;
    const { log, kernel, say, arrivals } = logged((kernel) => {
      if (starts-- > 0) end.at(kernel.now, 9);
    });
    const end = kernel.event(Phase.complete, say('end'));
    kernel.run(arrivals(4));
    expect(log).toEqual(['clock -Infinity -> 4', 'arrival', 'pass', 'end 9', 'pass']);
  });

  it('fires in the same round when its phase is still to come', () => {
    let sets = 1;
    const { log, kernel, say, arrivals } = logged((kernel) => {
      if (sets-- > 0) timer.at(kernel.now, 1);
    });
    const timer = kernel.event(Phase.timer, say('timer'));
    kernel.run(arrivals(4));
    expect(log.slice(1)).toEqual(['arrival', 'pass', 'timer 1']);
  });

  it('opens another round for a completion that a completion schedules, after the pass of this one', () => {
    const { log, kernel, say, arrivals } = logged();
    const second = kernel.event(Phase.complete, say('second'));
    const first = kernel.event(Phase.complete, (subject) => {
      log.push(`first ${subject}`);
      second.at(kernel.now, subject);
    });
    first.at(6, 1);
    kernel.run(arrivals());
    expect(log.slice(1)).toEqual(['first 1', 'pass', 'second 1', 'pass']);
  });

  it('opens another round when a timer asks for a pass', () => {
    const { log, kernel, arrivals } = logged();
    kernel.event(Phase.timer, () => kernel.askForPass()).at(2, 0);
    kernel.run(arrivals());
    expect(log.slice(1)).toEqual(['pass', 'pass']);
  });

  it('keeps the order of scheduling in the next round', () => {
    let starts = 1;
    const { log, kernel, say, arrivals } = logged((kernel) => {
      if (starts-- > 0) for (const subject of [3, 1, 2]) end.at(kernel.now, subject);
    });
    const end = kernel.event(Phase.complete, say('end'));
    kernel.run(arrivals(0));
    expect(log.filter((line) => line.startsWith('end'))).toEqual(['end 3', 'end 1', 'end 2']);
  });
});

describe('the clock', () => {
  it('moves once an instant and tells where it came from', () => {
    const { log, kernel, arrivals } = logged();
    kernel.run(arrivals(1, 1, 4));
    expect(log.filter((line) => line.startsWith('clock'))).toEqual(['clock -Infinity -> 1', 'clock 1 -> 4']);
  });

  it('runs every round up to and including the limit, and goes on from there', () => {
    const { log, kernel, say, arrivals } = logged();
    const timer = kernel.event(Phase.timer, say('timer'));
    for (const time of [1, 2, 3]) timer.at(time, time);
    const source = arrivals(2, 3);
    expect(kernel.run(source, 2)).toBe('limit');
    expect(kernel.now).toBe(2);
    expect(log.filter((line) => !line.startsWith('clock'))).toEqual(['pass', 'timer 1', 'arrival', 'pass', 'timer 2']);
    expect(kernel.run(source)).toBe('drained');
    expect(kernel.now).toBe(3);
    expect(kernel.events).toBe(3);
  });

  it('is limited, not drained, when the next event is one microsecond past the limit', () => {
    const { kernel, say, arrivals } = logged();
    kernel.event(Phase.timer, say('timer')).at(11, 0);
    expect(kernel.run(arrivals(), 10)).toBe('limit');
    expect(kernel.run(arrivals(), 11)).toBe('drained');
  });

  it('starves rather than run an instant whose arrivals are not all read', () => {
    const { log, kernel, say } = logged();
    kernel.event(Phase.timer, say('timer')).at(5, 0);
    const source = new FakeArrivals([5, 5], () => log.push('arrival'));
    source.readTo = 5;
    expect(kernel.run(source)).toBe('starved');
    expect(log).toEqual([]);
    source.readTo = NEVER;
    expect(kernel.run(source)).toBe('drained');
    expect(log).toEqual(['clock -Infinity -> 5', 'arrival', 'arrival', 'pass', 'timer 0']);
  });

  it('comes back after the round in which a stop was asked for, once', () => {
    const { log, kernel, arrivals } = logged((kernel) => {
      if (kernel.now === 1) kernel.stop();
    });
    const source = arrivals(1, 2);
    expect(kernel.run(source)).toBe('stopped');
    expect(kernel.now).toBe(1);
    expect(kernel.run(source)).toBe('drained');
    expect(log.filter((line) => line === 'pass')).toHaveLength(2);
  });
});

describe('scheduling', () => {
  it('refuses a time that is past', () => {
    const { kernel, say, arrivals } = logged();
    const timer = kernel.event(Phase.timer, say('timer'));
    kernel.run(arrivals(10));
    expect(() => timer.at(9, 0)).toThrow(SimulationError);
  });

  it('refuses a time that is no number', () => {
    const { kernel, say } = logged();
    expect(() => kernel.event(Phase.timer, say('timer')).at(Number.NaN, 0)).toThrow(SimulationError);
  });

  it('refuses a time that is no whole microsecond', () => {
    const { kernel, say } = logged();
    expect(() => kernel.event(Phase.timer, say('timer')).at(1.5, 0)).toThrow(SimulationError);
  });

  it('refuses a time beyond 2^53 microseconds as the scenario’s fault', () => {
    const { kernel, say } = logged();
    expect(() => kernel.event(Phase.timer, say('timer')).at(9_007_199_254_740_992, 0)).toThrow(ScenarioError);
  });
});

describe('cancelling', () => {
  it('takes back an event of a later instant', () => {
    const { log, kernel, say, arrivals } = logged();
    const timer = kernel.event(Phase.timer, say('timer'));
    const ticket = timer.at(1, 1);
    timer.at(2, 2);
    kernel.cancel(1, ticket);
    kernel.run(arrivals());
    expect(log.filter((line) => line.startsWith('timer'))).toEqual(['timer 2']);
  });

  it('takes back an event that waits for the next round of this instant', () => {
    const { log, kernel, say, arrivals } = logged((kernel) => {
      if (log.filter((line) => line === 'pass').length > 1) return;
      const tickets = [1, 2, 3].map((subject) => end.at(kernel.now, subject));
      kernel.cancel(kernel.now, tickets[1]!);
    });
    const end = kernel.event(Phase.complete, say('end'));
    kernel.run(arrivals(0));
    expect(log.filter((line) => line.startsWith('end'))).toEqual(['end 1', 'end 3']);
  });

  it('takes back an event of the next round once that round is under way', () => {
    let starts = 1;
    const { log, kernel, say, arrivals } = logged((kernel) => {
      if (starts-- > 0) {
        cancel.at(kernel.now, 0);
        victim = end.at(kernel.now, 2);
      }
    });
    let victim = Number.NaN;
    const cancel = kernel.event(Phase.complete, () => kernel.cancel(kernel.now, victim));
    const end = kernel.event(Phase.complete, say('end'));
    kernel.run(arrivals(0));
    expect(log.filter((line) => line.startsWith('end'))).toEqual([]);
  });

  it('refuses an event of a later round that has fired while others wait', () => {
    let ticket = Number.NaN;
    let starts = 1;
    const { kernel, say, arrivals } = logged((kernel) => {
      if (starts-- > 0) ticket = end.at(kernel.now, 1);
    });
    const end = kernel.event(Phase.complete, say('end'));
    kernel.event(Phase.timer, say('timer')).at(9, 0);
    kernel.run(arrivals(0), 5);
    expect(() => kernel.cancel(0, ticket)).toThrow(SimulationError);
  });
});

describe('event by event', () => {
  /** A kernel whose completions are announced. */
  function oneByOne(onPass?: (kernel: Kernel) => void) {
    const parts = logged(onPass, 'event-by-event');
    const end = parts.kernel.event(Phase.complete, parts.say('end'), parts.say('due'));
    return { ...parts, end };
  }

  it('arrivals come before completions, each with a pass of its own; completions are announced before', () => {
    const { log, kernel, arrivals, end } = oneByOne();
    for (const subject of [7, 8]) end.at(5, subject);
    kernel.run(arrivals(5, 5));
    expect(log.slice(1)).toEqual([
      'due 7',
      'due 8',
      'arrival',
      'pass',
      'arrival',
      'pass',
      'end 7',
      'pass',
      'end 8',
      'pass',
    ]);
    expect(kernel.events).toBe(2);
  });

  it('node changes share a pass behind these, and timers come after it', () => {
    const { log, kernel, say, arrivals, end } = oneByOne();
    const node = kernel.event(Phase.node, say('node'));
    for (const subject of [1, 2]) node.at(5, subject);
    kernel.event(Phase.timer, say('timer')).at(5, 3);
    kernel.event(Phase.observe, say('observe')).at(5, 4);
    end.at(5, 9);
    kernel.run(arrivals(5));
    expect(log.slice(1)).toEqual([
      'due 9',
      'arrival',
      'pass',
      'end 9',
      'pass',
      'node 1',
      'node 2',
      'pass',
      'timer 3',
      'observe 4',
    ]);
  });

  it('an instant with a timer alone has one pass', () => {
    const { log, kernel, say, arrivals } = oneByOne();
    kernel.event(Phase.timer, say('timer')).at(5, 1);
    kernel.run(arrivals());
    expect(log.slice(1)).toEqual(['pass', 'timer 1']);
  });

  it('a timer that asks for a pass is given one in another round', () => {
    const { log, kernel, arrivals } = oneByOne();
    kernel.event(Phase.timer, () => kernel.askForPass()).at(5, 1);
    kernel.run(arrivals(5));
    expect(log.slice(1)).toEqual(['arrival', 'pass', 'pass']);
  });

  it('a run time of zero ends in another round, announced there', () => {
    let starts = 1;
    const { log, kernel, arrivals, end } = oneByOne((kernel) => {
      if (starts-- > 0) end.at(kernel.now, 9);
    });
    end.at(4, 1);
    kernel.run(arrivals(4, 4));
    expect(log.slice(1)).toEqual([
      'due 1',
      'arrival',
      'pass',
      'arrival',
      'pass',
      'end 1',
      'pass',
      'due 9',
      'end 9',
      'pass',
    ]);
  });

  it('a completion that is due can be taken back in the pass of an arrival, once', () => {
    const tickets: number[] = [];
    const refused: unknown[] = [];
    let passes = 0;
    const { log, kernel, arrivals, end } = oneByOne((kernel) => {
      if (++passes > 2) return;
      try {
        kernel.cancel(5, tickets[1]!);
      } catch (error) {
        refused.push(error);
      }
    });
    tickets.push(end.at(5, 1), end.at(5, 2), end.at(5, 3), end.at(6, 4));
    kernel.run(arrivals(5, 5));
    expect(log.filter((line) => line.startsWith('end'))).toEqual(['end 1', 'end 3', 'end 4']);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toBeInstanceOf(SimulationError);
  });

  it('a completion of a later instant can be taken back while others are due', () => {
    let ticket = Number.NaN;
    let passes = 0;
    const { log, kernel, arrivals, end } = oneByOne((kernel) => {
      if (passes++ === 0) kernel.cancel(8, ticket);
    });
    end.at(5, 1);
    ticket = end.at(8, 2);
    end.at(9, 3);
    kernel.run(arrivals(5));
    expect(log.filter((line) => line.startsWith('end'))).toEqual(['end 1', 'end 3']);
  });

  it('a completion that was scheduled for this instant can be taken back before and in its round', () => {
    let passes = 0;
    let victims: number[] = [];
    const { log, kernel, arrivals, end } = oneByOne((kernel) => {
      if (passes === 0) victims = [1, 2, 3].map((subject) => end.at(kernel.now, subject));
      if (passes === 0) kernel.cancel(kernel.now, victims[0]!);
      if (passes === 1) kernel.cancel(kernel.now, victims[2]!);
      passes++;
    });
    kernel.run(arrivals(5));
    expect(log.slice(1)).toEqual(['arrival', 'pass', 'due 2', 'due 3', 'end 2', 'pass']);
  });

  it('a completion that has fired cannot be taken back in its own pass', () => {
    let ticket = Number.NaN;
    const { kernel, arrivals, end } = oneByOne((kernel) => {
      expect(() => kernel.cancel(5, ticket)).toThrow(SimulationError);
    });
    ticket = end.at(5, 1);
    end.at(7, 2);
    kernel.run(arrivals(), 5);
  });

  it('announces nothing in rounds', () => {
    const { log, kernel, say, arrivals } = logged();
    kernel.event(Phase.complete, say('end'), say('due')).at(5, 1);
    kernel.run(arrivals(5));
    expect(log.slice(1)).toEqual(['end 1', 'arrival', 'pass']);
  });
});
