import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resource } from '../../src/base/amounts.ts';
import { WaitWatch } from '../../src/simulation/wait-watch.ts';
import { changingWorlds, type LawWorld, lawWorlds } from '../support/law-world.ts';
import { runWorkload, type TestRun } from '../support/run-workload.ts';
import { type BookedTask, type Statement, WaitBooks } from '../support/wait-books.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 20 : 1) * 25;
const SECOND = 1_000_000;
const GPUS = 2;

type Check = (statement: Statement, books: WaitBooks) => void;

/** Runs a world and has each statement of why a job waited checked; gives how many there were. */
async function holds(world: LawWorld, allocator: TestRun['allocator'], check: Check): Promise<WaitBooks> {
  const books = new WaitBooks(world, check);
  await runWorkload({ ...world, allocator, observers: () => [books] });
  return books;
}

function property(worlds: fc.Arbitrary<LawWorld>, hold: (world: LawWorld) => Promise<unknown>, runs = RUNS) {
  return fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      await hold(world);
    }),
    { numRuns: runs },
  );
}

/** No devices: what is free on them does not show in the facts. */
const withoutDevices = (worlds: fc.Arbitrary<LawWorld>) =>
  worlds.map((world) => ({
    ...world,
    jobs: world.jobs.map((job) => ({
      ...job,
      tasks: job.tasks.map((task) => ({ ...task, demand: task.demand.map((amount, r) => (r === GPUS ? 0 : amount)) })),
    })),
  }));

/** A framework is a role of its own. */
const withFlatRoles = (worlds: fc.Arbitrary<LawWorld>) =>
  worlds.map(({ roles: _, roleOf: __, ...world }): LawWorld => ({ ...world, roles: [{ path: 'b', weight: 2 }] }));

/** One node of cpus alone, and jobs of one task. */
const pools: fc.Arbitrary<LawWorld> = fc
  .array(
    fc.record({
      submit: fc.integer({ min: 0, max: 12 }),
      run: fc.integer({ min: 1, max: 9 }),
      over: fc.integer({ min: 0, max: 6 }),
      cpus: fc.integer({ min: 1, max: 8 }),
    }),
    { minLength: 4, maxLength: 20, size: 'max' },
  )
  .map((jobs) => ({
    resources: [resource('cpus')],
    groups: [{ name: 'pool', count: 1, capacity: [8000], attributes: {} }],
    jobs: jobs
      .sort((a, b) => a.submit - b.submit)
      .map(({ submit, run, over, cpus }) => ({
        framework: 'a',
        submit: submit * SECOND,
        estimate: (run + over) * SECOND,
        tasks: [{ demand: [cpus * 1000], run: run * SECOND }],
      })),
  }));

const checkRoom: Check = ({ job, facts: { room } }, books) => {
  const names = books.world.resources.map(({ name }) => name);
  const demands = books.demands(job);
  const [demand] = demands as [readonly number[]];
  const nodes = books.capacity.map((_, node) => node);
  const up = nodes.filter((node) => books.state[node] === 'up');
  const allowed = up.filter((node) => books.isAllowed(job, node));
  const needsDevices = (demand[GPUS] ?? 0) > 0;
  const lacks = (node: number) => books.free(node).map((free, r) => Math.max(0, demand[r]! - free));
  const enough = allowed.filter((node) => lacks(node).every((lack) => lack === 0));
  expect(room.nodes).toBe(nodes.length);
  expect(room.away).toBe(nodes.length - up.length);
  expect(room.forbidden).toBe(up.length - allowed.length);
  expect(room.fitting + room.scattered).toBe(enough.length);
  if (!needsDevices) expect(room.scattered).toBe(0);
  for (const [r, name] of names.entries()) {
    expect(room.short[name]).toBe(allowed.filter((node) => lacks(node)[r]! > 0).length);
  }
  const isGang = books.spec(job).gang === true && demands.length > 1;
  if (!isGang) {
    expect(room.hasRoom).toBe(room.fitting > 0);
    const parts = allowed
      .filter((node) => demand.every((amount, r) => amount <= books.capacity[node]![r]!))
      .map((node) => Math.max(...lacks(node).map((lack, r) => (lack > 0 ? lack / demand[r]! : 0))))
      .filter((part) => part > 0);
    if (!room.hasRoom && parts.length > 0) expect(room.nearest!.part).toBe(Math.min(...parts));
    if (room.nearest !== null) {
      expect(allowed).toContain(room.nearest.node);
      const lacking = lacks(room.nearest.node);
      expect(room.nearest.lacks).toEqual(
        Object.fromEntries(names.map((n, r) => [n, lacking[r]!]).filter(([, l]) => l)),
      );
    }
  } else if (!needsDevices) {
    // Gangs of these worlds are of like tasks: each node has room for a whole number of them.
    const seats = allowed.map((node) =>
      Math.min(
        ...books
          .free(node)
          .map((free, r) => (demand[r]! > 0 ? Math.floor(free / demand[r]!) : Number.POSITIVE_INFINITY)),
      ),
    );
    const found = Math.min(
      demands.length,
      seats.reduce((sum, each) => sum + each, 0),
    );
    expect(room.together).toEqual({ tasks: demands.length, found });
    expect(room.hasRoom).toBe(found === demands.length);
  }
};

describe('what is said of room', () => {
  it.each(['fifo', 'drf', 'lp-weighted', 'mesos', 'rr', 'gavel'])(
    'is what starts and ends leave free on each node, under %s',
    async (name) => {
      let said = 0;
      await property(changingWorlds, async (world) => {
        said += (await holds(world, { name }, checkRoom)).statements.length;
      });
      expect(said).toBeGreaterThan(RUNS);
    },
  );

  it('is no reason where there is some: every policy says what else it was', async () => {
    const policies: TestRun['allocator'][] = [
      { name: 'fifo' },
      { name: 'sjf', queue: 'strict' },
      { name: 'lxf', queue: 'strict' },
      { name: 'priority', preempt: 'resume' },
      { name: 'easy' },
      { name: 'easy', reservations: 3 as unknown as string },
      { name: 'conservative' },
      { name: 'srtf' },
      { name: 'rr', quantum: '700ms' },
      { name: 'drf' },
      { name: 'ps-dsf' },
      { name: 'ceei' },
      { name: 'lp-weighted', interval: '500ms' },
      { name: 'lp-weighted', ceiling: 'equal' },
      { name: 'lp-weighted', rounding: 'floor' },
      { name: 'gavel', round: '700ms' },
      { name: 'mesos' },
      { name: 'random' },
    ];
    for (const policy of policies) {
      await property(
        lawWorlds,
        (world) =>
          holds(world, policy, ({ facts: { room, reason } }) => {
            if (room.hasRoom) expect(reason, JSON.stringify(policy)).not.toBeNull();
          }),
        Math.ceil(RUNS / 2),
      );
    }
  });
});

/** The queue in an order of its own, and who is at its head. */
function checkHead(score: (job: number, books: WaitBooks) => number): Check {
  return ({ job, facts: { reason } }, books) => {
    const order = books.queue().sort((a, b) => score(a, books) - score(b, books) || a - b);
    const ahead = order.indexOf(job);
    if (ahead === 0) {
      expect(reason).toBeNull();
      return;
    }
    if (reason?.kind !== 'behind-head') throw new Error(`${job} is behind ${order[0]}, and that was not said`);
    expect(reason.job.index).toBe(order[0]);
    if (reason.order !== 'rank') expect(reason.ahead).toBe(ahead);
  };
}

const cpusOf = (job: number, books: WaitBooks) =>
  books.spec(job).tasks.reduce((sum, { demand }) => sum + demand[0]!, 0);

describe('who is said to be at the head of a strict queue', () => {
  it.each<[string, TestRun['allocator'], (job: number, books: WaitBooks) => number]>([
    ['fifo', { name: 'fifo' }, () => 0],
    ['sjf', { name: 'sjf', queue: 'strict' }, (job, books) => Math.max(0.5, books.estimate(job))],
    ['smallest', { name: 'smallest', queue: 'strict' }, cpusOf],
    [
      'lxf',
      { name: 'lxf', queue: 'strict' },
      (job, books) => {
        const estimate = Math.max(5e-7, books.estimate(job) / SECOND);
        return -((books.now - books.spec(job).submit) / SECOND + estimate) / estimate;
      },
    ],
    ['priority', { name: 'priority' }, (job, books) => -(books.spec(job).priority ?? 0)],
  ])('is first in its order, under %s', async (_name, policy, score) => {
    await property(changingWorlds, (world) => holds(world, policy, checkHead(score)));
  });
});

/** When the tasks of the head fit if what runs ends as estimated, and what is then left over; on one node. */
function naiveReservation(books: WaitBooks, head: number): { at: number; extra: number } {
  const ends = [...books.running.values()]
    .map((task) => ({ task, end: Math.max(books.now, task.start + books.estimate(task.job)) }))
    .sort((a, b) => a.end - b.end);
  let extra = books.free(0)[0]! - books.demands(head)[0]![0]!;
  let at = books.now;
  for (let i = 0; extra < 0; ) {
    at = ends[i]!.end;
    for (; i < ends.length && ends[i]!.end === at; i++) extra += ends[i]!.task.demand[0]!;
  }
  return { at, extra };
}

const inMicroseconds = (seconds: number | undefined) =>
  seconds === undefined ? undefined : Math.round(seconds * SECOND);

describe('what EASY says', () => {
  const check: Check = ({ job, facts: { room, reason } }, books) => {
    const [head] = books.queue() as [number];
    // Alone it needs no reservation; it may have one still where others have just started before it.
    if (books.queue().length === 1 && reason === null) return;
    const { at, extra } = naiveReservation(books, head);
    if (job === head) {
      expect(reason).toEqual({ kind: 'own-reservation', at_s: at / SECOND });
      return;
    }
    if (reason?.kind !== 'reserved') throw new Error('the reservation was not told');
    expect(reason.job.index).toBe(head);
    expect(inMicroseconds(reason.at_s)).toBe(at);
    expect(inMicroseconds(reason.end_s)).toBe(books.now + books.estimate(job));
    expect(reason.beside).toEqual({ cpus: extra / 1000 });
    if (!room.hasRoom) return;
    expect(books.now + books.estimate(job)).toBeGreaterThan(at);
    expect(books.demands(job)[0]![0]!).toBeGreaterThan(extra);
  };

  it.each(['fcfs', 'sjbf'])('is the reservation that a naive one works out, in order %s', async (order) => {
    await property(pools, (world) => holds(world, { name: 'easy', order }, check), 4 * RUNS);
  });

  it('of how short a job would have to be is true: it has then started by that time', async () => {
    let tried = 0;
    await property(
      pools,
      async (world) => {
        const { statements } = await holds(world, { name: 'easy' }, () => {});
        const told = statements.filter(({ facts: { room, reason } }) => room.hasRoom && reason?.kind === 'reserved');
        for (const { time, job, facts } of told.slice(0, 3)) {
          const window = facts.reason?.kind === 'reserved' ? inMicroseconds(facts.reason.window_s) : undefined;
          if (window === undefined) continue;
          tried++;
          const jobs = world.jobs.map((each, j) => (j === job ? { ...each, estimate: window } : each));
          const { tasks } = await runWorkload({ ...world, jobs, allocator: { name: 'easy' } });
          expect(tasks.find((task) => task.job === job)!.start).toBeLessThanOrEqual(time);
        }
      },
      2 * RUNS,
    );
    expect(tried).toBeGreaterThan(RUNS / 4);
  });
});

describe('a reservation that conservative backfilling tells of', () => {
  const exact = pools.map((world) => ({
    ...world,
    jobs: world.jobs.map((job) => ({ ...job, estimate: job.tasks[0]!.run })),
  }));

  it('is when the job starts, where estimates are exact', async () => {
    await property(exact, async (world) => {
      const { statements } = await holds(world, { name: 'conservative' }, () => {});
      const { tasks } = await runWorkload({ ...world, allocator: { name: 'conservative' } });
      for (const { job, facts } of statements) {
        if (facts.reason?.kind !== 'own-reservation') throw new Error('no reservation was told');
        expect(inMicroseconds(facts.reason.at_s)).toBe(tasks[job]!.start);
      }
    });
  });

  it('is never broken where something ends early', async () => {
    await property(pools, async (world) => {
      const { statements } = await holds(world, { name: 'conservative' }, () => {});
      const { tasks } = await runWorkload({ ...world, allocator: { name: 'conservative' } });
      for (const { job, facts } of statements) {
        const { reason } = facts;
        if (reason?.kind === 'own-reservation')
          expect(tasks[job]!.start).toBeLessThanOrEqual(inMicroseconds(reason.at_s)!);
      }
    });
  });
});

describe('what DRF says', () => {
  /** Share / weight of a framework that is a role of its own, by what runs. */
  const shareOf = (books: WaitBooks, framework: string) => {
    const totals = books.world.resources.map((_, r) =>
      books.capacity.reduce((sum, amounts, node) => (books.state[node] === 'down' ? sum : sum + amounts[r]!), 0),
    );
    const used = totals.map(() => 0);
    const isMine = ({ job }: BookedTask) => books.spec(job).framework === framework;
    for (const task of books.running.values()) {
      if (isMine(task)) for (let r = 0; r < used.length; r++) used[r]! += task.demand[r]!;
    }
    const share = Math.max(...used.map((amount, r) => (totals[r]! > 0 ? amount / totals[r]! : 0)));
    return share / (framework === 'b' ? 2 : 1);
  };

  it('is who of the framework is first, else who has less: by shares of what runs', async () => {
    let told = 0;
    const check: Check = ({ job, facts: { reason } }, books) => {
      const { framework } = books.spec(job);
      const queue = books.queue();
      const own = queue.filter((each) => books.spec(each).framework === framework);
      const ahead = own.indexOf(job);
      if (ahead > 0) {
        expect(reason).toMatchObject({ kind: 'behind-own', job: { index: own[0] }, framework, ahead });
        return;
      }
      const waiting = [...new Set(queue.map((each) => books.spec(each).framework))];
      const least = Math.min(...waiting.map((each) => shareOf(books, each)));
      const share = shareOf(books, framework);
      if (share === least) {
        expect(reason).toBeNull();
        return;
      }
      if (reason?.kind !== 'less-share') throw new Error(`${framework} has more than another, and that was not said`);
      told++;
      expect(waiting).toContain(reason.other);
      expect(reason).toMatchObject({ party: framework, share, otherShare: least });
      expect(shareOf(books, reason.other)).toBe(least);
    };
    await property(withFlatRoles(changingWorlds), (world) => holds(world, { name: 'drf' }, check));
    expect(told).toBeGreaterThan(RUNS);
  });
});

describe('what other policies say', () => {
  it('is when a turn ends, under rr', async () => {
    const quantum = 700_000;
    await property(withoutDevices(lawWorlds), (world) =>
      holds(world, { name: 'rr', quantum: '700ms' }, ({ facts: { reason } }, books) => {
        if (reason?.kind !== 'turn') throw new Error('no turn was told');
        const ends = [...books.running.values()].map(({ start }) => quantum - ((books.now - start) % quantum));
        expect(inMicroseconds(reason.at_s)).toBe(ends.length === 0 ? undefined : books.now + Math.min(...ends));
        expect(reason.ahead).toBeLessThan(books.queue().reduce((sum, job) => sum + books.demands(job).length, 0));
      }),
    );
  });

  it('is that a role has its part of the cluster, under lp-weighted with an equal ceiling', async () => {
    let told = 0;
    await property(withFlatRoles(lawWorlds), async (world) => {
      await holds(world, { name: 'lp-weighted', ceiling: 'equal' }, ({ job, facts: { room, reason } }, books) => {
        if (reason?.kind !== 'ceiling') {
          expect(reason).toBeNull();
          expect(room.hasRoom).toBe(false);
          return;
        }
        told++;
        const { framework } = books.spec(job);
        const isActive = (name: string) =>
          books.queue().some((each) => books.spec(each).framework === name) ||
          [...books.running.values()].some(
            (task) => books.spec(task.job).framework === name && task.demand.some((a) => a > 0),
          );
        const weightOf = (name: string) => (name === 'b' ? 2 : 1);
        const active = [...new Set(books.world.jobs.map((each) => each.framework))].filter(isActive);
        const part = weightOf(framework) / active.reduce((sum, name) => sum + weightOf(name), 0);
        const r = books.world.resources.findIndex(({ name }) => name === reason.resource);
        const total = books.capacity.reduce((sum, amounts) => sum + amounts[r]!, 0);
        const held = [...books.running.values()]
          .filter((task) => books.spec(task.job).framework === framework)
          .reduce((sum, { demand }) => sum + demand[r]!, 0);
        const demands = books.spec(job).gang ? books.demands(job) : books.demands(job).slice(0, 1);
        expect(reason.left).toBeCloseTo(Math.max(0, part * total - held) / 1000, 6);
        expect(reason.needs).toBeCloseTo(demands.reduce((sum, demand) => sum + demand[r]!, 0) / 1000, 6);
        expect(reason.needs).toBeGreaterThan(reason.left);
      });
    });
    expect(told).toBeGreaterThan(0);
  });

  it('is when the next plan or round is, under lp-weighted with an interval and under gavel', async () => {
    await property(lawWorlds, async (world) => {
      await holds(world, { name: 'lp-weighted', interval: '500ms' }, ({ time, facts: { reason } }) => {
        if (reason?.kind !== 'next-pass') return;
        expect(inMicroseconds(reason.at_s)).toBe(Math.ceil(time / 500_000) * 500_000);
      });
      await holds(world, { name: 'gavel', round: '700ms' }, ({ time, facts: { reason } }) => {
        if (reason?.kind !== 'next-pass' && reason?.kind !== 'no-seat') throw new Error('no round was told');
        const at = inMicroseconds(reason.at_s)!;
        expect(at).toBeGreaterThan(time);
        expect(at - time).toBeLessThanOrEqual(700_000);
      });
    });
  });

  it('is what stands before each node that could take the task, under mesos', async () => {
    await property(changingWorlds, (world) =>
      holds(world, { name: 'mesos', 'allocation-interval': '400ms' }, ({ time, facts: { room, reason } }) => {
        if (reason === null) {
          expect(room.fitting).toBe(0);
          return;
        }
        if (reason.kind !== 'offers') throw new Error(`${reason.kind} was told`);
        expect(reason.nodes).toBe(room.fitting);
        expect(reason.held + reason.elsewhere + reason.limited + reason.headroom + reason.refused).toBeLessThanOrEqual(
          reason.nodes,
        );
        if (reason.refused > 0) expect(inMicroseconds(reason.until_s)).toBeGreaterThanOrEqual(time);
        expect(reason.limited).toBe(0);
      }),
    );
  });
});

describe('a timeline', () => {
  it.each(['fifo', 'easy', 'drf', 'rr', 'mesos'])(
    'covers each wait with what was said then, under %s',
    async (name) => {
      await property(changingWorlds, async (world) => {
        const books = new WaitBooks(world, () => {});
        const watch = new WaitWatch({ names: [], indices: world.jobs.map((_, j) => j) });
        await runWorkload({ ...world, allocator: { name }, observers: () => [books, watch] });
        for (const { job, waits, submit, start, events, status } of watch.jobs) {
          if (status !== 'completed') continue;
          const { spans } = waits;
          for (const { time, facts } of books.statements.filter((each) => each.job === job.index)) {
            const at = spans.filter(({ from, to }) => from <= time && time < to);
            expect(at.length).toBeLessThanOrEqual(1);
            const [span] = at;
            // Of several passes at one instant the last counts.
            const isLast =
              books.statements.findLast((each) => each.job === job.index && each.time === time)!.facts === facts;
            if (span === undefined || !isLast) continue;
            expect(span.facts.room.hasRoom).toBe(facts.room.hasRoom);
            expect(span.facts.reason?.kind).toBe(facts.reason?.kind);
            expect(span.facts.room.fitting.least).toBeLessThanOrEqual(facts.room.fitting);
            expect(span.facts.room.fitting.most).toBeGreaterThanOrEqual(facts.room.fitting);
          }
          if (world.jobs[job.index]!.tasks.length > 1 || events.some(({ what }) => what !== 'started')) continue;
          expect(spans.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(start - submit);
        }
      });
    },
  );
});
