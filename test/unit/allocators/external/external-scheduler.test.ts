import { describe, expect, it } from 'vitest';
import { ExternalScheduler } from '../../../../src/allocators/external/external-scheduler.ts';
import { PartyFault } from '../../../../src/allocators/external/party-fault.ts';
import { resource } from '../../../../src/base/amounts.ts';
import { ChannelError } from '../../../../src/base/channel.ts';
import { SECOND } from '../../../../src/base/time.ts';
import { FakeDriver } from '../../../support/fake-driver.ts';
import { type Message, ScriptedChannel } from '../../../support/scripted-channel.ts';

/** A framework whose other side answers as told, and the master that plays against it. */
function framework(answer?: ScriptedChannel['answer']): { channel: ScriptedChannel; driver: FakeDriver } {
  const channel = new ScriptedChannel(answer);
  const driver = new FakeDriver({
    name: 'external',
    summary: '',
    source: '',
    options: {},
    create: (_options, context) =>
      new ExternalScheduler(channel, context, {
        framework: 'A',
        role: 'eng/a',
        resources: [resource('cpus'), resource('mem')],
        limitMs: 5_000,
      }),
  });
  return { channel, driver };
}

/** Answers offers with these decisions, and everything else with none. */
const onOffers = (decisions: (message: Message) => readonly object[]) => (message: Message) =>
  message.type === 'offers' ? decisions(message) : [];

/** Gives the fault that a call ends with. */
function faultOf(call: () => unknown): PartyFault {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(PartyFault);
    return error as PartyFault;
  }
  throw new Error('nothing was thrown');
}

describe('what a framework in another process hears', () => {
  it('is greeted with the first message: who it is, how things are counted, and a seed', () => {
    const { channel, driver } = framework();
    driver.offer([0, 2]);
    expect(channel.messages[0]).toEqual({
      v: 1,
      type: 'hello',
      party: 'framework',
      name: 'A',
      role: 'eng/a',
      seed: expect.any(Number),
      nodes: 4,
      resources: [
        { name: 'cpus', step: 0.001 },
        { name: 'mem', unit: 'MiB', step: 0.001 },
      ],
    });
    expect(Number.isSafeInteger(channel.messages[0].seed)).toBe(true);
    expect(channel.limits).toEqual([5_000, 5_000]);
  });

  it('gets offers in units and seconds', () => {
    const { channel, driver } = framework();
    driver.now = 2.5 * SECOND;
    driver.offer([3, 1.5, 512]);
    expect(channel.messages[1]).toEqual({
      v: 1,
      type: 'offers',
      time: 2.5,
      events: [],
      offers: [{ offer: 0, node: 3, amounts: { cpus: 1.5, mem: 512 }, since: 2.5 }],
    });
  });

  it('is woken by news before the pass ends, all of an instant in one message', () => {
    const { channel, driver } = framework();
    driver.job([[0.5, 64]]);
    driver.job(2, { gang: true });
    driver.until(0);
    expect(channel.messages.slice(1)).toEqual([
      {
        v: 1,
        type: 'wake',
        time: 0,
        events: [
          {
            type: 'job-queued',
            job: 0,
            submit: 0,
            estimate: 0.000001,
            priority: 0,
            gang: false,
            tasks: [{ task: '0/0', demand: { cpus: 0.5, mem: 64 } }],
          },
          {
            type: 'job-queued',
            job: 1,
            submit: 0,
            estimate: 0.000001,
            priority: 0,
            gang: true,
            tasks: [
              { task: '1/0', demand: { cpus: 1, mem: 1 } },
              { task: '1/1', demand: { cpus: 1, mem: 1 } },
            ],
          },
        ],
      },
    ]);
  });

  it('hears how tasks and jobs end, and of offers that are taken back', () => {
    const { channel, driver } = framework(
      onOffers(({ offers }) => (offers.length > 1 ? [{ type: 'accept', offer: 0, tasks: ['0/0', '0/1'] }] : [])),
    );
    driver.job(2);
    const [, kept] = driver.offer([1, 2], [2, 2]);
    driver.now = SECOND;
    driver.end(0, 0, 'lost');
    driver.rescind(kept!);
    driver.end(0, 1);
    expect(channel.messages.slice(2).map(({ events }) => events)).toEqual([
      [{ type: 'task-ended', task: '0/0', node: 1, outcome: 'lost' }],
      [{ type: 'rescinded', offer: 1 }],
      [{ type: 'task-ended', task: '0/1', node: 1, outcome: 'finished' }],
    ]);
  });

  it('is told where a task may run, if that is not everywhere', () => {
    const channel = new ScriptedChannel();
    const driver = new FakeDriver(
      {
        name: 'external',
        summary: '',
        source: '',
        options: {},
        create: (_options, context) =>
          new ExternalScheduler(channel, context, {
            framework: 'A',
            role: 'A',
            resources: [resource('cpus'), resource('mem')],
            limitMs: 1,
          }),
      },
      {},
      { nodes: 2, attributes: [{ rack: 'r1' }, { rack: 'r2' }] },
    );
    driver.job(1, { constraint: { rack: ['r2'] } });
    driver.until(0);
    expect(channel.messages[1].events[0].tasks).toEqual([{ task: '0/0', demand: { cpus: 1, mem: 1 }, nodes: [1] }]);
  });
});

describe('what a framework in another process may decide', () => {
  it('launches, declines, and keeps what it does not answer', () => {
    const { driver } = framework(
      onOffers(() => [
        { type: 'accept', offer: 0, tasks: ['0/1', '0/0'], refuse: 10 },
        { type: 'decline', offer: 1 },
        { type: 'decline', offer: 2, refuse: 0.5 },
      ]),
    );
    driver.job(2);
    driver.offer([0, 2], [1, 2], [2, 2], [3, 2]);
    expect(driver.said()).toEqual([
      'run 0.1 on n0',
      'run 0.0 on n0',
      'refuse rest of n0 for 10 s',
      'decline n1',
      'decline n2 for 0.5 s',
    ]);
  });

  it('answers an offer later that it has kept', () => {
    const { driver } = framework(({ type, time }) => {
      if (type === 'offers') return [{ type: 'wake-at', time: 3 }];
      return time === 3 ? [{ type: 'accept', offer: 0, tasks: ['0/0'] }] : [];
    });
    driver.job(1);
    driver.offer([2, 1]);
    expect(driver.said()).toEqual([]);
    driver.until(5);
    expect(driver.said()).toEqual(['run 0.0 on n2']);
  });

  it('starts a gang on offers together', () => {
    const { driver } = framework(onOffers(() => [{ type: 'accept-gang', job: 0, offers: [1, 0, 1] }]));
    driver.job(3, { gang: true });
    driver.offer([0, 1], [1, 2]);
    expect(driver.said()).toEqual(['run 0.0 on n1', 'run 0.1 on n0', 'run 0.2 on n1']);
  });

  it('holds a part of an offer, launches on it, and gives it back', () => {
    const { driver } = framework(({ type, events }) => {
      if (type === 'offers')
        return [
          { type: 'hold', offer: 0, amounts: { cpus: 1.5, mem: 10 }, refuse: 2 },
          { type: 'launch-held', offer: 0, task: '0/0' },
        ];
      const isOver = events.some((event: Message) => event.type === 'task-ended');
      return isOver ? [{ type: 'release', offer: 0 }] : [];
    });
    driver.job(1);
    driver.offer([0, 4]);
    driver.end(0, 0);
    expect(driver.said()).toEqual(['hold 1.5 cpus of n0', 'refuse rest of n0 for 2 s', 'run 0.0 on n0', 'release n0']);
  });

  it('asks for no more offers, and for offers', () => {
    const { driver } = framework(() => [{ type: 'suppress' }, { type: 'revive' }]);
    driver.offer();
    expect(driver.said()).toEqual(['suppress', 'revive']);
  });
});

describe('what a framework in another process must not do', () => {
  /** Jobs: 0 has two tasks of 1 cpu, 1 is a gang of two. Offers: 0 of 2 cpus on n0. */
  function problemOf(...decisions: readonly object[]): string {
    const { channel, driver } = framework(onOffers(() => decisions));
    driver.job(2);
    driver.job(2, { gang: true });
    driver.now = 12.5 * SECOND;
    const fault = faultOf(() => driver.offer([0, 2]));
    expect(fault).toMatchObject({ party: 'framework A', time: 12.5 * SECOND });
    expect(fault.message).toBe(`framework A, at 12.5 s: ${fault.problem}`);
    expect(fault.problem).toContain('; it said: {"v":1,"decisions":[');
    expect(channel.isClosed).toBe(true);
    return fault.problem.slice(0, fault.problem.indexOf('; it said: '));
  }

  it.each<[string, readonly object[], string]>([
    [
      'accept an offer twice',
      [
        { type: 'accept', offer: 0, tasks: ['0/0'] },
        { type: 'accept', offer: 0, tasks: ['0/1'] },
      ],
      'offer 0 is not open: it was answered already, taken back, or never made to this framework',
    ],
    ['accept an offer that there is not', [{ type: 'decline', offer: 7 }], 'there is no offer 7'],
    [
      'launch one task twice on an offer',
      [{ type: 'accept', offer: 0, tasks: ['0/0', '0/0'] }],
      'task 0/0 was launched twice on offer 0',
    ],
    [
      'launch a task that there is not',
      [{ type: 'accept', offer: 0, tasks: ['0/2'] }],
      'there is no task `0/2`; its job has 2, numbered from 0',
    ],
    [
      'launch a task by a name that none has',
      [{ type: 'accept', offer: 0, tasks: ['first'] }],
      'there is no task `first`; tasks are named as in 17/0',
    ],
    [
      'launch a task of a job that there is not',
      [{ type: 'accept', offer: 0, tasks: ['9/0'] }],
      'there is no job 9, or it has ended',
    ],
    [
      'launch a task of a gang alone',
      [{ type: 'accept', offer: 0, tasks: ['1/0'] }],
      'task 1/0 belongs to a gang; accept-gang starts all of it or nothing',
    ],
    [
      'accept for nothing',
      [{ type: 'accept', offer: 0, tasks: [] }],
      'offer 0 was accepted for no task; decline gives it back',
    ],
    [
      'start a part of a gang',
      [{ type: 'accept-gang', job: 1, offers: [0] }],
      'job 1 has 2 queued tasks, and 1 offers were named',
    ],
    [
      'start as a gang what is none',
      [{ type: 'accept-gang', job: 0, offers: [0, 0] }],
      'job 0 is no gang; accept launches its tasks one by one',
    ],
    ['use what it does not hold', [{ type: 'launch-held', offer: 0, task: '0/0' }], 'offer 0 is not held'],
    [
      'answer what it holds',
      [
        { type: 'hold', offer: 0 },
        { type: 'decline', offer: 0 },
      ],
      'offer 0 is held, and was answered by that',
    ],
    [
      'hold more than was offered',
      [{ type: 'hold', offer: 0, amounts: { cpus: 2.5 } }],
      'what is to be held on offer 0 needs more than was offered: 2.5 cpus of 2',
    ],
    [
      'hold what there is not',
      [{ type: 'hold', offer: 0, amounts: { cpu: 1 } }],
      'there is no resource `cpu` (did you mean `cpus`?)',
    ],
    [
      'decide what there is not',
      [{ type: 'acept' }],
      'its decision 1 has the unknown type `acept` (did you mean `accept`?)',
    ],
    [
      'decide without a type',
      [{ offer: 0 }],
      'its decision 1 has no `type`; there are accept, accept-gang, decline, hold, launch-held, release, suppress, revive, wake-at',
    ],
    [
      'use fields that there are not',
      [{ type: 'decline', offer: 0, refused: 3 }],
      'its decision 1 (decline) has the unknown field `refused` (did you mean `refuse`?)',
    ],
    ['leave a field out', [{ type: 'decline' }], 'its decision 1 (decline) lacks `offer`: a whole number from 0'],
    [
      'give a field a wrong value',
      [{ type: 'revive' }, { type: 'decline', offer: '0' }],
      'its decision 2 (decline) has a wrong `offer`: expected a whole number from 0',
    ],
    [
      'refuse for less than no time',
      [{ type: 'decline', offer: 0, refuse: -1 }],
      'its decision 1 (decline) has a wrong `refuse`: expected a number of seconds from 0',
    ],
  ])('%s', (_title, decisions, problem) => {
    expect(problemOf(...decisions)).toBe(problem);
  });

  it('launch more than it was offered', () => {
    const { driver } = framework(onOffers(() => [{ type: 'accept', offer: 0, tasks: ['0/0', '0/1'] }]));
    driver.job(2);
    expect(faultOf(() => driver.offer([0, 1.5])).problem).toMatch(
      /^what was launched on offer 0 needs more than was offered: 2 cpus of 1.5; it said: /,
    );
    expect(driver.said()).toEqual([]);
  });

  it('launch a task that runs, or where it may not run', () => {
    const { driver } = framework(
      onOffers(({ offers }) => [{ type: 'accept', offer: offers[0].offer, tasks: ['0/0'] }]),
    );
    driver.job(1);
    driver.offer([0, 2]);
    expect(faultOf(() => driver.offer([1, 2])).problem).toMatch(/^task 0\/0 is not queued: it runs; /);
  });

  it('use an offer that was taken back', () => {
    const { driver } = framework(({ type }) => (type === 'wake' ? [{ type: 'decline', offer: 0 }] : []));
    const [offer] = driver.offer([0, 2]);
    expect(faultOf(() => driver.rescind(offer!)).problem).toMatch(/^offer 0 is not open: /);
  });
});

describe('a party whose words are no answer', () => {
  function problemOf(answer: string | Error): string {
    const { channel, driver } = framework(() => answer);
    const { problem } = faultOf(() => driver.offer([0, 2]));
    expect(channel.isClosed).toBe(true);
    // Nothing more is asked of it.
    driver.offer([0, 2]);
    return problem;
  }

  it.each([
    ['garbage', 'its answer is no JSON; it said: garbage'],
    ['[]', 'its answer is no JSON object; it said: []'],
    ['{"decisions":[]}', 'its answer lacks the version of the protocol, `v`; it said: {"decisions":[]}'],
    ['{"v":2,"decisions":[]}', 'it speaks version 2 of the protocol, this is 1; it said: {"v":2,"decisions":[]}'],
    ['{"v":1}', 'its answer lacks `decisions`: a list; it said: {"v":1}'],
    [
      '{"v":1,"decision":[]}',
      'its answer has the unknown field `decision` (did you mean `decisions`?); it said: {"v":1,"decision":[]}',
    ],
    ['{"v":1,"decisions":{}}', 'its answer has a wrong `decisions`: expected a list; it said: {"v":1,"decisions":{}}'],
    ['{"v":1,"decisions":[3]}', 'its decision 1 is no object; it said: {"v":1,"decisions":[3]}'],
  ])('%s', (answer, problem) => {
    expect(problemOf(answer)).toBe(problem);
  });

  it('is quoted in part where it said much', () => {
    expect(problemOf('x'.repeat(1_000))).toBe(`its answer is no JSON; it said: ${'x'.repeat(160)}… (1000 characters)`);
  });

  it('crashed or hung', () => {
    expect(problemOf(new ChannelError('exit', 'it exited with code 3'))).toBe('it exited with code 3');
  });

  it.each([
    ['{"v":1,"decisions":[]}', 'it did not answer `hello` with `ready`; it said: {"v":1,"decisions":[]}'],
    [
      '{"v":1,"type":"ready","name":"x"}',
      'its `ready` has the unknown field `name`; it takes v, type; it said: {"v":1,"type":"ready","name":"x"}',
    ],
    ['{"v":3,"type":"ready"}', 'it speaks version 3 of the protocol, this is 1; it said: {"v":3,"type":"ready"}'],
  ])('does not greet back: %s', (ready, problem) => {
    const { channel, driver } = framework();
    channel.ready = ready;
    expect(faultOf(() => driver.offer([0, 2])).problem).toBe(problem);
  });

  it('is not blamed for a bug of ours', () => {
    const { driver } = framework(() => {
      throw new TypeError('a bug');
    });
    expect(() => driver.offer([0, 2])).toThrow(TypeError);
  });
});
