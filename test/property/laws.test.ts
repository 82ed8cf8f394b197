import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fifo } from '../../src/allocators/fifo.ts';
import { allocators as registry } from '../../src/allocators/registry.ts';
import { NONE } from '../../src/base/ids.ts';
import type { OptionSpec } from '../../src/base/options.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { expectSeats } from '../support/expect-seats.ts';
import {
  changingStagedWorlds,
  changingWorlds,
  type LawWorld,
  lawWorlds,
  oneClassWorlds,
  speedWorlds,
  stagedWorlds,
} from '../support/law-world.ts';
import { stageOfEach } from '../support/random-stages.ts';
import {
  type FinishedTestRun,
  runWorkload,
  type ScheduledTask,
  type Segment,
  type TestRun,
} from '../support/run-workload.ts';

/** All but `external`: what that promises is up to the program that it asks. */
const allocators = registry.filter(({ name }) => name !== 'external');

/** Worlds for each law and allocator, shared out among the settings of the allocator. */
const RUNS = (process.env['ALLOT_FULL'] === '1' ? 50 : 1) * 30;

/** One way to set an allocator up: its name and options. */
type Policy = { readonly name: string; readonly [option: string]: string };

/** Values of options that are durations, short enough to matter in worlds of a few seconds. */
const DURATIONS: Readonly<Record<string, string>> = {
  quantum: '700ms',
  'checkpoint-interval': '500ms',
  'checkpoint-cost': '100ms',
  'allocation-interval': '400ms',
  'offer-timeout': '2s',
  'agent-ping-timeout': '300ms',
  'agent-reregister-timeout': '2s',
  'registration-backoff': '100ms',
  'allocator-recovery-timeout': '1s',
  'run-cost': '10ms',
  'run-cost-per-node': '1ms',
  patience: '1h',
  interval: '500ms',
  debounce: '200ms',
  round: '700ms',
  'min-reset': '900ms',
};

interface Law {
  readonly name: string;
  readonly worlds: fc.Arbitrary<LawWorld>;
  /** True where the law speaks of this setting of an allocator at all. */
  readonly applies: (policy: Policy) => boolean;
  readonly hold: (world: LawWorld, policy: Policy) => Promise<void>;
}

const always = () => true;
/** An allocator without the option `queue` passes over what does not fit, or declines. */
const passesOver = (policy: Policy) => policy['queue'] !== 'strict';
const preempts = ({ name, preempt }: Policy) =>
  name === 'srtf' || name === 'las' || name === 'rr' || name === 'gavel' || (preempt ?? 'none') !== 'none';
/** Tasks run at shares. */
const isFluid = ({ name, quantum }: Policy) => name === 'ps' || (name === 'las' && quantum === 'none');

const GROUPING =
  'how nodes of one class are grouped, in which order, and in which order attributes stand moves no start';

const laws: readonly Law[] = [
  {
    name: 'no node ever gives more than it has, of any resource or device, or to a job that must not run there',
    worlds: lawWorlds,
    applies: always,
    async hold(world, policy) {
      const { segments } = await run(world, policy, (cluster) => ({
        onTime: () => expectWithinCapacity(cluster),
        onTaskStarted: () => expectWithinCapacity(cluster),
        onTaskPreempted: () => expectWithinCapacity(cluster),
        onTaskEnded: () => expectWithinCapacity(cluster),
      }));
      if (!isFluid(policy)) expectSeats(world, segments);
    },
  },
  {
    name: 'the tasks of a gang start together or not at all, and are preempted together',
    worlds: lawWorlds,
    applies: always,
    async hold(world, policy) {
      const { tasks, segments } = await run(world, policy);
      for (const [index, job] of world.jobs.entries()) {
        if (!job.gang) continue;
        expect(new Set(tasks.filter((each) => each.job === index).map(({ start }) => start === null)).size).toBe(1);
        expectTogether(segments.filter((each) => each.job === index));
      }
    },
  },
  {
    name: 'every job ends or was rejected, and the same ones are rejected as by fifo',
    worlds: lawWorlds,
    applies: always,
    async hold(world, policy) {
      const { tasks, rejected, counts } = await run(world, policy);
      expect(counts.jobs.unfinished).toBe(0);
      expect(counts.jobs.completed).toBe(world.jobs.length - rejected.length);
      for (const task of tasks) expect(task.end === null).toBe(rejected.includes(task.job));
      expect(rejected).toEqual((await run(world, { name: 'fifo', placement: 'first-fit' })).rejected);
    },
  },
  {
    name: 'every job ends with a pass after each event too, and nothing ever holds more than there is',
    worlds: lawWorlds,
    applies: always,
    async hold(world, policy) {
      const { counts, rejected, segments } = await runWorkload({
        ...world,
        allocator: policy,
        order: 'event-by-event',
        observers: (cluster) => [{ onTime: () => expectWithinCapacity(cluster) }],
      });
      expect(counts.jobs.unfinished).toBe(0);
      expect(counts.jobs.completed).toBe(world.jobs.length - rejected.length);
      if (!isFluid(policy)) expectSeats(world, segments);
    },
  },
  {
    name: 'every job ends though nodes go down and come back, and what was lost runs again',
    worlds: changingWorlds,
    applies: (policy) => !isFluid(policy),
    async hold(world, policy) {
      const { counts, rejected, segments, tasks } = await run(world, policy, (cluster) => ({
        onTime: () => expectWithinCapacity(cluster),
      }));
      const { started, completed, preempted, failed, submitted } = counts.tasks;
      expect(counts.jobs).toMatchObject({ unfinished: 0, failed: 0, completed: world.jobs.length - rejected.length });
      expect(completed).toBe(submitted);
      expect(started).toBe(completed + preempted + failed);
      for (const { job, end, start, node } of tasks) {
        if (rejected.includes(job)) continue;
        expect(segments.some((each) => each.job === job && each.start === start && each.end === end)).toBe(true);
        expect(isUpAt(world, node!, start!)).toBe(true);
      }
    },
  },
  {
    name: 'what waits for others of its job starts when they have ended, every job ends, and the digest is the same again',
    worlds: stagedWorlds,
    applies: always,
    async hold(world, policy) {
      const first = await run(world, policy, (cluster) => ({ onTime: () => expectWithinCapacity(cluster) }));
      expectAllEnded(world, first);
      if (!isFluid(policy)) expectSeats(world, first.segments);
      expect(first.rejected).toEqual((await run(world, { name: 'fifo', placement: 'first-fit' })).rejected);
      expect((await run(world, policy)).digest).toBe(first.digest);
    },
  },
  {
    name: 'it does so with a pass after each event too',
    worlds: stagedWorlds,
    applies: always,
    async hold(world, policy) {
      expectAllEnded(world, await runWorkload({ ...world, allocator: policy, order: 'event-by-event' }));
    },
  },
  {
    name: 'it does so though nodes go down and come back',
    worlds: changingStagedWorlds,
    applies: (policy) => !isFluid(policy),
    async hold(world, policy) {
      expectAllEnded(world, await run(world, policy));
    },
  },
  {
    name: 'the same seed gives the same digest where nodes change',
    worlds: changingWorlds,
    applies: (policy) => !isFluid(policy),
    async hold(world, policy) {
      expect((await run(world, policy)).digest).toBe((await run(world, policy)).digest);
    },
  },
  {
    name: 'every job ends where speeds depend on nodes, and each task after its work at the speed of its node',
    worlds: speedWorlds,
    applies: ({ name, quantum }) =>
      !['easy', 'conservative', 'srtf'].includes(name) && !(name === 'las' && quantum !== 'none'),
    async hold(world, policy) {
      const { counts, rejected, segments } = await run(world, policy);
      expect(counts.jobs).toMatchObject({ unfinished: 0, completed: world.jobs.length - rejected.length });
      // The auditor holds those that share, are preempted, or make checkpoints.
      const isPlain = !isFluid(policy) && counts.tasks.preempted === 0 && policy['preempt'] !== 'checkpoint';
      for (const { job, position, node, start, end } of isPlain ? segments : []) {
        const { tasks, speeds, gang } = world.jobs[job]!;
        const on = (at: number) => speeds?.['zone']?.[zoneOf(world, at)] ?? 1;
        const together = segments.filter((each) => each.job === job).map((each) => on(each.node));
        const pace = gang ? Math.min(...together) : on(node);
        if (policy.name !== 'mesos') expect(end - start).toBe(Math.ceil(tasks[position]!.run / pace));
        expect(on(node)).toBeGreaterThan(0);
      }
    },
  },
  {
    name: 'the auditor has seen every fact: submission and end of each job, start, share, preemption and end of each task',
    worlds: lawWorlds,
    applies: always,
    async hold(world, policy) {
      const { audited, counts, rated } = await run(world, policy);
      const { started, preempted, completed, submitted } = counts.tasks;
      expect(completed).toBe(submitted);
      expect(started).toBe(completed + preempted);
      expect(audited).toBe(2 * counts.jobs.completed + started + preempted + completed + rated);
      if (!preempts(policy)) expect(preempted).toBe(0);
      expect(rated > 0).toBe(isFluid(policy) && submitted > 0);
    },
  },
  {
    name: 'the same seed gives the same digest, with another run in between',
    worlds: lawWorlds,
    applies: always,
    async hold(world, policy) {
      const first = await run(world, policy);
      await run({ ...world, seed: `${world.seed}0`, jobs: world.jobs.slice(1) }, policy);
      expect((await run(world, policy)).digest).toBe(first.digest);
    },
  },
  {
    name: 'the seed decides nothing',
    worlds: lawWorlds,
    applies: (policy) => policy['placement'] !== 'random-fit',
    async hold(world, policy) {
      const { scheduleDigest } = await run(world, policy);
      expect((await run({ ...world, seed: `${world.seed}0` }, policy)).scheduleDigest).toBe(scheduleDigest);
    },
  },
  {
    name: 'strict starts jobs in order of submission',
    worlds: lawWorlds,
    applies: (policy) => policy['queue'] === 'strict' && !preempts(policy),
    async hold(world, policy) {
      const { tasks, rejected } = await run(world, policy);
      let last = Number.NEGATIVE_INFINITY;
      for (const index of world.jobs.keys()) {
        if (rejected.includes(index)) continue;
        const starts = startsOf(tasks, index).map(Number);
        expect(Math.min(...starts)).toBeGreaterThanOrEqual(last);
        last = Math.max(...starts);
      }
    },
  },
  {
    name: 'after a pass the next task of no queued job fits on any node',
    worlds: fc.oneof(lawWorlds, stagedWorlds),
    applies: passesOver,
    async hold(world, policy) {
      await run(world, policy, (cluster) => ({
        onTime() {
          for (let job = cluster.firstQueuedJob(); job !== NONE; job = cluster.nextQueuedJob(job)) {
            expectNoRoom(cluster, job);
          }
        },
      }));
    },
  },
  {
    name: 'after a pass the next task of no framework fits on any node',
    worlds: fc.oneof(lawWorlds, stagedWorlds),
    applies: passesOver,
    async hold(world, policy) {
      await run(world, policy, (cluster) => ({
        onTime() {
          for (let framework = 0; framework < cluster.frameworkCount; framework++) {
            const job = cluster.firstQueuedJobOf(framework);
            if (job !== NONE) expectNoRoom(cluster, job);
          }
        },
      }));
    },
  },
  {
    name: GROUPING,
    worlds: oneClassWorlds.map((world) => ({
      ...world,
      groups: world.groups.map((group) => ({ ...group, attributes: { ...group.attributes, rack: '1' } })),
    })),
    applies: always,
    async hold(world, policy) {
      const { scheduleDigest } = await run(world, policy);
      const { capacity, attributes } = world.groups[0]!;
      const swapped = Object.fromEntries(Object.entries(attributes).reverse());
      const count = world.groups.reduce((sum, group) => sum + group.count, 0);
      const single = Array.from({ length: count }, (_, n) => ({
        name: `z${count - n}`,
        count: 1,
        capacity,
        attributes: n % 2 === 0 ? attributes : swapped,
      }));
      for (const groups of [single, [...world.groups].reverse()]) {
        expect((await run({ ...world, groups }, policy)).scheduleDigest).toBe(scheduleDigest);
      }
    },
  },
];

function zoneOf({ groups }: LawWorld, node: number): string {
  return groups.flatMap(({ count, attributes }) => new Array<string>(count).fill(attributes['zone']!))[node]!;
}

const CONSERVING = 'after a pass the next task of no queued job fits on any node';
const NEXT_OF_EACH = 'after a pass the next task of no framework fits on any node';
const IN_ORDER = 'strict starts jobs in order of submission';

/** What an allocator does not promise, and why. */
const declines: readonly { readonly allocator: string; readonly law: string; readonly why: string }[] = [
  ...['drf', 'drfh', 'ps-dsf', 'asset-fairness', 'ceei'].map((allocator) => ({
    allocator,
    law: CONSERVING,
    why: 'a framework’s tasks go in order: only its next one must fit nowhere',
  })),
  { allocator: 'easy', law: CONSERVING, why: 'what fits may not start where it would delay the head of line' },
  { allocator: 'easy', law: NEXT_OF_EACH, why: 'what fits may not start where it would delay the head of line' },
  { allocator: 'conservative', law: CONSERVING, why: 'what fits may not start where it would delay a reservation' },
  { allocator: 'conservative', law: NEXT_OF_EACH, why: 'what fits may not start where it would delay a reservation' },
  { allocator: 'rr', law: CONSERVING, why: 'it has no option `queue`: the head that does not fit is waited for' },
  { allocator: 'rr', law: NEXT_OF_EACH, why: 'it has no option `queue`: the head that does not fit is waited for' },
  { allocator: 'lcfs', law: IN_ORDER, why: 'its head of line is the job that was submitted last' },
  {
    allocator: 'gavel',
    law: CONSERVING,
    why: 'what comes during a round waits for its end, and none runs beyond its fractions',
  },
  {
    allocator: 'gavel',
    law: NEXT_OF_EACH,
    why: 'what comes during a round waits for its end, and none runs beyond its fractions',
  },
  { allocator: 'fgd', law: GROUPING, why: 'ties go by the names of nodes, and grouping names them' },
  { allocator: 'lp-weighted', law: CONSERVING, why: 'it plans on a grid of times, and what came since waits' },
  { allocator: 'lp-weighted', law: NEXT_OF_EACH, why: 'it plans on a grid of times, and what came since waits' },
  { allocator: 'mesos', law: CONSERVING, why: 'what was refused, or lies in offers, is offered again later' },
  { allocator: 'mesos', law: NEXT_OF_EACH, why: 'what was refused, or lies in offers, is offered again later' },
  { allocator: 'mesos', law: 'the seed decides nothing', why: 'nodes are offered in random order' },
  { allocator: 'random', law: 'the seed decides nothing', why: 'its order is drawn' },
  ...['sjf', 'ljf', 'smallest', 'widest', 'priority', 'lxf', 'wfp3', 'unicep', 'f1', 'f2', 'f3', 'f4'].map(
    (allocator) => ({ allocator, law: IN_ORDER, why: 'its head of line is the job of the least score' }),
  ),
];

/** Every placement with every queue; and with the first placement and every queue each other choice once. */
function settings({ name, options }: (typeof allocators)[number]): Policy[] {
  const choices = (option: string) => valuesOf(option, options[option]).map((value) => ({ [option]: value }));
  const base: Record<string, string | boolean> = { name };
  // Else frameworks without GPUs never see a node that has some, and what fits nowhere else waits for ever.
  if ('filter-gpu-resources' in options) base['filter-gpu-resources'] = false;
  for (const [option, { kind }] of Object.entries(options)) if (kind === 'duration') base[option] = DURATIONS[option]!;
  const queues = orNothing(choices('queue'));
  const crossed = orNothing(choices('placement')).flatMap((placement) =>
    queues.map((queue) => ({ ...base, ...placement, ...queue })),
  );
  const others = Object.keys(options).filter((option) => option !== 'placement' && option !== 'queue');
  const further = others.flatMap(choices).flatMap((choice) => queues.map((queue) => ({ ...queue, ...choice })));
  return [...crossed, ...further.map((choice) => ({ ...crossed[0]!, ...choice }))] as unknown as Policy[];
}

/** What an option may be, as far as it changes what a policy does. */
function valuesOf(option: string, spec: OptionSpec | undefined): readonly string[] {
  if (spec?.kind === 'choice') return spec.of;
  if (spec?.kind !== 'duration') return [];
  if (DURATIONS[option] === undefined) throw new Error(`DURATIONS names no value of \`${option}\``);
  return spec.optional ? ['none'] : [];
}

/** Lets each setting draw worlds of its own; those of a seed that a failure has named are drawn by all. */
function seedOf(setting: number): { seed?: number } {
  const { seed } = fc.readConfigureGlobal();
  return seed === undefined || process.env['ALLOT_SEED'] !== undefined ? {} : { seed: seed + setting };
}

function orNothing(choices: readonly Readonly<Record<string, string>>[]): readonly Readonly<Record<string, string>>[] {
  return choices.length > 0 ? choices : [{}];
}

describe.each(allocators.map((definition) => ({ name: definition.name, policies: settings(definition) })))(
  '$name',
  ({ name, policies }) => {
    const kept = laws.filter((law) => !declines.some((each) => each.allocator === name && each.law === law.name));
    const spoken = kept.filter((law) => policies.some(law.applies));
    it.each(spoken)(
      '$name',
      async ({ worlds, applies, hold }) => {
        const spokenOf = policies.filter(applies);
        for (const [setting, policy] of spokenOf.entries()) {
          await fc.assert(
            fc.asyncProperty(worldsOf(policy, worlds), (world) => hold(world, policy)),
            { numRuns: Math.ceil(RUNS / spokenOf.length), ...seedOf(setting) },
          );
        }
      },
      3_600_000,
    );
  },
);

describe('the list of declined laws', () => {
  it('names registered allocators and laws that stand here', () => {
    for (const { allocator, law } of declines) {
      expect(allocators.map(({ name }) => name)).toContain(allocator);
      expect(laws.map(({ name }) => name)).toContain(law);
    }
  });

  it('declines nothing that is kept: each declined law is broken by some world', async () => {
    for (const { allocator, law } of declines) {
      const { worlds, applies, hold } = laws.find(({ name }) => name === law)!;
      const policy = settings(allocators.find(({ name }) => name === allocator)!).find(applies)!;
      const property = fc.asyncProperty(worldsOf(policy, worlds), (world) => hold(world, policy));
      expect(await fc.check(property, { numRuns: 500, endOnFailure: true })).toMatchObject({ failed: true });
    }
  }, 120_000);
});

describe('a gang of three shares of 0.6 of a device, with two devices on each of two nodes, ends', () => {
  it.each(allocators.map((definition) => ({ name: definition.name, policies: settings(definition) })))(
    'under $name',
    async ({ policies }) => {
      const groups = [{ name: 'n', count: 2, capacity: [4000, 4000, 2000], attributes: {} }];
      const gang = { framework: 'a', submit: 0, gang: true, tasks: new Array(3).fill({ demand: [0, 0, 600], run: 5 }) };
      for (const policy of policies) {
        const finished = run({ ...EMPTY, groups, jobs: [gang] }, policy);
        if (isFluid(policy)) await expect(finished).rejects.toThrow('shares one pool as a fluid');
        else expect([policy, (await finished).counts.jobs.completed]).toEqual([policy, 1]);
      }
    },
  );
});

describe('a gang of unlike tasks', () => {
  const cases = settings(fifo);

  it.each(cases)(
    'that was accepted ends, and so does what waits behind it: $placement $queue',
    async (policy: Policy) => {
      // On nodes of 2 and 3 cpus tasks of 2 and 3 fit side by side, the first on the first.
      const gang = { framework: 'a', submit: 0, gang: true, tasks: [2000, 3000].map((cpus) => task(cpus, 1_000_000)) };
      const behind = { framework: 'a', submit: 1_000_000, tasks: [task(1000, 1_000_000)] };
      const groups = [2000, 3000].map((cpus) => ({
        name: `n${cpus}`,
        count: 1,
        capacity: [cpus, 0, 0],
        attributes: {},
      }));
      const { rejected, counts } = await run({ ...EMPTY, groups, jobs: [gang, behind] }, policy);
      expect(counts.jobs.completed + rejected.length).toBe(2);
      expect(rejected).not.toContain(1);
    },
  );
});

const EMPTY = fc.sample(lawWorlds, { numRuns: 1, seed: 1 })[0]!;

function task(cpus: number, run: number) {
  return { demand: [cpus, 0, 0], run };
}

function run(
  world: LawWorld,
  allocator: Policy,
  observer?: (cluster: Cluster) => ReturnType<NonNullable<TestRun['observers']>>[number],
): Promise<FinishedTestRun> {
  return runWorkload({ ...world, allocator, ...(observer && { observers: (cluster) => [observer(cluster)] }) });
}

/** A fluid policy refuses a cluster that is not one node without devices: it is given the first node, without them. */
function worldsOf(policy: Policy, worlds: fc.Arbitrary<LawWorld>): fc.Arbitrary<LawWorld> {
  if (!isFluid(policy)) return worlds;
  return worlds.map((world) => {
    const { name, capacity, attributes } = world.groups[0]!;
    return { ...world, groups: [{ name, count: 1, capacity: [capacity[0]!, capacity[1]!, 0], attributes }] };
  });
}

/** Of a gang's segments those that overlap start at one time, and of these those that are cut stop at one time. */
function expectTogether(segments: readonly Segment[]): void {
  for (const segment of segments) {
    for (const other of segments) {
      if (other.start > segment.start && other.start < segment.end) expect(other.start).toBe(segment.start);
      if (other.start !== segment.start || other.lost === null) continue;
      if (segment.lost !== null) expect(segment.end).toBe(other.end);
      else expect(segment.end).toBeLessThanOrEqual(other.end);
    }
  }
}

/** Says what the last event of a node up to that time left it as. */
function isUpAt({ events = [] }: LawWorld, node: number, time: number): boolean {
  const last = events.filter((event) => event.what === 'node' && event.at <= time && event.nodes.includes(node)).at(-1);
  return last === undefined || (last.what === 'node' && last.state === 'up');
}

/** All that was not rejected has ended, and no task started before those that it waits for had. */
function expectAllEnded(world: LawWorld, { counts, rejected, tasks, segments }: FinishedTestRun): void {
  const { started, completed, preempted, failed, submitted } = counts.tasks;
  expect(counts.jobs).toMatchObject({ unfinished: 0, failed: 0, completed: world.jobs.length - rejected.length });
  expect(completed).toBe(submitted);
  expect(started).toBe(completed + preempted + failed);
  for (const [index, { stages }] of world.jobs.entries()) {
    if (stages === undefined || rejected.includes(index)) continue;
    const stageOf = stageOfEach(stages);
    const ends = tasks.filter(({ job }) => job === index).map(({ end }) => end!);
    for (const { position, start } of segments.filter(({ job }) => job === index)) {
      const { parents } = stages[stageOf[position]!]!;
      for (const [other, end] of ends.entries()) {
        if (parents.includes(stageOf[other]!)) expect(start).toBeGreaterThanOrEqual(end);
      }
    }
  }
}

function startsOf(tasks: readonly ScheduledTask[], job: number): (number | null)[] {
  return tasks.filter((each) => each.job === job).map(({ start }) => start);
}

function expectWithinCapacity(cluster: Cluster): void {
  for (const r of cluster.resources.keys()) {
    let total = 0;
    for (let node = 0; node < cluster.nodeCount; node++) {
      const free = cluster.free(node, r);
      expect(free).toBeGreaterThanOrEqual(0);
      expect(free).toBeLessThanOrEqual(cluster.capacity(node, r));
      total += free;
    }
    expect(cluster.totalFree(r)).toBe(total);
  }
}

function expectNoRoom(cluster: Cluster, job: number): void {
  if (cluster.isGang(job)) return;
  const next = cluster.firstQueuedTask(job);
  for (let node = 0; node < cluster.nodeCount; node++) expect(cluster.fits(next, node)).toBe(false);
}
