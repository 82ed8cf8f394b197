import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readPlan } from '../../src/cli/read-plan.ts';
import type { SweepNotice } from '../../src/experiment/queued-sweep.ts';
import type { RunRecord } from '../../src/experiment/run-record.ts';
import type { SweepResult } from '../../src/experiment/sweep-result.ts';
import { Redis } from '../../src/platform/redis.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.ts';
import { allot, allotJson } from '../support/run-cli.ts';
import { type StartedCli, startAllot } from '../support/started-cli.ts';

const why = hasRedis ? '' : ' (skipped: there is no redis-server here)';
const inQueues = describe.skipIf(!hasRedis);

let folder: string;
let scenario: string;
let whole: SweepResult;
let server: RedisServer;
const started: StartedCli[] = [];

beforeAll(async () => {
  if (!hasRedis) return;
  folder = mkdtempSync(join(tmpdir(), 'allot-queue-'));
  scenario = write('queue.yaml', 4_000);
  server = await startRedis();
  whole = await allotJson<SweepResult>(sweep('whole', '-j', '1'));
}, 120_000);
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});
afterAll(async () => {
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

function write(name: string, jobs: number): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    `version: 1
name: queue
cluster: { nodes: [{ name: n, count: 2, capacity: { cpus: 4 } }] }
workload:
  - generate: { model: poisson, framework: a, rate: 1/s, jobs: ${jobs}, demand: { cpus: 3 }, duration: { exponential: { mean: 1.6s } } }
allocators: [fifo, drf]
`,
  );
  return path;
}

const sweep = (out: string, ...more: string[]) => [
  ...['sweep', scenario, '--grid', 'cluster.nodes.0.count=[2, 3]', '--seeds', '4', '--out', join(folder, out)],
  ...more,
];
const queued = (out: string, ...more: string[]) => sweep(out, '--queue', server.address, ...more);

function start(words: readonly string[]): StartedCli {
  const one = startAllot(words);
  started.push(one);
  return one;
}

function recordsOf(out: string): RunRecord[] {
  const path = join(folder, out, 'runs.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as RunRecord);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(20);
}

/** Looks into the Redis as a process of allot does. */
async function looking<T>(action: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = await Redis.open(server.address);
  try {
    return await action(redis);
  } finally {
    await redis.close();
  }
}

const noticesLeft = () => looking(async (redis) => Object.keys(await redis.notices()));

/** What is in the queue of the only sweep. */
const counts = () =>
  looking(async (redis) => {
    const [name] = Object.keys(await redis.notices());
    if (name === undefined) return { waiting: 0, active: 0 };
    const queue = await redis.queue(name);
    const found = await queue.counts();
    await queue.close();
    return found;
  });

inQueues(`a sweep over a queue${why}`, { timeout: 180_000 }, () => {
  it('gives what a serial one gives, whoever did which run, and leaves nothing behind', async () => {
    const coordinator = start(queued('two', '--json'));
    await until(() => coordinator.err().includes('allot worker redis://127.0.0.1'));
    const workers = [1, 2].map(() => start(['worker', server.address, '--until-empty', '-j', '1']));
    const { code, out } = await coordinator.ended;
    expect(code).toBe(0);
    const result = JSON.parse(out) as SweepResult;
    expect(result.digest).toBe(whole.digest);
    expect(result.cells).toEqual(whole.cells);
    const ends = await Promise.all(workers.map(({ ended }) => ended));
    expect(ends.map((end) => end.code)).toEqual([0, 0]);
    const done = ends.map(({ err }) => (err.includes('one run done') ? 1 : Number(/(\d+) runs done/.exec(err)![1])));
    expect(done[0]! + done[1]!).toBe(16);
    expect(await noticesLeft()).toEqual([]);
    // A folder is a folder: the same sweep without a queue has nothing left to do.
    expect((await allot(sweep('two'))).err).toContain('16 of 16 runs are done already');
  });

  it('has the runs of a worker that is killed done by another', async () => {
    const coordinator = start(queued('orphan', '--json'));
    const first = start(['worker', server.address, '-j', '1']);
    await until(() => recordsOf('orphan').length >= 3);
    // Stopped, it holds a run; then it dies with it.
    await until(async () => {
      first.child.kill('SIGSTOP');
      const { active } = await counts();
      if (active === 0) first.child.kill('SIGCONT');
      return active > 0 || coordinator.child.exitCode !== null;
    });
    first.child.kill('SIGKILL');
    await first.ended;
    expect((await counts()).active).toBe(1);
    start(['worker', server.address, '-j', '1']);
    const { code, out } = await coordinator.ended;
    expect(code).toBe(0);
    expect((JSON.parse(out) as SweepResult).digest).toBe(whole.digest);
    const ids = recordsOf('orphan').map(({ run }) => run);
    expect([ids.length, new Set(ids).size]).toEqual([16, 16]);
  });

  it('has the runs of a worker that is told to end taken up by another at once', async () => {
    // Each run would take minutes; on so many nodes nothing waits and each round is short.
    const long = write('long.yaml', 30_000_000);
    const words = ['sweep', long, '-a', 'fifo', '--seeds', '2', '--out', join(folder, 'long')];
    const coordinator = start([...words, '--queue', server.address, '--retries', '0']);
    await until(async () => (await counts()).waiting === 2);
    for (const [signal, code] of [['SIGTERM', 143] as const, ['SIGHUP', 129] as const]) {
      const worker = start(['worker', server.address, '-j', '2']);
      await until(async () => (await counts()).active === 2);
      const told = Date.now();
      worker.child.kill(signal);
      const end = await worker.ended;
      expect([end.code, await counts()]).toEqual([code, { waiting: 2, active: 0 }]);
      expect(end.err).toContain('told to end: the runs that go on here go back\n0 runs done');
      // Well before a run that is left alone is noticed.
      expect(Date.now() - told).toBeLessThan(8_000);
    }
    // That was no death of a run: none has failed, though none may be tried again.
    expect(recordsOf('long')).toEqual([]);
    coordinator.child.kill('SIGINT');
    await coordinator.ended;
  });

  it('counts each run once while workers come and are told to end', async () => {
    const coordinator = start(queued('moving', '--json', '--retries', '0'));
    let done = 0;
    for (let i = 1; coordinator.child.exitCode === null && i <= 5; i++) {
      const worker = start(['worker', server.address, '-j', '2']);
      await until(() => recordsOf('moving').length >= 2 * i || coordinator.child.exitCode !== null);
      worker.child.kill(i % 2 === 0 ? 'SIGTERM' : 'SIGHUP');
      const { err } = await worker.ended;
      done += err.includes('one run done') ? 1 : Number(/(\d+) runs done/.exec(err)![1]);
    }
    const last = start(['worker', server.address, '--until-empty', '-j', '2']);
    const { code, out } = await coordinator.ended;
    expect(code).toBe(0);
    expect((JSON.parse(out) as SweepResult).digest).toBe(whole.digest);
    const ids = recordsOf('moving').map(({ run }) => run);
    expect([ids.length, new Set(ids).size]).toEqual([16, 16]);
    const { err } = await last.ended;
    expect(done + (err.includes('one run done') ? 1 : Number(/(\d+) runs done/.exec(err)![1]))).toBe(16);
  });

  it('goes on when its coordinator is killed, and the next one gathers what was done meanwhile', async () => {
    const first = start(queued('headless'));
    const worker = start(['worker', server.address, '-j', '1']);
    await until(() => recordsOf('headless').length >= 2);
    first.child.kill('SIGKILL');
    await first.ended;
    await until(async () => (await counts()).waiting === 0);
    const written = recordsOf('headless').length;
    expect(written).toBeLessThan(16);
    const { code, out, err } = await start(queued('headless', '--json')).ended;
    expect(code).toBe(0);
    expect(err).toContain(`${written} of 16 runs are done already`);
    expect((JSON.parse(out) as SweepResult).digest).toBe(whole.digest);
    expect(recordsOf('headless')).toHaveLength(16);
    worker.child.kill('SIGINT');
    const stopped = await worker.ended;
    expect(stopped.code).toBe(0);
    // Each run was done once, whether anybody listened or not.
    expect(stopped.err).toContain('16 runs done');
  });

  it('is coordinated by one process at a time', async () => {
    start(queued('one'));
    await until(async () => (await counts()).waiting === 16);
    const { code, err } = await allot(queued('other'));
    expect(code).toBe(2);
    expect(err).toMatch(/:\d+ coordinates this very sweep already$/m);
    const { child, ended } = started[0]!;
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(await noticesLeft()).toEqual([]);
  });

  it('stays in the queue on Ctrl-C where that is asked for', async () => {
    const first = start(queued('kept', '--keep-queue'));
    await until(async () => (await counts()).waiting === 16);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(130);
    const { err } = await allot(['worker', server.address, '--until-empty', '-j', '1']);
    expect(err).toContain('16 runs done');
    expect((await allotJson<SweepResult>(queued('kept'))).digest).toBe(whole.digest);
    expect(await noticesLeft()).toEqual([]);
  });

  it('records a run that fails, goes on with the rest, and ends with 1', async () => {
    const words = [
      '--set',
      'workload.0.generate.jobs=20',
      '--set',
      'until=2s',
      '--seeds',
      '1',
      '--queue',
      server.address,
    ];
    const grid = ['--grid', 'cluster.nodes.0.count=[2, 15000, 3, 4]', '--out', join(folder, 'memory')];
    const coordinator = start(['sweep', scenario, '-a', 'mesos', ...words, ...grid]);
    const worker = start(['worker', server.address, '-j', '1', '--memory', '32MB']);
    const { code, err } = await coordinator.ended;
    expect(code).toBe(1);
    expect(err).toContain('run failed (mesos, seed 1, cluster.nodes.0.count 15000): ran out of memory');
    const statuses = recordsOf('memory').map(({ status }) => status);
    expect(statuses.sort()).toEqual(['done', 'done', 'done', 'failed']);
    worker.child.kill('SIGINT');
    expect((await worker.ended).err).toContain('4 runs done, 1 of which failed');
  });

  it('refuses a run that was done before with another result', async () => {
    mkdirSync(join(folder, 'wrong'));
    const [first, ...others] = recordsOf('whole');
    const changed = { ...first, digest: '0'.repeat(64) };
    const lines = [changed, ...others.slice(1)].map((record) => `${JSON.stringify(record)}\n`);
    writeFileSync(join(folder, 'wrong', 'runs.jsonl'), lines.join(''));
    const { plan } = await readPlan(scenario, { confidence: 0.95 }, '4', [
      { path: 'cluster.nodes.0.count', values: [2, 3] },
    ]);
    const run = plan.runs.find(({ id }) => id === first!.run)!;
    // As if a coordinator had been killed before it took the run out of the queue.
    await looking(async (redis) => {
      const queue = await redis.queue(`sweep-${plan.id.slice(0, 32)}`);
      await queue.put(run.id, { scenario: run.scenario, extras: {} });
      await queue.close();
    });
    const coordinator = start(queued('wrong'));
    start(['worker', server.address, '-j', '1']);
    const { code, err } = await coordinator.ended;
    expect(code).toBe(4);
    expect(err).toContain('a run was done twice with different results');
  });
});

inQueues(`a Redis that is gone${why}`, { timeout: 180_000 }, () => {
  // It takes the time for which both hope that it comes back.
  it.runIf(process.env['ALLOT_FULL'] === '1')('ends sweep and worker with 1, and keeps what is done', async () => {
    const own = await startRedis();
    const coordinator = start([...sweep('lost'), '--queue', own.address]);
    const worker = start(['worker', own.address, '-j', '1']);
    await until(() => recordsOf('lost').length >= 2);
    await own.stop();
    for (const { ended } of [coordinator, worker]) {
      const { code, err } = await ended;
      expect(code).toBe(1);
      expect(err).toContain(`error: ${own.address} does not answer any more\n`);
    }
    expect((await allotJson<SweepResult>(sweep('lost'))).digest).toBe(whole.digest);
  });
});

inQueues(`a worker${why}`, { timeout: 120_000 }, () => {
  it('takes no part where another file lies in place of a trace', async () => {
    const log = '; MaxProcs: 4\n1 0 -1 60 2 -1 -1 2 60 -1 1 1 1 -1 -1 -1 -1 -1\n';
    const replay = `version: 1
name: replay
cluster: { nodes: [{ name: pool, count: 1, capacity: { cpus: 4 } }] }
workload: [{ trace: { file: log.swf } }]
allocators: [fifo]
`;
    for (const [name, text] of [['here', log] as const, ['there', log.replace('60', '61')] as const]) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'log.swf'), text);
    }
    const path = join(folder, 'here', 'replay.yaml');
    writeFileSync(path, replay);
    const words = ['sweep', path, '--seeds', '1', '--out', join(folder, 'replayed'), '--queue', server.address];
    const coordinator = start(words);
    await until(async () => (await counts()).waiting === 1);
    const worker = ['worker', server.address, '--until-empty', '-j', '1'];
    const refused = await allot([...worker, '--folder', join(folder, 'there')]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(
      /log\.swf is another file than the sweep was planned with: its SHA-256 is [0-9a-f]{12}/,
    );
    const missing = await allot([...worker, '--folder', join(folder, 'nowhere')]);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('log.swf: there is no such file');
    cpSync(join(folder, 'here'), join(folder, 'copy'), { recursive: true });
    expect((await allot([...worker, '--folder', join(folder, 'copy')])).code).toBe(0);
    expect((await coordinator.ended).code).toBe(0);
  });

  it('takes no part in sweeps of another version, or in which programs decide', async () => {
    const notice: SweepNotice = {
      ...{ schema: 'allot.queue/1', queue: 'sweep-x', version: '9.9.9', scenario: 'x', folder, traces: {} },
      programs: false,
    };
    await looking((redis) => redis.post('sweep-x', JSON.stringify(notice)));
    const other = await allot(['worker', server.address, '--until-empty', '-j', '1']);
    await looking((redis) => redis.takeDown('sweep-x'));
    expect(other.code).toBe(2);
    expect(other.err).toMatch(/it was planned by allot 9\.9\.9, and this is \d+\.\d+\.\d+/);

    const command = '{ command: [python3, examples/external/fifo.py] }';
    const coordinator = start([
      ...['sweep', scenario, '-a', command, '--seeds', '1', '--queue', server.address],
      ...['--out', join(folder, 'program')],
    ]);
    await until(async () => (await counts()).waiting === 1);
    const careful = await allot(['worker', server.address, '--until-empty', '-j', '1']);
    coordinator.child.kill('SIGINT');
    expect(careful.code).toBe(2);
    expect(careful.err).toContain('programs decide in it; start the worker with --programs');
  });

  it.each([
    ['redis://127.0.0.1:1', 'no Redis to work with at redis://127.0.0.1:1: connect ECONNREFUSED'],
    ['http://u:secret@x', 'no address of a Redis: expected one such as redis://localhost:6379, got http://…@x'],
  ])('and a sweep say what is wrong with %s', async (address, reason) => {
    const ends = [await allot(['worker', address]), await allot([...sweep('nowhere'), '--queue', address])];
    for (const { code, out, err } of ends) {
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(reason);
      expect(err).not.toMatch(/secret|\n +at /);
    }
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('takes no database that is not there for another', async () => {
    const { code, err } = await allot(['worker', `${server.address}/99`]);
    expect(code).toBe(2);
    expect(err).toContain('DB index is out of range');
  });
});
