import { describe, expect, it } from 'vitest';
import { resource } from '../../../../../src/base/amounts.ts';
import { readTrace } from '../read-trace.ts';

const containers = [{ name: 'main', resources: { requests: { cpu: '500m', memory: '1Gi' } } }];

function object(kind: string, name: string, rest: Record<string, unknown> = {}, metadata: object = {}) {
  const spec = kind === 'Pod' ? { containers } : { ...rest, template: { spec: { containers } } };
  return { apiVersion: 'v1', kind, metadata: { name, ...metadata }, spec, ...(kind === 'Pod' && rest) };
}

const lasting = (duration: string) => ({ annotations: { 'allot/duration': duration } });

function read(text: string | object, own: Record<string, unknown> = {}, options = {}) {
  const content = typeof text === 'string' ? text : JSON.stringify(text);
  return readTrace(
    content,
    { file: 'm.yaml', format: 'kubernetes', as: undefined, own, ...options },
    { resources: [resource('cpus'), resource('mem')], constraint: () => 1 },
  );
}

describe('a manifest', () => {
  it('of a deployment is a job of as many tasks as it has replicas', async () => {
    const { jobs } = await read(object('Deployment', 'web', { replicas: 2 }, lasting('1m30s')));
    expect(jobs).toMatchObject([
      {
        name: 'default/web',
        framework: 'default',
        submit: 0,
        run: [90, 90],
        demand: [
          [500, 1_024_000],
          [500, 1_024_000],
        ],
      },
    ]);
  });

  it('of a job with more completions than places has one after the other in each place', async () => {
    const { jobs, account } = await read(object('Job', 'sum', { parallelism: 2, completions: 5 }, lasting('10')));
    expect(jobs[0]!.run).toEqual([10, 10, 10, 10, 10]);
    expect(jobs[0]!.stages!.map(({ parents }) => parents)).toEqual([[], [], [0], [1], [2]]);
    expect(account.read).toBe(1);
  });

  it('of a job has its deadline as the estimate', async () => {
    const { jobs } = await read(object('Job', 'sum', { activeDeadlineSeconds: 60 }, lasting('10')));
    expect(jobs[0]!.estimate).toBe(60);
  });

  it('is submitted when it was created, after the first of the list, or when it says', async () => {
    const at = (creationTimestamp: string) => ({ creationTimestamp, ...lasting('5') });
    const { jobs } = await read([
      object('Pod', 'late', {}, at('2026-03-01T00:00:01Z')),
      object('Pod', 'first', {}, at('2026-02-28T23:59:59Z')),
      object('Pod', 'said', {}, { annotations: { 'allot/duration': '5', 'allot/submit': '1m' } }),
      object('Pod', 'unsaid', {}, lasting('5')),
    ]);
    expect(jobs.map(({ name, submit }) => [name, submit])).toEqual([
      ['default/first', 0],
      ['default/unsaid', 0],
      ['default/late', 2],
      ['default/said', 60],
    ]);
  });

  it('of a pod that has ended runs from its first start to its last end', async () => {
    const ran = (startedAt: string, finishedAt: string) => ({ state: { terminated: { startedAt, finishedAt } } });
    const containerStatuses = [
      ran('2026-01-01T00:00:00Z', '2026-01-01T00:00:30Z'),
      ran('2026-01-01T00:00:10Z', '2026-01-01T00:01:00Z'),
    ];
    expect((await read(object('Pod', 'p', { status: { containerStatuses } }))).jobs[0]!.run).toEqual([60]);
  });

  it('that says no run time is left out, unless one is given', async () => {
    expect((await read(object('Pod', 'p'))).account.skipped).toEqual({ 'unknown run time': 1 });
    expect((await read(object('Pod', 'p'), { 'run-time': '10m' })).jobs[0]!.run).toEqual([600]);
  });

  it('that another of the list owns is left out, and one whose owner makes no pods here is not', async () => {
    const owned = (kind: string, name: string) => ({
      ...lasting('5'),
      ownerReferences: [{ kind, name, controller: true }],
    });
    const { jobs, account } = await read([
      object('Deployment', 'web', {}, lasting('5')),
      object('ReplicaSet', 'web-1', {}, owned('Deployment', 'web')),
      object('Pod', 'web-1-x', {}, owned('ReplicaSet', 'web-1')),
      object('Pod', 'log-x', {}, owned('DaemonSet', 'log')),
    ]);
    expect(jobs.map(({ name }) => name)).toEqual(['default/web', 'default/log-x']);
    expect(account.skipped).toEqual({ 'owned by another object of the list': 2 });
  });

  it('has the priority of its class', async () => {
    const high = { kind: 'PriorityClass', metadata: { name: 'high' }, value: 7 };
    const low = { kind: 'PriorityClass', metadata: { name: 'low' }, value: 2, globalDefault: true };
    const of = (priorityClassName: string) => ({
      ...object('Pod', `p-${priorityClassName}`, {}, lasting('5')),
      spec: { containers, priorityClassName },
    });
    const { jobs, account } = await read([high, low, of('high'), of('odd'), object('Pod', 'p', {}, lasting('5'))]);
    expect(jobs.map(({ priority }) => priority)).toEqual([7, 0, 2]);
    expect(account.notes).toMatchObject({ 'priority class that is not in the list, taken as 0': 1 });
  });

  it.each([
    [object('DaemonSet', 'log'), 'kind DaemonSet'],
    [object('Deployment', 'off', { replicas: 0 }), 'no replicas'],
    [object('Deployment', 'odd', { replicas: 1.5 }), 'not a whole number: replicas'],
    [object('Job', 'later', { suspend: true }), 'suspended'],
    [{ kind: 'Pod', metadata: { name: 'x' } }, 'missing: spec of the pods'],
    [{ kind: 'Pod', metadata: {} }, 'missing: metadata.name'],
    [{ metadata: {} }, 'missing: kind'],
    [{ ...object('Pod', 'p', {}, lasting('5')), spec: { containers: [{}] } }, 'no demand'],
  ])('%j is left out as: %s', async (manifest, reason) => {
    expect((await read(manifest)).account.skipped).toEqual({ [reason]: 1 });
  });

  it('belongs to its namespace, or to what is asked for', async () => {
    const pod = object('Pod', 'p', {}, { namespace: 'shop', labels: { team: 'red' }, ...lasting('5') });
    const framework = async (by: string) => (await read(pod, {}, { frameworkBy: by })).jobs[0]!.framework;
    expect(await Promise.all(['user', 'group', 'team', 'queue', 'none'].map(framework))).toEqual([
      'shop',
      'shop/p',
      'red',
      'unknown',
      'all',
    ]);
  });
});

describe('a list of manifests', () => {
  it('may be YAML of many documents, or a list whose items have no kind', async () => {
    const pod =
      '{ metadata: { name: NAME, annotations: { allot/duration: 5s } }, spec: { containers: [{ resources: { requests: { cpu: 1 } } }] } }';
    const text = `# two\n---\n{ kind: PodList, items: [${pod.replace('NAME', 'a')}, ${pod.replace('NAME', 'b')}] }\n---\nkind: Pod\n${'metadata: { name: c, annotations: { allot/duration: 5s } }'}\nspec: { containers: [{ resources: { requests: { cpu: 1 } } }] }\n`;
    expect((await read(text)).jobs.map(({ name }) => name)).toEqual(['default/a', 'default/b', 'default/c']);
  });

  it('that grows by aliases is an error, and no end of memory', async () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 30; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    await expect(read(`kind: Pod\n${lines.join('\n')}\n`)).rejects.toThrow(
      'm.yaml:1: the document cannot be read: Excessive alias count',
    );
  });

  it.each([
    ['[[[[', 'm.yaml:1:5: not valid JSON: the text ends where a closing ] is missing'],
    [`kind: ${'['.repeat(120)}`, 'm.yaml:1:107: nested more than 100 levels deep'],
    ['kind: Pod\nmetadata: { name: x\n', 'm.yaml:3:1: not valid YAML'],
    ['kind: Pod\n---\nkind: "Pod\n', 'm.yaml:4:1: not valid YAML'],
    ['- a\n- b\n', 'm.yaml: the document has no record'],
  ])('is not %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});
