import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scalarsOf } from '../../src/allocators/mesos/resources/bundle.ts';
import { courtesyOptions } from '../../src/allocators/mesos/schedulers/courtesy-options.ts';
import { schedulers } from '../../src/allocators/mesos/schedulers/registry.ts';
import type { OutsideEvent } from '../../src/allocators/outside-event.ts';
import { OptionReader, resolveOptions } from '../../src/base/options.ts';
import { openStream } from '../../src/base/random.ts';
import { SECOND } from '../../src/base/time.ts';
import { type MasterRun, runMaster } from '../support/master-run.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 50 : 1) * 20;
const NAMES = ['a', 'b', 'c'];

const time = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((s) => s * SECOND),
  fc.integer({ min: 0, max: 20 * SECOND }),
);
const framework = fc.constantFrom(...NAMES);
/** What happens, and what undoes it: by second 30 all nodes and the master are there again. */
function events(nodes: number): fc.Arbitrary<OutsideEvent[]> {
  const lasts = fc.integer({ min: 1, max: 8 * SECOND });
  const node = fc
    .tuple(
      time,
      lasts,
      fc.integer({ min: 0, max: nodes - 1 }),
      fc.constantFrom('down' as const, 'draining' as const, 'unreachable' as const),
    )
    .map(([at, length, n, state]): OutsideEvent[] => [
      { at, what: 'node', nodes: [n], state },
      { at: at + length, what: 'node', nodes: [n], state: 'up' },
    ]);
  const master = fc.tuple(time, lasts).map(([at, length]): OutsideEvent[] => [
    { at, what: 'master-down' },
    { at: at + length, what: 'master-up' },
  ]);
  const party = fc.tuple(time, lasts, framework).map(([at, length, name]): OutsideEvent[] => [
    { at, what: 'framework-down', framework: name },
    { at: at + length, what: 'framework-up', framework: name },
  ]);
  const gone = fc
    .tuple(time, framework)
    .map(([at, name]): OutsideEvent[] => [{ at, what: 'framework-gone', framework: name }]);
  const weight = fc
    .tuple(time, framework, fc.integer({ min: 1, max: 3 }))
    .map(([at, role, w]): OutsideEvent[] => [{ at, what: 'weight', role, weight: w }]);
  // A guarantee or limit that is lifted in the end holds nobody up for ever.
  const quota = fc
    .tuple(time, framework, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }))
    .map(([at, role, least, more]): OutsideEvent[] => [
      {
        at,
        what: 'quota',
        role,
        guarantee: new Map([[0, least * 1000]]),
        limit: new Map([[0, (least + more) * 1000]]),
      },
      { at: 30 * SECOND, what: 'quota', role, guarantee: new Map(), limit: new Map() },
    ]);
  return fc
    .tuple(fc.array(fc.oneof(node, node, party, gone, weight, quota), { maxLength: 5 }), fc.option(master, { nil: [] }))
    .map(([list, one]) => [...list, one].flat().sort((a, b) => a.at - b.at));
}

const worlds = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    jobs: fc
      .array(
        fc.record({
          framework,
          at: fc.integer({ min: 0, max: 15 }),
          tasks: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
          run: fc.integer({ min: 0, max: 9 }),
          gang: fc.boolean(),
        }),
        { minLength: 1, maxLength: 10 },
      )
      .map((list) => list.sort((a, b) => a.at - b.at)),
    events: events(nodes.length),
    using: fc.record({ a: scheduler(), b: scheduler(), c: scheduler() }),
    failover: fc.constantFrom(0, 5 * SECOND),
    checkpoint: fc.boolean(),
    suppresses: fc.boolean(),
    think: fc.constantFrom(0, 0, 700_000),
    loss: fc.constantFrom('connection', 'silence'),
    timeout: fc.constantFrom('none', '20s'),
  }),
);

function scheduler() {
  return fc.constantFrom(...schedulers.map(({ name }) => name));
}

type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

function run(world: World) {
  const acts: MasterRun['acts'] = Object.fromEntries(
    NAMES.map((name) => {
      const definition = schedulers.find((each) => each.name === world.using[name as 'a'])!;
      const { values } = resolveOptions({ ...courtesyOptions, ...definition.options }, {});
      return [
        name,
        (actor) =>
          definition.create(new OptionReader(values), {
            ...actor,
            nodes: world.nodes.length,
            stream: (stream) => openStream('1', `${name}/${stream}`),
            count: () => {},
          }),
      ];
    }),
  );
  const settings = { failoverTimeout: world.failover, checkpoint: world.checkpoint };
  return runMaster({
    ...world,
    acts,
    settings: Object.fromEntries(NAMES.map((name) => [name, settings])),
    options: { 'node-loss': world.loss, 'offer-timeout': world.timeout, patience: '5m', 'agent-ping-timeout': '1s' },
    afterPass(view, hierarchy, master) {
      for (let node = 0; node < view.nodeCount; node++) {
        expect(view.free(node, 0)).toBeGreaterThanOrEqual(0);
        if (!master.knows(node)) continue;
        const name = view.nodeName(node);
        const total = scalarsOf(hierarchy.total(name))[0] ?? 0;
        const available = scalarsOf(hierarchy.available(name))[0] ?? 0;
        expect(total).toBe(view.capacity(node, 0));
        let held = 0;
        for (const each of NAMES) held += scalarsOf(hierarchy.held(each, each, name))[0] ?? 0;
        // What is offered or in use is counted once, and what runs is part of it.
        expect(held).toBeLessThanOrEqual(total - available);
        if (view.nodeState(node) === 'up') expect(total - available).toBeGreaterThanOrEqual(total - view.free(node, 0));
      }
    },
  });
}

it('keeps books that agree with the cluster, whatever frameworks, nodes, operators and masters do', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const first = await run(world);
      const { submitted, completed, failed, rejected, unfinished } = first.counts.jobs;
      expect(submitted).toBe(completed + failed + rejected + unfinished);
      // Who leaves jobs unfinished is a framework that declines everything, or one that wants what nobody gives together.
      const mayLeave = world.jobs.some((job) =>
        ['decline', 'mpi', 'hadoop', 'spark'].includes(world.using[job.framework as 'a']),
      );
      if (!mayLeave) expect(unfinished).toBe(0);
      const leave = world.events.some(({ what }) => what === 'framework-gone' || what === 'framework-down');
      if (!leave) expect(failed).toBe(0);
      expect((await run(world)).digest).toBe(first.digest);
    }),
    { numRuns: RUNS },
  );
}, 600_000);
