import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../../../src/base/amounts.ts';
import { openBytes } from '../../../../../src/platform/files.ts';
import { realTraces } from '../../../../support/real-traces.ts';
import { readTrace } from '../read-trace.ts';

const deployment = (name: string, replicas: number, cpu = '1') => ({
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: { replicas, template: { spec: { containers: [{ resources: { requests: { cpu } } }] } } },
});

const event = (ts: number, applied_objs: unknown[], deleted_objs: unknown[] = []) => ({
  ts,
  applied_objs,
  deleted_objs,
});

async function read(events: unknown, own = {}) {
  const { jobs, account } = await readTrace(
    JSON.stringify({ events }),
    { file: 't.json', format: 'simkube', as: 'tasks', own },
    { resources: [resource('cpus')], constraint: () => 1 },
  );
  return { pods: jobs.map(({ name, submit, run }) => [name, submit, run[0]]), account };
}

describe('the pods of a SimKube trace', () => {
  it('come and go with the scale of their deployment, the youngest first', async () => {
    const { pods } = await read([
      event(100, [deployment('web', 1)]),
      event(110, [deployment('web', 3)]),
      event(130, [deployment('web', 2)]),
      event(160, [], [deployment('web', 2)]),
      event(200, []),
    ]);
    expect(pods).toEqual([
      ['shop/web-0', 100, 60],
      ['shop/web-2', 110, 20],
      ['shop/web-1', 110, 50],
    ]);
  });

  it('are made anew where they change', async () => {
    const { pods } = await read([
      event(0, [deployment('web', 1)]),
      event(10, [deployment('web', 1, '2')]),
      event(30, []),
    ]);
    expect(pods).toEqual([
      ['shop/web-0', 0, 10],
      ['shop/web-1', 10, 20],
    ]);
  });

  it('run until the trace ends, or as long as is said', async () => {
    const events = [event(0, [deployment('web', 1)]), event(30, [])];
    const end = await read(events);
    expect(end.pods).toEqual([['shop/web-0', 0, 30]]);
    expect(end.account.rules['no-end']).toBe('runs until the trace ends');
    expect((await read(events, { 'run-time': '5m' })).pods).toEqual([['shop/web-0', 0, 300]]);
  });

  it('are left out where they cannot be', async () => {
    const { pods, account } = await read([
      event(0, [{ kind: 'Secret' }, 3, deployment('huge', 1e9)]),
      { applied_objs: [deployment('when', 1)] },
      event(5, [deployment('short', 1)]),
    ]);
    expect(pods).toEqual([]);
    expect(account).toMatchObject({
      read: 5,
      skipped: {
        'kind Secret': 1,
        'not an object': 1,
        'too many tasks': 1,
        'unknown submit': 1,
        'zero run time': 1,
      },
    });
  });

  it('are none where there are no events', async () => {
    await expect(read([])).rejects.toThrow('t.json: a SimKube trace has a list `events`');
  });
});

describe.skipIf(realTraces === null)('the trace of a deployment of 27 services', () => {
  it('has a pod for each replica that was ever wanted, over 21 minutes', async () => {
    const { jobs, account } = await readTrace(
      openBytes(join(realTraces!, 'kubernetes/simkube_large_trace.json.gz')),
      { file: 'trace.json', format: 'simkube', as: 'tasks', origin: 'trace' },
      { resources: [resource('cpus'), resource('mem')], constraint: () => 1 },
    );
    // 27 at first; then 2 + 1 + 3 + 1 + 1 + 2 + 1 + 5 + 4 + 2 + 2 + 4 + 2 + 2 more as services are scaled up.
    expect([account.read, account.skipped, jobs.length]).toEqual([59, {}, 59]);
    expect(jobs[0]!.submit).toBe(1_710_892_138);
    expect(Math.max(...jobs.map(({ submit, run }) => submit + run[0]!))).toBe(1_710_893_403);
    expect(new Set(jobs.flatMap(({ demand }) => demand.map(String)))).toEqual(new Set(['1000,1024000']));
  });
});
