import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { allot } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'allot-explain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const SCENARIO = 'scenarios/head-of-line-blocking.yaml';

it('explain shows what kept a job behind a wide one, and what would have let it start', async () => {
  const { code, out } = await allot(['explain', SCENARIO, '--job', 'N-1']);
  expect(code).toBe(0);
  expect(out).toMatch(/\+0 s {2}2 s .* behind WIDE, which does not fit \(1 ahead\)/);
  expect(out).toMatch(/\+2 s {2}2 s .* no room: short of cpus, at best by 2 cpus/);
  expect(out).toMatch(/\+4 s .* started on pool/);
  expect(out).toContain('with --set allocator.queue=skip it starts at +0 s, 4 s sooner');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

it('explain runs a recorded run again, several jobs at once, and gives JSON', async () => {
  const results = join(folder, 'results');
  await allot(['run', SCENARIO, '--out', results]);
  const { code, out } = await allot(['explain', results, '--job', 'WIDE', '--index', '2', '--json']);
  expect(code).toBe(0);
  const { digest } = JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8'));
  expect(JSON.parse(out)).toMatchObject({
    schema: 'allot.explanation/1',
    digest,
    jobs: [
      {
        job: 'WIDE',
        index: 1,
        wait_s: 3,
        timeline: [{ from_s: 1, to_s: 4, room: { has_room: false, nodes: 1 }, reason: null }],
        remedies: [{ kind: 'room', node: 'pool', lacks: { cpus: 2 } }],
      },
      {
        job: 'N-1',
        timeline: [{ reason: { kind: 'behind-head', job: { index: 1, name: 'WIDE' } } }, { reason: null }],
        remedies: [
          { kind: 'setting', set: 'allocator.queue=skip', start_s: 2 },
          { kind: 'room', time_s: 4, node: 'pool', lacks: { cpus: 2 } },
        ],
      },
    ],
  });
});

it('explain tries settings that are asked for, of a recorded run too', async () => {
  const { out } = await allot(['explain', SCENARIO, '--job', 'WIDE', '--try', 'cluster.nodes.0.count=2']);
  expect(out).toContain('with --set cluster.nodes.0.count=2 it starts at +0 s, 3 s sooner');
});

it('explain says plainly that a run came out otherwise than recorded, with exit code 4', async () => {
  const results = join(folder, 'changed');
  await allot(['run', SCENARIO, '--out', results]);
  const manifest = join(results, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"digest": "...../, '"digest": "00000'));
  const { code, out, err } = await allot(['explain', results, '--job', 'WIDE']);
  expect({ code, out }).toEqual({ code: 4, out: '' });
  expect(err).toContain('not reproduced');
});

it('explain tells of offers that others keep, and of what guarantees keep, under mesos', async () => {
  const hoarding = await allot(['explain', 'scenarios/mesos-offer-hoarding.yaml', '--job', 'worker', '--json']);
  const [worker] = JSON.parse(hoarding.out).jobs;
  const ten = { least: 10, most: 10 };
  // The hoarder keeps each of the ten nodes whole.
  expect(worker).toMatchObject({
    start_s: null,
    timeline: [{ reason: { kind: 'offers', nodes: ten, elsewhere: ten } }],
  });
  const kept = await allot(['explain', 'scenarios/mesos-quota-headroom.yaml', '--job', 'reports']);
  // Half of the cpus are guaranteed to production, which uses none until 20 m: no more than what ends is given out again.
  expect(kept.out).toMatch(/nodes with room: 0 to 10 kept\s+for\s+guarantees\s+of\s+others/);
});

it('explain gives the reason of a rejection', async () => {
  const { code, out } = await allot(['explain', SCENARIO, '--set', 'workload.1.demand.cpus=5', '--job', 'WIDE']);
  expect(code).toBe(0);
  expect(out).toContain('rejected: a task needs 5 cpus, the largest node has 4');
});

it('explain says which job it does not find, with exit code 2', async () => {
  expect(await allot(['explain', SCENARIO])).toMatchObject({ code: 2 });
  const { code, err } = await allot(['explain', SCENARIO, '--job', 'NARROW', '--index', '99']);
  expect(code).toBe(2);
  expect(err).toContain('--job NARROW: no job of that name');
  expect(err).toContain('--index 99: no job of that number');
  const results = join(folder, 'results');
  expect((await allot(['explain', results, '--job', 'WIDE', '--seed', '2'])).err).toContain('--try tries changes');
});
