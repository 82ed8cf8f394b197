import { describe, expect, it } from 'vitest';
import type { PreemptionRule } from '../../../src/allocators/preemption.ts';
import { SimulationError } from '../../../src/base/errors.ts';
import { jobStages } from '../../../src/workload/job-stages.ts';
import { AuditedFacts, type AuditedJob } from '../../support/audited-facts.ts';

/** Jobs of one task of 1 cpu and 10 us unless said otherwise, on nodes of 2 and 1 cpus; or one such job under a rule. */
function facts(...jobs: Partial<AuditedJob>[] | [PreemptionRule]): AuditedFacts {
  const [first] = jobs;
  if (first !== undefined && 'kind' in first) return new AuditedFacts([{}], first);
  return new AuditedFacts(jobs.length > 0 ? (jobs as Partial<AuditedJob>[]) : [{}]);
}

function expectFailure(tell: () => unknown, problem: string): void {
  let failure: unknown;
  try {
    tell();
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(SimulationError);
  expect((failure as Error).message).toContain(problem);
}

const pair: Partial<AuditedJob> = { demand: [1000, 1000] };
const gang: Partial<AuditedJob> = { ...pair, gang: true };
const fluid: Partial<AuditedJob> = { fluid: true };
/** The second task waits for the first. */
const chain: Partial<AuditedJob> = { ...pair, stages: jobStages([1, 1], [[], [0]]) };
const restart: PreemptionRule = { kind: 'restart' };
const checkpoint: PreemptionRule = { kind: 'checkpoint', interval: 4, cost: 1 };

describe('of stages the auditor', () => {
  it('agrees with a start at the end of what the task waits for', () => {
    facts(chain).submit(0, 0).start(0, 0, 0).stop(10, 0, 0).start(10, 0, 1).stop(20, 0, 1).end(20, 0).finish();
  });

  it('does not agree with a start before', () => {
    expectFailure(
      () => facts(chain).submit(0, 0).start(0, 0, 0).start(9, 0, 1),
      'task 1 of job 0 started before task 0, which it waits for, had ended',
    );
  });
});

describe('the auditor agrees', () => {
  it('with a run of one job, and counts its facts', () => {
    const told = facts().submit(0, 0).start(0, 0).stop(10, 0).end(10, 0);
    told.finish();
    expect(told.auditor.facts).toBe(4);
  });

  it('with a start on what an end of the same instant gave back', () => {
    facts({ demand: [2000] }, { demand: [2000] })
      .submit(0, 0)
      .submit(0, 1)
      .start(0, 0)
      .stop(10, 0)
      .end(10, 0)
      .start(10, 1)
      .stop(20, 1)
      .end(20, 1, { start: 10 })
      .finish();
  });

  it('with a gang that starts together on two nodes', () => {
    facts(gang)
      .submit(0, 0)
      .start(3, 0, 0, 0)
      .start(3, 0, 1, 1)
      .stop(13, 0, 0, 0)
      .stop(13, 0, 1, 1)
      .end(13, 0, { start: 3 })
      .finish();
  });

  it('with jobs that were rejected before time 0, killed, or left running and queued', () => {
    facts({}, {}, {}, pair)
      .end(0, 0, { status: 'rejected' })
      .submit(0, 1)
      .submit(0, 2)
      .submit(0, 3)
      .start(0, 1)
      .stop(10, 1)
      .end(10, 1, { status: 'killed' })
      .start(10, 3)
      .end(15, 2, { status: 'unfinished' })
      .end(15, 3, { status: 'unfinished' })
      .finish();
  });
});

describe('the auditor agrees with tasks that are preempted', () => {
  it('and go on elsewhere with what was left', () => {
    facts().submit(0, 0).start(0, 0).preempt(4, 0).start(7, 0, 0, 1).stop(13, 0, 0, 1).end(13, 0).finish();
  });

  it('and begin again', () => {
    facts(restart)
      .submit(0, 0)
      .start(0, 0)
      .preempt(4, 0, 4)
      .start(4, 0)
      .preempt(7, 0, 3)
      .start(7, 0)
      .stop(17, 0)
      .end(17, 0)
      .finish();
  });

  it('and go on from the last checkpoint, each of which takes its time', () => {
    // 4 us of work, 1 us of checkpoint, 3 us of work that are lost; then 4, 1 and 2 that were left.
    facts(checkpoint).submit(0, 0).start(0, 0).preempt(8, 0, 3).start(9, 0).stop(16, 0).end(16, 0).finish();
  });

  it('in the middle of a checkpoint, and at its end', () => {
    facts({ kind: 'checkpoint', interval: 4, cost: 2 })
      .submit(0, 0)
      .start(0, 0)
      .preempt(5, 0, 4)
      .start(5, 0)
      .preempt(11, 0, 0);
  });

  it('as gangs, of which those tasks start again that had not ended', () => {
    facts({ ...gang, run: 10 })
      .submit(0, 0)
      .start(0, 0, 0)
      .start(0, 0, 1, 1)
      .preempt(4, 0, 0, 0)
      .preempt(4, 0, 0, 1, 1)
      .start(5, 0, 0)
      .start(5, 0, 1)
      .stop(11, 0, 0)
      .stop(11, 0, 1)
      .end(11, 0)
      .finish();
  });
});

describe('the auditor agrees with tasks that run at a share', () => {
  it('that end when their work is done, rounded up', () => {
    facts(fluid, fluid)
      .submit(0, 0)
      .submit(0, 1)
      .start(0, 0)
      .rate(0, 0, 1 / 3)
      .start(0, 1)
      .rate(0, 1, 1)
      .stop(10, 1)
      .end(10, 1)
      .rate(10, 0, 0.9)
      // 10 us at one third and 8 at 0.9 are more than 10 us of work by less than one.
      .stop(18, 0)
      .end(18, 0)
      .finish();
  });

  it('that come to too much only within an instant', () => {
    facts({ ...fluid, demand: [2000] }, { ...fluid, demand: [2000] })
      .submit(0, 0)
      .submit(0, 1)
      .start(0, 0)
      .rate(0, 0, 1)
      .start(0, 1)
      .rate(0, 1, 0.5)
      .rate(0, 0, 0.5)
      .stop(20, 0)
      .end(20, 0)
      .stop(20, 1)
      .end(20, 1)
      .finish();
  });
});

describe('the auditor finds', () => {
  it('work that is said to be lost and was not, or the other way round', () => {
    const started = (rule?: PreemptionRule) =>
      facts(...(rule ? [rule] : []))
        .submit(0, 0)
        .start(0, 0);
    const words = (said: number, truth: number) =>
      `task 0 of job 0 is said to have lost ${said} us of work, it lost ${truth} us`;
    expectFailure(() => started().preempt(4, 0, 4), words(4, 0));
    expectFailure(() => started(restart).preempt(4, 0, 0), words(0, 4));
    expectFailure(() => started(checkpoint).preempt(8, 0, 4), words(4, 3));
    expectFailure(() => started(checkpoint).preempt(5, 0, 4), words(4, 0));
  });

  it.each([12, 14])('a task that ends at %d us, 6 us of work after it was started again at 7 us', (time) => {
    const told = facts().submit(0, 0).start(0, 0).preempt(4, 0).start(7, 0);
    expectFailure(() => told.stop(time, 0), `ran ${time - 7} us since it was started again, 6 us were left`);
  });

  it('a task that begins again and yet goes on', () => {
    const told = facts(restart).submit(0, 0).start(0, 0).preempt(4, 0, 4).start(7, 0);
    expectFailure(() => told.stop(13, 0), 'task 0 of job 0 ran 6 us, its run time is 10 us');
  });

  it('a task whose checkpoints take no time', () => {
    const told = facts(checkpoint).submit(0, 0).start(0, 0);
    expectFailure(() => told.stop(10, 0), '12 us were left');
  });

  it('a preemption of what does not run, or runs elsewhere', () => {
    expectFailure(() => facts().submit(0, 0).preempt(0, 0), 'task 0 of job 0 was preempted without a start');
    const twice = facts().submit(0, 0).start(0, 0).preempt(1, 0);
    expectFailure(() => twice.preempt(2, 0), 'task 0 of job 0 was preempted without a start');
    const ended = facts().submit(0, 0).start(0, 0).stop(10, 0);
    expectFailure(() => ended.preempt(10, 0), 'task 0 of job 0 was preempted without a start');
    const elsewhere = facts().submit(0, 0).start(0, 0);
    expectFailure(() => elsewhere.preempt(4, 0, 0, 0, 1), 'was preempted on node 1, it started on 0');
  });

  it('a task that ends after it was preempted, or starts after it has ended', () => {
    const told = facts().submit(0, 0).start(0, 0).preempt(4, 0);
    expectFailure(() => told.stop(10, 0), 'task 0 of job 0 ended without a start');
    const ended = facts(pair).submit(0, 0).start(0, 0).stop(10, 0);
    expectFailure(() => ended.start(10, 0), 'task 0 of job 0 started after it had ended');
  });

  it('a preempted task whose place was taken when it comes back', () => {
    const told = facts({ demand: [2000] }, { demand: [2000] })
      .submit(0, 0)
      .submit(0, 1)
      .start(0, 0)
      .preempt(4, 0)
      .start(4, 1);
    expectFailure(() => told.start(5, 0), 'task 0 of job 0 brings node 0 to 4000 of 2000 cpus');
  });

  it('shares that come to more than a node has once their instant is over', () => {
    const told = () =>
      facts(fluid, fluid, { demand: [1000] })
        .submit(0, 0)
        .submit(0, 1)
        .submit(0, 2)
        .start(0, 2)
        .start(0, 0)
        .rate(0, 0, 0.5)
        .start(0, 1)
        .rate(0, 1, 0.501);
    const words = 'fluid tasks bring node 0 to 2001 of 2000 cpus';
    expectFailure(() => told().stop(10, 2), words);
    expectFailure(() => told().finish(), words);
  });

  it('shares of whole tasks, and shares that are none', () => {
    expectFailure(() => facts().submit(0, 0).start(0, 0).rate(0, 0, 0.5), 'was given a share, but does not run at one');
    for (const share of [-0.1, 1.1, Number.NaN]) {
      const told = facts(fluid).submit(0, 0).start(0, 0);
      expectFailure(() => told.rate(0, 0, share), `task 0 of job 0 runs at a share of ${share}`);
    }
  });

  it('a task whose shares do not come to its run time', () => {
    const told = () => facts(fluid).submit(0, 0).start(0, 0).rate(0, 0, 0.5);
    expectFailure(() => told().stop(10, 0), 'task 0 of job 0 ran 5 us by its shares, its run time is 10 us');
    expectFailure(() => told().rate(10, 0, 1).stop(18, 0), 'ran 13 us by its shares');
  });

  it('a clock that goes back', () => {
    const told = facts({}, { submit: 4 }).submit(4, 1);
    expectFailure(() => told.submit(0, 0), 'the clock went back from 4 us to 0 us');
  });

  it('a job that is submitted twice', () => {
    expectFailure(() => facts().submit(0, 0).submit(0, 0), 'job 0 was submitted twice');
  });

  it('a job that arrives at another time than its own', () => {
    expectFailure(() => facts({ submit: 5 }).submit(6, 0), 'job 0 of 5 us arrived at 6 us');
  });

  it('a task that starts a second time', () => {
    expectFailure(() => facts(pair).submit(0, 0).start(0, 0).start(1, 0), 'task 0 of job 0 started a second time');
  });

  it('a task that starts before its job was submitted', () => {
    expectFailure(() => facts({ submit: 5 }).start(4, 0), 'a task of job 0 moved without a submission');
  });

  it('a node that holds more than it has, by one step', () => {
    const told = facts({ demand: [2000] }, { demand: [1] })
      .submit(0, 0)
      .submit(0, 1)
      .start(0, 0);
    expectFailure(() => told.start(0, 1), 'task 0 of job 1 brings node 0 to 2001 of 2000 cpus');
  });

  it('the second node that holds more than it has', () => {
    expectFailure(
      () =>
        facts({ demand: [1001] })
          .submit(0, 0)
          .start(0, 0, 0, 1),
      'brings node 1 to 1001 of 1000 cpus',
    );
  });

  it('a task that ends without a start', () => {
    expectFailure(() => facts().submit(0, 0).stop(10, 0), 'task 0 of job 0 ended without a start');
  });

  it('a task that ends a second time', () => {
    const told = facts().submit(0, 0).start(0, 0).stop(10, 0);
    expectFailure(() => told.stop(10, 0), 'task 0 of job 0 ended a second time');
  });

  it('a task that ends on another node than it started on', () => {
    const told = facts().submit(0, 0).start(0, 0, 0, 0);
    expectFailure(() => told.stop(10, 0, 0, 1), 'task 0 of job 0 ended on node 1, it started on 0');
  });

  it.each([9, 11])('a task of 10 us that ran %d us', (time) => {
    const told = facts().submit(0, 0).start(0, 0);
    expectFailure(() => told.stop(time, 0), `task 0 of job 0 ran ${time} us, its run time is 10 us`);
  });

  it('a job that ends without a submission', () => {
    expectFailure(() => facts().end(0, 0), 'job 0 ended without a submission');
  });

  it('a gang whose tasks started at different times', () => {
    const told = facts(gang).submit(0, 0).start(0, 0, 0).start(1, 0, 1).stop(10, 0, 0).stop(11, 0, 1);
    expectFailure(() => told.end(11, 0), 'the tasks of gang 0 started at different times');
  });

  it('a gang of which only a part has started', () => {
    const told = facts(gang).submit(0, 0).start(0, 0, 0);
    expectFailure(() => told.end(5, 0, { status: 'unfinished' }), 'only 1 tasks of gang 0 started');
  });

  it('a job that ends before its tasks', () => {
    const told = facts(pair).submit(0, 0).start(0, 0, 0).start(0, 0, 1).stop(10, 0, 0);
    expectFailure(() => told.end(10, 0), 'job 0 ended before its tasks');
  });

  it('a job that is said to have started at another time', () => {
    const told = facts(pair).submit(0, 0).start(2, 0, 0).start(3, 0, 1).stop(12, 0, 0).stop(13, 0, 1);
    expectFailure(() => told.end(13, 0, { start: 3 }), 'job 0 is said to have started at 3 us');
  });

  it('a job that is said to have ended at another time', () => {
    const told = facts({}).submit(0, 0).start(0, 0).stop(10, 0);
    expectFailure(() => told.end(10, 0, { end: 9 }), 'job 0 is said to have ended at 9 us');
    const late = facts({}).submit(0, 0).start(0, 0).stop(10, 0);
    expectFailure(() => late.end(11, 0), 'job 0 is said to have ended at 11 us');
  });

  it('a task on a node that its constraint forbids', () => {
    expectFailure(() => facts({ constraint: 1 }).submit(0, 0).start(0, 0), 'may not run on node 0');
  });

  it('a submitted job that is not accounted for', () => {
    const told = facts({}, {}).submit(0, 0).submit(0, 1).start(0, 0).stop(10, 0).end(10, 0);
    expectFailure(() => told.finish(), '2 jobs submitted, but 1 completed, 0 failed, 0 rejected, 0 unfinished');
  });

  it('a job that is told as unfinished twice, in place of another', () => {
    const told = facts({}, {}).submit(0, 0).submit(0, 1).end(5, 0, { status: 'unfinished' });
    expectFailure(() => told.end(5, 0, { status: 'unfinished' }).finish(), 'job');
  });
});

describe('the auditor agrees with nodes that go down', () => {
  it('and tasks that are lost with all that they had done, then start again elsewhere', () => {
    facts()
      .submit(0, 0)
      .start(0, 0)
      .preempt(4, 0)
      .start(5, 0)
      .lose(8, 0, 7)
      .changeNode(8, 0, 'down')
      .start(9, 0, 0, 1)
      .stop(19, 0, 0, 1)
      .end(19, 0)
      .finish();
  });

  it('and a job that was given up: what ran was lost, what was queued has left', () => {
    facts(pair).submit(0, 0).start(0, 0).lose(3, 0, 3).withdraw(3, 0, 1).end(3, 0, { status: 'failed' }).finish();
  });

  it('and a task on a node that drains', () => {
    facts().submit(0, 0).start(0, 0).changeNode(2, 0, 'draining').stop(10, 0).end(10, 0).finish();
  });
});

describe('the auditor agrees with tasks that run at a speed of their own', () => {
  it('and end when their work is done, rounded up to a microsecond', () => {
    // 10 us of work at 4 in one take 2.5 us.
    facts().setSpeed(4).submit(0, 0).start(0, 0).stop(3, 0).end(3, 0).finish();
  });

  it('and keep the work that they have done when they are preempted, rounded down', () => {
    // 5 us at a speed of 0.5 do 2 us of work; 8 us are left and take 8 us at full speed.
    const told = facts().setSpeed(0.5).submit(0, 0).start(0, 0).preempt(5, 0);
    told.setSpeed(1).start(5, 0).stop(13, 0).end(13, 0).finish();
  });
});

describe('the auditor finds, where nodes change,', () => {
  it('a start on a node that is down, draining or unreachable', () => {
    for (const state of ['down', 'draining', 'unreachable'] as const) {
      const told = facts().changeNode(0, 0, state).submit(0, 0);
      expectFailure(() => told.start(0, 0), `started on node 0, which is ${state}`);
    }
  });

  it('a node that goes down with a task on it', () => {
    const told = facts().submit(0, 0).start(0, 0);
    expectFailure(() => told.changeNode(5, 0, 'down'), 'node 0 went down with tasks on it');
  });

  it('a loss of more or less work than was done', () => {
    const told = facts().submit(0, 0).start(0, 0);
    expectFailure(() => told.lose(4, 0, 3), 'is said to have lost 3 us of work, it lost 4 us');
  });

  it('a loss of a task that does not run', () => {
    expectFailure(() => facts().submit(0, 0).lose(4, 0, 0), 'was lost without a start');
  });

  it('a task that leaves the queue while it runs, or after its end', () => {
    const running = facts().submit(0, 0).start(0, 0);
    expectFailure(() => running.withdraw(4, 0), 'left the queue while it ran');
    const ended = facts().submit(0, 0).start(0, 0).stop(10, 0);
    expectFailure(() => ended.withdraw(10, 0), 'left the queue after it had ended');
  });

  it('a job that is given up while a task of it runs', () => {
    const told = facts(pair).submit(0, 0).start(0, 0, 1);
    expectFailure(() => told.end(3, 0, { status: 'failed' }), 'was given up while its task 1 ran');
  });

  it('a task that kept work over the loss of its node', () => {
    const told = facts().submit(0, 0).start(0, 0).lose(4, 0, 4).start(4, 0, 0, 1);
    expectFailure(() => told.stop(10, 0, 0, 1), 'ran 6 us, its run time is 10 us');
  });
});
