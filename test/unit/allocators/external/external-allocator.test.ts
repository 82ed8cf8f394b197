import { describe, expect, it } from 'vitest';
import { ExternalAllocator } from '../../../../src/allocators/external/external-allocator.ts';
import { resource } from '../../../../src/base/amounts.ts';
import { openStream } from '../../../../src/base/random.ts';
import { SECOND } from '../../../../src/base/time.ts';
import { runWorkload, type TestJob, type TestRun } from '../../../support/run-workload.ts';
import { type Message, ScriptedChannel } from '../../../support/scripted-channel.ts';

const task = (cpus: number, run: number) => ({ demand: [cpus * 1000], run: run * SECOND });
const job = (...tasks: TestJob['tasks']): TestJob => ({ framework: 'a', submit: 0, tasks });

/** Two nodes of 2 cpus in rack r1, and one of 4 in r2. */
const groups = [
  { name: 'small', count: 2, capacity: [2000], attributes: { rack: 'r1' } },
  { name: 'big', count: 1, capacity: [4000], attributes: { rack: 'r2' } },
];

async function run(
  jobs: readonly TestJob[],
  answer: ScriptedChannel['answer'],
  setup: Partial<TestRun> = {},
): Promise<{ messages: Message[]; starts: string[] }> {
  const channel = new ScriptedChannel(answer);
  const { segments } = await runWorkload({
    resources: [resource('cpus')],
    groups,
    jobs,
    allocator: (view) => new ExternalAllocator({ channel, view, limitMs: 700, chance: openStream('1', 'seed') }),
    ...setup,
  });
  expect(new Set(channel.limits)).toEqual(new Set([700]));
  const starts = segments.map(
    (each) => `${each.job}/${each.position} on ${each.node}, ${each.start / SECOND}-${each.end / SECOND} s`,
  );
  return { messages: channel.messages, starts };
}

const atStart = (decisions: readonly object[]) => (message: Message) => (message.time === 0 ? decisions : []);

describe('what an allocator in another process hears', () => {
  it('is greeted with its resources and nodes, by classes', async () => {
    const { messages } = await run([job(task(1, 1))], atStart([{ type: 'launch', task: '0/0', node: 0 }]));
    expect(messages[0]).toEqual({
      v: 1,
      type: 'hello',
      party: 'allocator',
      name: 'external',
      seed: expect.any(Number),
      resources: [{ name: 'cpus', step: 0.001 }],
      classes: [
        { class: 0, capacity: { cpus: 2 }, nodes: [0, 1] },
        { class: 1, capacity: { cpus: 4 }, nodes: [2] },
      ],
    });
  });

  it('hears at each pass what has happened, and what nodes have free on which something came or went', async () => {
    const jobs = [
      { ...job(task(1, 2), task(2, 1)), estimate: 3 * SECOND, priority: 4, constraint: { rack: ['r2'] } },
      { ...job(task(1.5, 1)), submit: SECOND },
    ];
    const { messages, starts } = await run(jobs, ({ time }) =>
      time === 0
        ? [
            { type: 'launch', task: '0/0', node: 2 },
            { type: 'launch', task: '0/1', node: 2 },
          ]
        : time === 1
          ? [{ type: 'launch', task: '1/0', node: 0 }]
          : [],
    );
    expect(messages.slice(1, 4)).toEqual([
      {
        v: 1,
        type: 'pass',
        time: 0,
        events: [
          {
            type: 'job-queued',
            framework: 'a',
            role: 'a',
            weight: 1,
            job: 0,
            submit: 0,
            estimate: 3,
            priority: 4,
            gang: false,
            tasks: [
              { task: '0/0', demand: { cpus: 1 }, classes: [1] },
              { task: '0/1', demand: { cpus: 2 }, classes: [1] },
            ],
          },
        ],
        free: [],
      },
      {
        v: 1,
        type: 'pass',
        time: 1,
        events: [
          { type: 'task-started', task: '0/0', node: 2 },
          { type: 'task-started', task: '0/1', node: 2 },
          { type: 'task-ended', task: '0/1', node: 2 },
          expect.objectContaining({ type: 'job-queued', job: 1, submit: 1 }),
        ],
        free: [{ node: 2, amounts: { cpus: 3 } }],
      },
      {
        v: 1,
        type: 'pass',
        time: 2,
        events: [
          { type: 'task-started', task: '1/0', node: 0 },
          { type: 'task-ended', task: '0/0', node: 2 },
          { type: 'job-ended', job: 0 },
          { type: 'task-ended', task: '1/0', node: 0 },
          { type: 'job-ended', job: 1 },
        ],
        free: [
          { node: 0, amounts: { cpus: 2 } },
          { node: 2, amounts: { cpus: 4 } },
        ],
      },
    ]);
    expect(starts).toEqual(['0/1 on 2, 0-1 s', '0/0 on 2, 0-2 s', '1/0 on 0, 1-2 s']);
  });

  it('hears of nodes that change, and of tasks that were lost or preempted', async () => {
    let isMoved = false;
    const { messages, starts } = await run(
      [job(task(2, 4)), job(task(1, 4))],
      ({ time }) => {
        if (time === 0) {
          return [
            { type: 'launch', task: '0/0', node: 0 },
            { type: 'launch', task: '1/0', node: 1 },
            { type: 'wake-at', time: 2 },
          ];
        }
        if (time === 1) return [{ type: 'launch', task: '0/0', node: 2 }];
        if (time !== 2 || isMoved) return [];
        isMoved = true;
        return [
          { type: 'preempt', task: '1/0' },
          { type: 'launch', task: '1/0', node: 2 },
        ];
      },
      { events: [{ at: SECOND, what: 'node', nodes: [0], state: 'down' }] },
    );
    const heard = messages.slice(2).map(({ time, events }) => [time, ...events]);
    expect(heard[0]).toEqual([
      1,
      { type: 'task-started', task: '0/0', node: 0 },
      { type: 'task-started', task: '1/0', node: 1 },
      { type: 'task-preempted', task: '0/0', node: 0 },
      { type: 'node-changed', node: 0, state: 'down' },
    ]);
    expect(messages[2].free).toEqual([
      { node: 0, amounts: { cpus: 0 } },
      { node: 1, amounts: { cpus: 1 } },
    ]);
    expect(heard[2]).toContainEqual({ type: 'task-preempted', task: '1/0', node: 1 });
    expect(starts).toEqual(['1/0 on 1, 0-2 s', '1/0 on 2, 2-4 s', '0/0 on 2, 1-5 s']);
  });

  it('starts a gang on nodes of its choice', async () => {
    const gang = { ...job(task(2, 1), task(2, 1), task(2, 1)), gang: true };
    const { starts } = await run([gang], atStart([{ type: 'launch-gang', job: 0, nodes: [2, 0, 2] }]));
    expect(starts).toEqual(['0/0 on 2, 0-1 s', '0/1 on 0, 0-1 s', '0/2 on 2, 0-1 s']);
  });
});

describe('what an allocator in another process must not do', () => {
  const jobs: readonly TestJob[] = [
    { ...job(task(3, 1)), constraint: { rack: ['r2'] } },
    { ...job(task(1, 1), task(1, 1)), gang: true },
    job(task(3, 1)),
  ];

  it.each<[string, readonly object[], string]>([
    [
      'launch on a node that there is not',
      [{ type: 'launch', task: '0/0', node: 3 }],
      'there is no node 3; there are 0 to 2',
    ],
    ['launch where a task may not run', [{ type: 'launch', task: '0/0', node: 0 }], 'task 0/0 may not run on node 0'],
    [
      'launch where there is no room',
      [{ type: 'launch', task: '2/0', node: 1 }],
      'task 2/0 needs more than node 1 has free: 3 cpus of 2',
    ],
    [
      'launch twice',
      [
        { type: 'launch', task: '0/0', node: 2 },
        { type: 'launch', task: '0/0', node: 2 },
      ],
      'task 0/0 is not queued: it runs',
    ],
    [
      'launch a part of a gang',
      [{ type: 'launch', task: '1/0', node: 2 }],
      'task 1/0 belongs to a gang; launch-gang starts all of it or nothing',
    ],
    [
      'launch a gang on too few nodes',
      [{ type: 'launch-gang', job: 1, nodes: [2] }],
      'a gang of 2 tasks was launched on 1 nodes',
    ],
    ['preempt what does not run', [{ type: 'preempt', task: '2/0' }], 'task 2/0 was preempted, but does not run'],
    ['launch what there is not', [{ type: 'launch', task: '3/0', node: 0 }], 'there is no job 3, or it has ended'],
    [
      'use what is for frameworks',
      [{ type: 'accept', offer: 0, tasks: ['0/0'] }],
      'its decision 1 has the unknown type `accept`; there are launch, launch-gang, preempt, wake-at',
    ],
  ])('%s', async (_title, decisions, problem) => {
    const failed = run(jobs, atStart(decisions));
    await expect(failed).rejects.toMatchObject({ name: 'PartyFault', party: 'allocator external', time: 0 });
    await expect(failed).rejects.toThrow(`allocator external, at 0 s: ${problem}; it said: {`);
  });

  it('ask for passes at one instant again and again', async () => {
    await expect(run(jobs, () => [{ type: 'wake-at', time: 0 }])).rejects.toThrow(
      'asked for a pass at once twice running without launching anything, at 0 us',
    );
  });
});
