import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/report/run-result.ts';
import { pythonProblem } from '../support/python.ts';
import { allot, allotJson, ROOT } from '../support/run-cli.ts';

const EXAMPLES = join(ROOT, 'examples/external');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-frameworks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two frameworks on four nodes; `a` has the scheduler given. */
function scenario(scheduler: object | string): string {
  const path = join(folder, 'two.yaml');
  writeFileSync(
    path,
    `version: 1
cluster: { nodes: [{ name: n, count: 4, capacity: { cpus: 4, mem: 8GB } }] }
frameworks: { a: { scheduler: ${JSON.stringify(scheduler)} } }
workload:
  - { framework: a, jobs: 30, every: 2s, tasks: 3, demand: { cpus: 1, mem: 1GB }, duration: 10s }
  - { framework: b, jobs: 30, every: 2s, tasks: 2, demand: { cpus: 1, mem: 1GB }, duration: 8s }
allocator: mesos
`,
  );
  return path;
}

/** A scheduler that answers the n-th offers, from 0, with what `decide` gives. */
function failing(decide: string): string[] {
  const path = join(folder, 'failing.cjs');
  writeFileSync(
    path,
    `const say = (words) => console.log(typeof words === 'string' ? words : JSON.stringify({ v: 1, ...words }));
let n = -1;
const tasks = [];
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  if (message.type === 'hello') return say({ type: 'ready' });
  for (const event of message.events) if (event.type === 'job-queued') tasks.push(...event.tasks.map(({ task }) => task));
  if (message.type !== 'offers') return say({ decisions: [] });
  n++;
  const [offer] = message.offers;
  const accept = { type: 'accept', offer: offer.offer, tasks: tasks.splice(0, 1) };
  const good = { decisions: accept.tasks.length > 0 ? [accept] : [] };
  ${decide}
});
`,
  );
  return [process.execPath, path];
}

describe.skipIf(pythonProblem !== null)(`a framework in Python ${pythonProblem ?? ''}`, { timeout: 120_000 }, () => {
  it('executes its tasks', async () => {
    const { code, err } = await allot(['run', join(EXAMPLES, 'mission.yaml'), '--audit']);
    expect(err).toBe('Executing task 1\nExecuting task 2\n');
    expect(code).toBe(0);
  });

  it('does what the same scheduler does inside', async () => {
    const command = ['python3', join(EXAMPLES, 'greedy_scheduler.py')];
    const outside = await allotJson<RunResult>(['run', scenario({ command }), '--audit']);
    const inside = await allotJson<RunResult>(['run', scenario({ name: 'greedy', idle: 'decline' })]);
    expect(outside.schedule_digest).toBe(inside.schedule_digest);
    expect(outside.reproducible).toBe(true);
  });
});

const FAILURES: readonly (readonly [string, string, RegExp])[] = [
  [
    'accepts an offer twice',
    "say(n < 2 ? good : { decisions: [{ type: 'decline', offer: offer.offer }, { type: 'decline', offer: offer.offer }] })",
    /framework a, at [\d.]+ s: offer \d+ is not open: it was answered already/,
  ],
  [
    'launches more than it was offered',
    `tasks.unshift(...accept.tasks);
  if (tasks.length < 6) say({ decisions: message.offers.map(({ offer }) => ({ type: 'decline', offer, refuse: 0 })) });
  else say({ decisions: [{ ...accept, tasks }] });`,
    /framework a, at [\d.]+ s: what was launched on offer \d+ needs more than was offered: \d+ cpus of \d/,
  ],
  [
    'prints garbage',
    "say(n < 2 ? good : 'garbage')",
    /framework a, at [\d.]+ s: its answer is no JSON; it said: garbage/,
  ],
  ['exits', 'if (n < 2) say(good); else process.exit(3)', /framework a, at [\d.]+ s: it exited with code 3/],
  [
    'sleeps',
    'if (n < 2) say(good); else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
    /framework a, at [\d.]+ s: it did not answer within 3 s/,
  ],
];

describe('a framework whose program fails', { timeout: 120_000 }, () => {
  it.each(FAILURES)('%s: the run ends, and the error says who, when and what', async (_title, decide, error) => {
    const scheduler = { command: failing(decide), 'time-limit': '3s' };
    const { code, out, err } = await allot(['run', scenario(scheduler)]);
    expect(err).toMatch(error);
    expect(code).toBe(1);
    expect(out).toBe('');
  });

  it.each(FAILURES)('%s: with on-error: deactivate the run goes on without it, and says so', async (_title, decide) => {
    const scheduler = { command: failing(decide), 'time-limit': '3s', 'on-error': 'deactivate' };
    const out = join(folder, 'out');
    const { code } = await allot(['run', scenario(scheduler), '--audit', '--out', out]);
    expect(code).toBe(0);
    const read = <T>(file: string) => JSON.parse(readFileSync(join(out, file), 'utf8')) as T;
    const { reproducible, jobs, frameworks } = read<RunResult>('result.json');
    expect(reproducible).toBe(false);
    expect(read<{ reproducible: boolean }>('manifest.json').reproducible).toBe(false);
    // The other framework has the cluster to itself, and loses nothing.
    expect(jobs).toMatchObject({ submitted: 60, completed: 30, failed: 30 });
    expect(frameworks['a']!.running.tasks).toBe(0);
    expect(await allot(['verify', out])).toMatchObject({ code: 2 });
  });
});
