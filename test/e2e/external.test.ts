import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ExternalScheduler } from '../../src/allocators/external/external-scheduler.ts';
import type { SchedulerDefinition } from '../../src/allocators/mesos/schedulers/framework-scheduler.ts';
import { resource } from '../../src/base/amounts.ts';
import { SECOND } from '../../src/base/time.ts';
import { ChildChannel } from '../../src/platform/child-channel.ts';
import type { RunResult } from '../../src/report/run-result.ts';
import { FakeDriver } from '../support/fake-driver.ts';
import { pythonProblem } from '../support/python.ts';
import { allot, allotJson, ROOT } from '../support/run-cli.ts';

const EXAMPLES = join(ROOT, 'examples/external');
const FIFO = join(EXAMPLES, 'fifo.yaml');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-external-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A policy in JavaScript that answers each pass with what `decide` gives, which may do worse than answer. */
function policy(name: string, decide: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(
    path,
    `const fs = require('node:fs');
fs.appendFileSync(${JSON.stringify(join(folder, 'pids'))}, process.pid + '\\n');
const say = (words) => fs.writeSync(1, JSON.stringify({ v: 1, ...words }) + '\\n');
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  if (message.type === 'hello') say({ type: 'ready' });
  else { ${decide} }
});
`,
  );
  return path;
}

/** Runs the small scenario with a program of JavaScript. */
function runWith(path: string, ...more: string[]) {
  const allocator = JSON.stringify({ command: [process.execPath, path], 'time-limit': '20s' });
  return allot(['run', FIFO, '--allocator', allocator, ...more]);
}

describe.skipIf(pythonProblem !== null)(`a policy in Python ${pythonProblem ?? ''}`, { timeout: 120_000 }, () => {
  it('gives the schedule that it gives inside', async () => {
    const inside = await allotJson<RunResult>(['run', FIFO, '-a', '{ name: fifo, placement: first-fit }']);
    const outside = await allotJson<RunResult>(['run', FIFO, '--audit']);
    expect(outside.schedule_digest).toBe(inside.schedule_digest);
    expect(outside.allocator).toEqual({
      name: 'external',
      command: ['python3', 'fifo_allocator.py'],
      'time-limit': '5s',
      'on-error': 'fail',
    });
    expect(outside.reproducible).toBe(true);
  });

  it('is recorded in the manifest, and verified from there', async () => {
    const out = join(folder, 'out');
    expect(await allot(['run', FIFO, '--out', out])).toMatchObject({ code: 0 });
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      reproducible: true,
      scenario: { allocator: { name: 'external', command: ['python3', 'fifo_allocator.py'] } },
      allocator: { name: 'external', command: ['python3', 'fifo_allocator.py'] },
    });
    expect(await allot(['verify', out])).toMatchObject({ code: 0 });
    const survived = JSON.stringify({ ...manifest, reproducible: false });
    writeFileSync(join(out, 'manifest.json'), survived);
    expect(await allot(['verify', out])).toMatchObject({
      code: 2,
      err: expect.stringContaining('this run went on after a fault of another program'),
    });
  });
});

describe('a program that fails', { timeout: 120_000 }, () => {
  afterEach(() => {
    const pids = readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n').map(Number);
    expect(pids.filter(exists)).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    [
      'launches a task twice',
      "say({ decisions: ['0/0', '0/0'].map((task) => ({ type: 'launch', task, node: 0 })) })",
      /^error: allocator external, at 0 s: task 0\/0 is not queued: it runs; it said: \{/m,
    ],
    [
      'prints garbage',
      "fs.writeSync(1, 'garbage\\n')",
      /^error: allocator external, at 0 s: its answer is no JSON; it said: garbage$/m,
    ],
    [
      'exits',
      "console.error('I give up'); process.exitCode = 7; process.stdin.destroy()",
      /^error: allocator external, at 0 s: it exited with code 7; its standard error ends with: I give up$/m,
    ],
    ['speaks another version', 'say({ v: 2, decisions: [] })', /it speaks version 2 of the protocol, this is 1/],
    ['prints without end', "for (;;) fs.writeSync(1, 'x'.repeat(65536))", /it wrote a line of more than 64 MiB/],
  ])('it %s', async (name, decide, error) => {
    const { code, err, out } = await runWith(policy(name.replaceAll(' ', '-'), decide));
    expect(err).toMatch(error);
    expect(code).toBe(1);
    expect(out).toBe('');
  });

  it('it sleeps', async () => {
    const path = policy('sleeps', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)');
    const { code, err } = await runWith(path, '--set', 'allocator.time-limit=2s');
    expect(err).toContain('error: allocator external, at 0 s: it did not answer within 2 s');
    expect(code).toBe(1);
  });

  it('it decides nothing: its jobs stay where they are, and the run ends', async () => {
    const { jobs } = JSON.parse((await runWith(policy('idle', 'say({ decisions: [] })'), '--json')).out) as RunResult;
    expect(jobs).toMatchObject({ submitted: 35, completed: 0, unfinished: 35 });
  });
});

describe('a command that is wrong', { timeout: 60_000 }, () => {
  it.each([
    ['{ command: [no-such-program] }', 1, 'allocator external, at 0 s: there is no program `no-such-program`'],
    ['{ command: python3 }', 2, 'allocator.command: must be a list of texts, such as [python3, policy.py]'],
    ['{ command: [] }', 2, 'allocator.command: must be a list of texts, such as [python3, policy.py]'],
    ['external', 2, 'allocator.command: is missing: expected a list of texts'],
    ['{ command: [a], time-limt: 3s }', 2, 'unknown option `time-limt`'],
    ['{ command: [a], on-error: deactivate }', 2, 'allocator.on-error: got "deactivate", expected fail'],
  ])('%s ends with %i', async (allocator, code, message) => {
    const outcome = await allot(['run', FIFO, '--allocator', allocator]);
    expect(outcome.err).toContain(message);
    expect(outcome.code).toBe(code);
  });
});

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const opened: ChildChannel[] = [];
afterEach(() => {
  for (const channel of opened.splice(0)) channel.close();
});

/** A framework whose scheduler is a program of the examples. */
function framework(...command: string[]): SchedulerDefinition {
  return {
    name: 'external',
    summary: '',
    source: '',
    options: {},
    create: (_options, context) => {
      const channel = new ChildChannel(command, EXAMPLES);
      opened.push(channel);
      const resources = [resource('cpus'), resource('mem')];
      return new ExternalScheduler(channel, context, { framework: 'a', role: 'a', resources, limitMs: 30_000 });
    },
  };
}

/** What a greedy framework does: three tasks on two offers, and one that is lost runs again. */
function expectGreed(driver: FakeDriver): void {
  driver.job(3);
  driver.job(2, { gang: true });
  driver.offer([0, 2], [1, 0.5], [2, 4]);
  expect(driver.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'decline n1', 'run 0.2 on n2']);
  driver.now = SECOND;
  driver.end(0, 1, 'lost');
  driver.end(0, 2);
  driver.offer([3, 2]);
  expect(driver.said()).toEqual(['run 0.1 on n3']);
}

describe('the examples of schedulers', { timeout: 120_000 }, () => {
  it.skipIf(pythonProblem !== null)('greedy_scheduler.py launches all that fits', () => {
    expectGreed(new FakeDriver(framework('python3', 'greedy_scheduler.py')));
  });

  it('greedy-scheduler.ts launches all that fits', () => {
    expectGreed(new FakeDriver(framework(process.execPath, '--import', 'tsx', 'greedy-scheduler.ts')));
  });

  it.skipIf(pythonProblem !== null)(
    'mission_scheduler.py asks for resources, and launches what they suffice for',
    () => {
      const driver = new FakeDriver(framework('python3', 'mission_scheduler.py'));
      driver.job(3);
      driver.until(0);
      expect(driver.said()).toEqual(['revive']);
      driver.offer([0, 2], [1, 0.5]);
      expect(driver.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'decline n1']);
    },
  );
});
