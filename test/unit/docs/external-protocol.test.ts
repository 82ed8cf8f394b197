import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ExternalAllocator } from '../../../src/allocators/external/external-allocator.ts';
import { ExternalScheduler } from '../../../src/allocators/external/external-scheduler.ts';
import { frameworkForms } from '../../../src/allocators/external/framework-actions.ts';
import { resource } from '../../../src/base/amounts.ts';
import { openStream } from '../../../src/base/random.ts';
import { SECOND } from '../../../src/base/time.ts';
import { jobStages } from '../../../src/workload/job-stages.ts';
import { FakeDriver } from '../../support/fake-driver.ts';
import { section, tableRows } from '../../support/markdown.ts';
import { runWorkload } from '../../support/run-workload.ts';
import { ScriptedChannel } from '../../support/scripted-channel.ts';

const GUIDE = new URL('../../../docs/formats/external.md', import.meta.url);
const resources = [resource('cpus'), resource('mem')];

/** Answers messages, the handshake left out, with one list of decisions after the other; then with none. */
function recorded(answers: readonly (readonly object[])[]): { channel: ScriptedChannel; lines: string[] } {
  const lines: string[] = [];
  let turn = 0;
  const channel = new ScriptedChannel((message) => {
    const decisions = answers[turn++] ?? [];
    lines.push(`> ${JSON.stringify(message)}`, `< ${JSON.stringify({ v: 1, decisions })}`);
    return decisions;
  });
  return { channel, lines };
}

/** The conversation as it was, the handshake first. */
function transcript({ channel, lines }: ReturnType<typeof recorded>): string {
  return [`> ${JSON.stringify(channel.messages[0])}`, `< ${channel.ready}`, ...lines].join('\n');
}

/** A job of two tasks and one that waits for them, and a gang of two, on a node of 4 cpus and one of 2 that goes down. */
async function allocatorConversation(): Promise<string> {
  const talk = recorded([
    [
      { type: 'launch', task: '0/0', node: 1 },
      { type: 'launch', task: '0/1', node: 0 },
    ],
    [{ type: 'preempt', task: '0/1' }],
    [
      { type: 'launch-gang', job: 1, nodes: [0, 0] },
      { type: 'wake-at', time: 20 },
    ],
    [],
    [],
    [
      { type: 'launch', task: '0/0', node: 0 },
      { type: 'launch', task: '0/1', node: 0 },
    ],
    [],
    [{ type: 'launch', task: '0/2', node: 0 }],
  ]);
  const task = (cpus: number) => ({ demand: [cpus * 1000, 512_000], run: 30 * SECOND });
  const stages = [
    { tasks: 2, parents: [] },
    { tasks: 1, parents: [0] },
  ];
  await runWorkload({
    resources,
    groups: [
      { name: 'big', count: 1, capacity: [4000, 8192_000], attributes: { rack: 'r1' } },
      { name: 'small', count: 1, capacity: [2000, 8192_000], attributes: { rack: 'r2' } },
    ],
    jobs: [
      { framework: 'web', submit: 0, estimate: 60 * SECOND, tasks: [task(0.5), task(0.5), task(0.5)], stages },
      {
        framework: 'mpi',
        submit: 2.5 * SECOND,
        estimate: 60 * SECOND,
        gang: true,
        constraint: { rack: ['r1'] },
        tasks: [
          { ...task(2), run: 10 * SECOND },
          { ...task(2), run: 10 * SECOND },
        ],
      },
    ],
    events: [{ at: 5 * SECOND, what: 'node', nodes: [1], state: 'down' }],
    allocator: (view) =>
      new ExternalAllocator({ channel: talk.channel, view, limitMs: 1, chance: openStream('1', 'doc') }),
  });
  return transcript(talk);
}

/** A framework that uses each decision once. */
function frameworkConversation(): string {
  const talk = recorded([
    [{ type: 'revive' }],
    [
      { type: 'accept', offer: 0, tasks: ['0/0'], refuse: 10 },
      { type: 'hold', offer: 1, amounts: { cpus: 1, mem: 256 } },
      { type: 'launch-held', offer: 1, task: '0/1' },
      { type: 'decline', offer: 2 },
      { type: 'wake-at', time: 8 },
    ],
    [],
    [{ type: 'release', offer: 1 }],
    [
      { type: 'accept-gang', job: 1, offers: [4, 4] },
      { type: 'accept', offer: 3, tasks: ['0/2'] },
    ],
    [{ type: 'suppress' }],
  ]);
  const driver = new FakeDriver(
    {
      name: 'external',
      summary: '',
      source: '',
      options: {},
      create: (_options, context) =>
        new ExternalScheduler(talk.channel, context, { framework: 'web', role: 'eng/web', resources, limitMs: 1 }),
    },
    {},
    { nodes: 4, chance: openStream('1', 'doc') },
  );
  driver.job(
    [
      [1, 256],
      [0.5, 256],
      [0.5, 256],
    ],
    { stages: jobStages([1, 1, 1], [[], [], [1]]) },
  );
  driver.until(0);
  driver.now = SECOND;
  driver.offer([0, 2, 1024], [1, 2, 1024], [3, 0.5, 64]);
  driver.job(2, { gang: true });
  driver.until(3);
  driver.end(0, 1);
  const [taken] = driver.offer([2, 4], [3, 4]);
  driver.until(8);
  expect(taken).toBeDefined();
  driver.end(0, 0);
  driver.end(0, 2);
  return transcript(talk);
}

/** The guide with its conversations as they should be. */
async function currentGuide(): Promise<string> {
  const parts = { allocator: await allocatorConversation(), framework: frameworkConversation() };
  return Object.entries(parts).reduce(
    (guide, [name, text]) => {
      const [start, end] = [`<!-- ${name}: generated -->`, `<!-- end of ${name} -->`];
      const [head, rest] = guide.split(start);
      return `${head}${start}\n\n\`\`\`text\n${text}\n\`\`\`\n\n${end}${rest!.split(end)[1]}`;
    },
    readFileSync(GUIDE, 'utf8'),
  );
}

if (process.env['GOLDEN'] === 'write') writeFileSync(GUIDE, await currentGuide());

const guide = { path: 'docs/formats/external.md', text: readFileSync(GUIDE, 'utf8') };

/** What a section's tables name in their first column. */
function named(heading: string): string[] {
  return tableRows(section(guide, heading)).flatMap(([cell]) =>
    [...cell!.matchAll(/`(.+?)`/g)].map(([, name]) => name!),
  );
}

/** The values of a field in a conversation. */
function typesIn(conversation: string, side: '>' | '<'): string[] {
  const lines = conversation.split('\n').filter((line) => line.startsWith(side));
  return lines.flatMap((line) => [...line.matchAll(/"type":"([a-z-]+)"/g)].map(([, type]) => type!));
}

describe('the guide to programs that decide', () => {
  it('has conversations as they are', async () => {
    expect(guide.text).toBe(await currentGuide());
  });

  it('shows each decision and each event that its tables name', async () => {
    const policy = await allocatorConversation();
    const [heardBy, decidedBy] = [typesIn(policy, '>'), typesIn(policy, '<')];
    for (const name of named('## A policy')) expect([...heardBy, ...decidedBy]).toContain(name);
    const framework = frameworkConversation();
    expect(named('## The scheduler of a framework')).toEqual(
      expect.arrayContaining([...Object.keys(frameworkForms), 'job-queued', 'task-ended', 'job-ended', 'rescinded']),
    );
    for (const name of Object.keys(frameworkForms)) expect(typesIn(framework, '<')).toContain(name);
  });
});
