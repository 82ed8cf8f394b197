import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../../../src/base/time.ts';
import { keeps, type MasterRun, runMaster } from '../../../../support/master-run.ts';

const s = (seconds: number) => seconds * SECOND;
const one: Pick<MasterRun, 'nodes' | 'jobs'> = { nodes: [2], jobs: [{ framework: 'a', tasks: [1], run: 50 }] };

describe('an offer', () => {
  it('is taken back after its time, and comes again with the next batch: nothing was refused', async () => {
    const { said } = await runMaster({ ...one, options: { 'offer-timeout': '2500ms' }, acts: { a: keeps }, until: 7 });
    expect(said.slice(1)).toEqual([
      '0 offered a n0 2',
      '2.5 rescinded a n0 2',
      '3 offered a n0 2',
      '5.5 rescinded a n0 2',
      '6 offered a n0 2',
    ]);
  });

  it('stays for ever without a time', async () => {
    expect((await runMaster({ ...one, acts: { a: keeps }, until: 500 })).said.slice(1)).toEqual(['0 offered a n0 2']);
  });

  it('is answered only after the framework has thought', async () => {
    const { said, tasks } = await runMaster({ ...one, think: s(2), until: 4 });
    expect(said.slice(2)).toEqual(['2 accepted a n0 1', '2 unused a n0 1']);
    expect(tasks[0]!.start).toBe(s(2));
  });

  it('that was taken back while its framework thinks is never heard of', async () => {
    const { said } = await runMaster({ ...one, think: s(2), options: { 'offer-timeout': '1s' }, until: 5 });
    expect(said.some((line) => line.includes('accepted'))).toBe(false);
  });
});

describe('a framework that', () => {
  it('is torn down has its tasks killed and its jobs given up, and others get its resources with the next batch', async () => {
    const { said, counts, heard } = await runMaster({
      nodes: [2],
      jobs: [
        { framework: 'a', tasks: [2] },
        { framework: 'b', at: 1, tasks: [2], run: 3 },
      ],
      events: [{ at: 2_500_000, what: 'framework-gone', framework: 'a' }],
    });
    expect(counts.jobs).toMatchObject({ completed: 1, failed: 1 });
    expect(heard).toEqual(['6 b finished n0']);
    expect(said).toContain('2.5 disconnected a');
    expect(said).toContain('3 accepted b n0 2');
  });

  it('disconnects leaves its tasks for as long as it may come back, without offers', async () => {
    const settings = { a: { failoverTimeout: s(10) } };
    const gone = await runMaster({ ...one, settings, events: [{ at: s(3), what: 'framework-down', framework: 'a' }] });
    expect(gone.counts).toMatchObject({ jobs: { failed: 1 }, end: s(13) });
    const back = await runMaster({
      ...one,
      settings,
      events: [
        { at: s(3), what: 'framework-down', framework: 'a' },
        { at: s(12), what: 'framework-up', framework: 'a' },
      ],
    });
    expect(back.counts).toMatchObject({ jobs: { completed: 1 }, end: s(50) });
    expect(back.said.filter((line) => line.includes('offered')).slice(0, 2)).toEqual([
      '0 offered a n0 2',
      '12 offered a n0 1',
    ]);
  });

  it('has no time to come back is removed at once', async () => {
    const { counts } = await runMaster({ ...one, events: [{ at: s(3), what: 'framework-down', framework: 'a' }] });
    expect(counts).toMatchObject({ jobs: { failed: 1 }, end: s(3) });
  });

  it('was removed submits in vain', async () => {
    const { counts } = await runMaster({
      nodes: [2],
      jobs: [...one.jobs, { framework: 'a', at: 5, tasks: [1] }],
      events: [{ at: s(3), what: 'framework-gone', framework: 'a' }],
    });
    expect(counts.jobs).toMatchObject({ failed: 2, unfinished: 0 });
  });

  it('has started all it has suppresses its offers at once, and revives with its next job', async () => {
    const jobs = [
      { framework: 'a', tasks: [1], run: 2 },
      { framework: 'a', at: 7, tasks: [1], run: 1 },
    ];
    const { said } = await runMaster({ nodes: [2], jobs, suppresses: true });
    const lines = said.filter((line) => /suppressed|revived|offered/.test(line));
    expect(lines.slice(0, 4)).toEqual(['0 offered a n0 2', '0 suppressed a', '7 revived a', '7 offered a n0 2']);
  });
});

describe('a new master', () => {
  const failover = [
    { at: s(10), what: 'master-down' as const },
    { at: s(14), what: 'master-up' as const },
  ];

  it('knows what runs, has no old offers, and offers what is free', async () => {
    const { said, tasks, heard } = await runMaster({
      nodes: [2, 4],
      jobs: [
        { framework: 'a', tasks: [2], run: 50 },
        { framework: 'b', tasks: [1] },
      ],
      acts: { b: keeps },
      settings: { a: { failoverTimeout: s(60) }, b: { failoverTimeout: s(60) } },
      events: failover,
      until: 60,
    });
    expect(tasks[0]).toMatchObject({ start: 0, end: s(50) });
    expect(heard).toEqual([`50 a finished n${tasks[0]!.node}`]);
    expect(said.filter((line) => line.startsWith('14 subscribed'))).toEqual(['14 subscribed a', '14 subscribed b']);
    const sum = said
      .filter((line) => /^(14|15) offered b/.test(line))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
    expect(sum).toBeLessThanOrEqual(4);
  });

  it('registers frameworks whose first job came while there was none', async () => {
    const { tasks } = await runMaster({
      nodes: [1],
      jobs: [
        { framework: 'z', tasks: [1], run: 1 },
        { framework: 'a', at: 12, tasks: [1], run: 1 },
      ],
      events: failover,
    });
    expect(tasks[1]!.start).toBe(s(14));
  });

  it('hears late of what has ended meanwhile', async () => {
    const { heard } = await runMaster({
      nodes: [2],
      jobs: [
        { framework: 'a', tasks: [1], run: 12 },
        { framework: 'a', at: 11, tasks: [1], run: 1 },
      ],
      events: failover,
      settings: { a: { failoverTimeout: s(60) } },
    });
    expect(heard[0]).toBe('14 a finished n0');
  });

  it('offers nothing until 80 % of the nodes are back, where there is a quota', async () => {
    const quota = { guarantee: new Map([[0, 1000]]), limit: new Map<number, number>() };
    const run = (quotas: MasterRun['quotas']) =>
      runMaster({
        nodes: [1, 1, 1, 1, 1],
        jobs: [{ framework: 'a', tasks: [1] }],
        acts: { a: keeps },
        settings: { a: { failoverTimeout: s(60) } },
        events: [
          { at: s(9), what: 'node', nodes: [0, 1], state: 'down' },
          ...failover,
          { at: s(30), what: 'node', nodes: [0], state: 'up' },
        ],
        until: 40,
        ...(quotas && { quotas }),
      });
    const first = (said: readonly string[]) =>
      said.find((line) => line.includes('offered') && Number(line.split(' ')[0]) >= 10)!.split(' ')[0];
    expect(first((await run(undefined)).said)).toBe('14');
    expect(first((await run(new Map([['a', quota]]))).said)).toBe('30');
  });
});

describe('an operator', () => {
  it('who sets a weight has all offers taken back and dealt anew', async () => {
    const { said } = await runMaster({
      ...one,
      acts: { a: keeps },
      events: [{ at: s(3.5), what: 'weight', role: 'a', weight: 2 }],
      until: 5,
    });
    expect(said.slice(2)).toEqual(['3.5 rescinded a n0 2', '4 offered a n0 2']);
  });

  it('who sets the weight of a role without frameworks takes nothing back', async () => {
    const { said } = await runMaster({
      ...one,
      acts: { a: keeps },
      events: [{ at: s(3.5), what: 'weight', role: 'z', weight: 2 }],
      until: 5,
    });
    expect(said).toHaveLength(2);
  });

  it('who sets a limit takes back what is offered beyond it', async () => {
    const limit = {
      at: s(3.5),
      what: 'quota' as const,
      role: 'a',
      guarantee: new Map<number, number>(),
      limit: new Map([[0, 1000]]),
    };
    const { said } = await runMaster({ ...one, acts: { a: keeps }, events: [limit], until: 5 });
    expect(said.slice(2)).toEqual(['3.5 rescinded a n0 2', '4 offered a n0 1']);
  });

  it('who sets a guarantee takes offers of others back until it can be met', async () => {
    const guarantee = {
      at: s(3.5),
      what: 'quota' as const,
      role: 'z',
      guarantee: new Map([[0, 2000]]),
      limit: new Map<number, number>(),
    };
    const { said } = await runMaster({ ...one, nodes: [2, 2], acts: { a: keeps }, events: [guarantee], until: 5 });
    expect(said.filter((line) => line.includes('rescinded'))).toHaveLength(1);
  });
});
