import { describe, expect, it } from 'vitest';
import type { FrameworkScheduler, Offer } from '../../../../../src/allocators/mesos/schedulers/framework-scheduler.ts';
import { SECOND } from '../../../../../src/base/time.ts';
import { type Actor, type MasterRun, runMaster } from '../../../../support/master-run.ts';

/** Runs a framework that does something with its first offers, and declines those that come later. */
function withFirst(act: (offers: readonly Offer[], actor: Actor) => void, more: Partial<MasterRun> = {}) {
  let isFirst = true;
  const scheduler = (actor: Actor): FrameworkScheduler => ({
    onOffers(offers) {
      if (isFirst) act(offers, actor);
      else for (const offer of offers) actor.driver.decline(offer);
      isFirst = false;
    },
  });
  const jobs = [
    { framework: 'a', tasks: [1, 1] },
    { framework: 'a', tasks: [1, 1], gang: true },
  ];
  return runMaster({ nodes: [4], jobs, acts: { a: scheduler }, until: 10, ...more });
}

const other = {
  jobs: [
    { framework: 'b', tasks: [1] },
    { framework: 'a', tasks: [1, 1] },
  ],
  acts: {},
};

describe('a framework may not', () => {
  it.each<[string, (offer: Offer, actor: Actor) => void, string]>([
    [
      'accept without a task',
      (o, { driver }) => driver.accept(o, []),
      'accepted offer 1 without a task; declining it would do',
    ],
    [
      'answer twice',
      (o, { driver }) => {
        driver.decline(o);
        driver.decline(o);
      },
      'answered offer 1, which is not open',
    ],
    ['answer a copy', (o, { driver }) => driver.decline({ ...o }), 'answered offer 1, which is not open'],
    ['launch a task twice', (o, { driver }) => driver.accept(o, [0, 0]), 'launched task 0 twice'],
    ['launch what is no task', (o, { driver }) => driver.accept(o, [0.5]), 'launched task 0.5, which is not queued'],
    [
      'launch what has started',
      (o, { driver }) => driver.accept(driver.hold(o), [0]),
      'answered offer 1, which is not open',
    ],
    [
      'launch a part of a gang',
      (o, { driver }) => driver.accept(o, [2]),
      'launched task 2 alone, which belongs to a gang',
    ],
    [
      'start a gang in part',
      (o, { driver }) => driver.acceptGang(1, [{ task: 2, offer: o }]),
      'started job 1, a gang, without all of its tasks',
    ],
    [
      'start more than a gang with it',
      (o, { driver }) =>
        driver.acceptGang(
          1,
          [0, 2, 3].map((task) => ({ task, offer: o })),
        ),
      'started tasks that are no queued ones of job 1',
    ],
    [
      'keep more than it was offered',
      (o, { driver }) => driver.hold(o, Float64Array.of(4001)),
      'kept more of offer 1 than it has',
    ],
    [
      'use an offer that it does not keep',
      (o, { driver }) => driver.launchHeld(o, 0),
      'used 1, which it does not keep',
    ],
    ['release an offer that it does not keep', (o, { driver }) => driver.release(o), 'used 1, which it does not keep'],
    [
      'launch more than it keeps',
      (o, { driver }) => driver.launchHeld(driver.hold(o, Float64Array.of(500)), 0),
      'launched task 0 on 1, which has too little left',
    ],
    [
      'release what its tasks run on',
      (o, { driver }) => {
        const held = driver.hold(o);
        driver.launchHeld(held, 0);
        driver.release(held);
      },
      'released 1, on which 1 tasks run',
    ],
    ['be woken in the past', (_, { driver }) => driver.wakeAt(-1), 'asked to be woken at -1 us'],
    ['be woken never', (_, { driver }) => driver.wakeAt(Number.POSITIVE_INFINITY), 'asked to be woken at Infinity us'],
  ])('%s', async (_, act, message) => {
    await expect(withFirst(([offer], actor) => act(offer!, actor))).rejects.toThrow(`framework a at 0 s: ${message}`);
  });

  it('launch more than an offer has', async () => {
    const small = { nodes: [1, 2] };
    await expect(
      withFirst((offers, { driver }) => driver.accept(offers.find(({ node }) => node === 0)!, [0, 1]), small),
    ).rejects.toThrow('than it has');
  });

  it('launch what belongs to another', async () => {
    await expect(
      withFirst(([offer], { driver }) => driver.accept(offer!, [0]), {
        ...other,
        acts: {
          b: () => ({ onOffers: () => {} }),
          a: ({ driver }) => ({ onOffers: ([offer]) => driver.accept(offer!, [0]) }),
        },
        nodes: [4, 4],
        think: SECOND,
        jobs: [
          { framework: 'b', tasks: [1] },
          { framework: 'a', tasks: [1] },
        ],
        events: [{ at: 0, what: 'framework-down', framework: 'b' }],
        settings: { b: { failoverTimeout: 9 * SECOND } },
      }),
    ).rejects.toThrow('launched task 0, which is not its own');
  });
});

describe('a framework', () => {
  it('uses a part of an offer and refuses the rest for as long as it says', async () => {
    const { said } = await withFirst(([offer], { driver }) => driver.accept(offer!, [0], 3 * SECOND));
    expect(said.slice(0, 5)).toEqual([
      '0 subscribed a',
      '0 offered a n0 4',
      '0 accepted a n0 1',
      '0 unused a n0 3',
      '3 offered a n0 3',
    ]);
  });

  it('is offered nothing of what it has refused before that time is over', async () => {
    const { said } = await withFirst(([offer], { driver }) => driver.decline(offer!));
    expect(said).toEqual([
      '0 subscribed a',
      '0 offered a n0 4',
      '0 declined a n0 4',
      '5 offered a n0 4',
      '5 declined a n0 4',
      '10 offered a n0 4',
      '10 declined a n0 4',
    ]);
  });

  it('is offered at the next batch what it has not refused', async () => {
    const { said } = await withFirst(([offer], { driver }) => driver.decline(offer!, 0), { until: 1 });
    expect(said.slice(-2)).toEqual(['1 offered a n0 4', '1 declined a n0 4']);
  });

  it('keeps a part of an offer, runs tasks on it one after the other, and gives it back', async () => {
    let held: Offer;
    const { said, heard, tasks } = await runMaster({
      nodes: [4],
      jobs: [{ framework: 'a', tasks: [1, 1], run: 2 }],
      until: 7,
      acts: {
        a: ({ driver, work }) => ({
          onOffers([offer]) {
            if (held !== undefined) return;
            held = driver.hold(offer!, Float64Array.of(1000), 100 * SECOND);
            driver.launchHeld(held, work.firstQueued(0));
          },
          onTaskEnded() {
            const next = work.firstQueued(0);
            if (next >= 0) driver.launchHeld(held, next);
            else driver.release(held);
          },
        }),
      },
    });
    expect(tasks.map(({ start }) => start! / SECOND)).toEqual([0, 2]);
    expect(heard).toEqual(['2 a finished n0', '4 a finished n0']);
    expect(said).toEqual([
      '0 subscribed a',
      '0 offered a n0 4',
      '0 accepted a n0 1',
      '0 unused a n0 3',
      '4 offered a n0 4',
    ]);
  });

  it('starts a gang over several offers at once, and gives the rest of each back', async () => {
    const { said, tasks } = await runMaster({
      nodes: [2, 2],
      jobs: [{ framework: 'a', tasks: [1, 1, 1], gang: true, run: 3 }],
      acts: {
        a: ({ driver }) => ({
          onOffers: (offers) =>
            driver.now === 0 &&
            driver.acceptGang(
              0,
              [0, 1, 2].map((task) => ({ task, offer: offers.find(({ node }) => node === (task > 1 ? 1 : 0))! })),
            ),
        }),
      },
    });
    expect(tasks.map(({ start, node }) => [start, node])).toEqual([
      [0, 0],
      [0, 0],
      [0, 1],
    ]);
    expect(said.filter((line) => !line.includes('offered'))).toEqual([
      '0 subscribed a',
      '0 accepted a n0 2',
      '0 accepted a n1 1',
      '0 unused a n1 1',
    ]);
  });

  it('hears that a gang was lost, all of it, if a part was launched on a node that was gone unnoticed', async () => {
    let offered: readonly Offer[] = [];
    const { heard, tasks } = await runMaster({
      nodes: [1, 1],
      jobs: [{ framework: 'a', tasks: [1, 1], gang: true, run: 3 }],
      options: { 'node-loss': 'silence' },
      think: SECOND,
      events: [
        { at: 500_000, what: 'node', nodes: [1], state: 'down' },
        { at: 100 * SECOND, what: 'node', nodes: [1], state: 'up' },
      ],
      acts: {
        a: ({ driver }) => ({
          onOffers(offers) {
            offered = [...offered, ...offers];
            if (offered.length < 2) return;
            driver.acceptGang(
              0,
              offered.map((offer, task) => ({ task, offer })),
            );
            offered = [];
          },
        }),
      },
    });
    // Silent from 0.5 s on, the first ping at 15 s, and five timeouts.
    expect(heard.filter((line) => line.endsWith('n1') || line.endsWith('n0')).slice(0, 2)).toEqual([
      '90 a lost n1',
      '90 a lost n0',
    ]);
    expect(tasks.map(({ start }) => start)).toEqual([101 * SECOND, 101 * SECOND]);
  });

  it('hears of the loss of a task that it launched on a node that was gone unnoticed', async () => {
    const { heard } = await runMaster({
      nodes: [1],
      jobs: [{ framework: 'a', tasks: [1], run: 3 }],
      options: { 'node-loss': 'silence' },
      think: SECOND,
      until: 100,
      events: [{ at: 500_000, what: 'node', nodes: [0], state: 'down' }],
    });
    expect(heard).toEqual(['90 a lost n0']);
  });

  it('is offered nothing while it suppresses, and whatever it refused once it revives', async () => {
    const { said } = await runMaster({
      nodes: [2],
      jobs: [{ framework: 'a', tasks: [1] }],
      until: 4,
      acts: {
        a: ({ driver }) => ({
          onOffers([offer]) {
            driver.decline(offer!);
            driver.suppress();
            if (driver.now < 3 * SECOND) driver.wakeAt(3 * SECOND);
          },
          onWake: () => driver.revive(),
        }),
      },
    });
    expect(said.slice(2)).toEqual([
      '0 declined a n0 2',
      '0 suppressed a',
      '3 revived a',
      '3 offered a n0 2',
      '3 declined a n0 2',
      '3 suppressed a',
    ]);
  });
});
