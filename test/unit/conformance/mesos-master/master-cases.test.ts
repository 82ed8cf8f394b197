import { describe, expect, it } from 'vitest';
import { runConformance } from '../../../../src/conformance/run-conformance.ts';

type Step = Readonly<Record<string, unknown>>;

async function outcome(steps: readonly Step[], flags?: object) {
  const one = { id: 'x', steps, ...(flags && { flags }) };
  const text = JSON.stringify({ masterCases: [one] });
  const [found] = await runConformance([{ name: 'mesos-allocator-test.json', text }]);
  return found!;
}

const NODE = { op: 'registerAgent', agent: 'a1', total: { cpus: 2, mem: 1024 } };
const F1 = { op: 'subscribe', framework: 'f1' };
const WHOLE = { op: 'expectOffer', framework: 'f1', agent: 'a1', resources: { cpus: 2, mem: 1024 } };
const NONE = { op: 'expectNoOffers', framework: 'f1' };
const accept = (id: string, resources: object, more: object = {}) => ({
  op: 'accept',
  framework: 'f1',
  agent: 'a1',
  tasks: [{ id, resources }],
  ...more,
});
const advance = (seconds: number) => ({ op: 'advance', seconds });
const state = (task: string, is: string) => ({ op: 'expectTaskState', task, state: is });

describe('a case of the master passes where', () => {
  it.each<[string, readonly Step[]]>([
    [
      'a framework declines, is offered nothing for five seconds, and revives before',
      [NODE, F1, WHOLE, { op: 'decline', framework: 'f1' }, advance(4), NONE, { op: 'revive', framework: 'f1' }, WHOLE],
    ],
    [
      'a framework that suppresses is offered nothing until it revives',
      [F1, { op: 'suppress', framework: 'f1' }, NODE, advance(3), NONE, { op: 'revive', framework: 'f1' }, WHOLE],
    ],
    [
      'an offer that an operator takes back comes again with the next batch',
      [NODE, F1, WHOLE, { op: 'rescind', framework: 'f1' }, NONE, advance(1), WHOLE],
    ],
    [
      'a task that is killed gives its resources back for the next batch',
      [NODE, F1, accept('t', { cpus: 2, mem: 1024 }), { op: 'kill', task: 't' }, NONE, advance(1), WHOLE],
    ],
    [
      'tasks beyond what an offer has are in error, and those on no offer are lost',
      [
        NODE,
        F1,
        accept('big', { cpus: 3 }),
        state('big', 'TASK_ERROR'),
        accept('late', { cpus: 1 }),
        state('late', 'TASK_LOST'),
      ],
    ],
    [
      'tasks of a framework that is torn down are killed',
      [NODE, F1, accept('t', { cpus: 1 }), { op: 'teardown', framework: 'f1' }, state('t', 'TASK_KILLED')],
    ],
    [
      'tasks go on while their framework may come back, and are killed when its time is over',
      [
        NODE,
        { ...F1, failoverTimeoutSec: 10 },
        accept('t', { cpus: 1 }),
        { op: 'disconnect', framework: 'f1' },
        advance(9),
        state('t', 'RUNNING'),
        advance(1),
        state('t', 'KILLED'),
      ],
    ],
    [
      'a new master knows the tasks and has forgotten refusals',
      [
        NODE,
        { ...F1, failoverTimeoutSec: 10 },
        accept('t', { cpus: 1, mem: 24 }, { refuseSeconds: 100 }),
        { op: 'masterFailover' },
        advance(1),
        state('t', 'TASK_RUNNING'),
        { op: 'expectOffer', framework: 'f1', agent: 'a1', resources: { cpus: 1, mem: 1000 } },
      ],
    ],
    [
      'a weight is set: all offers are taken back and dealt anew',
      [
        NODE,
        F1,
        WHOLE,
        { op: 'setWeight', role: '*', weight: 2 },
        { op: 'expectRescinded', framework: 'f1', value: 1 },
      ],
    ],
    [
      'a limit is set below what is offered',
      [
        NODE,
        F1,
        WHOLE,
        { op: 'setQuota', role: '*', limits: { cpus: 1 } },
        { op: 'expectRescinded', framework: 'f1' },
        advance(1),
        { op: 'expectOffer', framework: 'f1', resources: { cpus: 1, mem: 1024 } },
      ],
    ],
    [
      'an agent that says goodbye takes the tasks of partition-aware frameworks along as lost',
      [
        NODE,
        { ...F1, capabilities: ['PARTITION_AWARE'], checkpoint: true },
        accept('t', { cpus: 1 }),
        { op: 'removeAgent', agent: 'a1' },
        state('t', 'TASK_LOST'),
        { op: 'expectMetrics', metrics: { 'allocator/mesos/resources/cpus/total': 0, 'master/tasks_lost': 1 } },
      ],
    ],
  ])('%s', async (_, steps) => {
    expect(
      await outcome([
        ...steps,
        {
          op: 'expectMetrics',
          metrics: {
            'frameworks/f1/offers/declined': steps.some(
              ({ op, tasks }) => op === 'decline' || JSON.stringify(tasks ?? '').includes('big'),
            )
              ? 1
              : 0,
          },
        },
      ]),
    ).toMatchObject({ status: 'passed' });
  });
});

describe('a case of the master fails where', () => {
  it.each<[string, readonly Step[], string]>([
    ['it does what is not known', [NODE, { op: 'dance' }], 'step 1 dance: unknown operation'],
    ['an expectation in words has no script', [{ op: 'expect', text: 'all is well' }], 'no script'],
    [
      'an offer has other amounts',
      [NODE, F1, { ...WHOLE, resources: { cpus: 1, mem: 1024 } }],
      'there is a1 cpus:2 mem:1024',
    ],
    ['an offer was looked at before', [NODE, F1, WHOLE, WHOLE], 'there is none'],
    [
      'a metric is not known',
      [NODE, F1, { op: 'expectMetrics', metrics: { 'frameworks/f1/joy': 1 } }],
      'there is no metric',
    ],
    ['a metric is another', [NODE, F1, { op: 'expectMetrics', metrics: { 'frameworks/f1/offers/sent': 2 } }], 'got 1'],
    ['a task is in another state', [NODE, F1, accept('t', { cpus: 1 }), state('t', 'TASK_LOST')], 'TASK_RUNNING'],
    ['a state is misspelt', [NODE, F1, accept('t', { cpus: 1 }), state('t', 'TASK_LAST')], 'no state'],
    ['a step says what nobody reads', [NODE, { ...F1, principal: 'p' }, WHOLE], 'principal` was not understood'],
    [
      'a framework acts that is gone',
      [NODE, F1, { op: 'teardown', framework: 'f1' }, accept('t', { cpus: 1 })],
      'not connected',
    ],
  ])('%s', async (_, steps, detail) => {
    const found = await outcome(steps);
    expect(found.status).toBe('failed');
    expect(found.detail).toContain(detail);
  });
});

it('takes an offer back after the time that a flag sets', async () => {
  const taken = { op: 'expectRescinded', framework: 'f1', value: 1 };
  expect(
    await outcome([NODE, F1, advance(29), { ...taken, value: 0 }, advance(1), taken], { offerTimeoutSec: 30 }),
  ).toMatchObject({ status: 'passed' });
});
