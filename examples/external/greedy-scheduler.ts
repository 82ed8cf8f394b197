/**
 * A framework's scheduler in another process: launches all that fits into each offer, in order of submission.
 *
 *     frameworks:
 *       A: { scheduler: { command: [node, greedy-scheduler.ts] } }
 *
 * Node 22.18 and later run this file as it is, as its types need only be left out; before that `command: [npx, tsx,
 * greedy-scheduler.ts]` does. The protocol is in docs/formats/external.md.
 */
import { createInterface } from 'node:readline';

type Amounts = Record<string, number>;

interface Task {
  readonly task: string;
  readonly demand: Amounts;
  /** The nodes that it may run on; all of them where left out. */
  readonly nodes?: readonly number[];
}

interface Offer {
  readonly offer: number;
  readonly node: number;
  readonly amounts: Amounts;
}

type Event =
  | { readonly type: 'job-queued'; readonly gang: boolean; readonly tasks: readonly Task[] }
  | { readonly type: 'task-ended'; readonly task: string; readonly outcome: string }
  | { readonly type: 'job-ended'; readonly job: number }
  | { readonly type: 'rescinded'; readonly offer: number };

type Message =
  | { readonly type: 'hello' }
  | { readonly type: 'offers'; readonly events: readonly Event[]; readonly offers: readonly Offer[] }
  | { readonly type: 'wake'; readonly events: readonly Event[] };

/** Amounts come as decimals; the simulator itself counts whole steps and checks every decision. */
const NEAR = 1e-9;

/** Every task of a job that has not ended, by name. */
const tasks = new Map<string, Task>();
/** The names of those that wait, in order. */
const queued = new Set<string>();

function hear(event: Event): void {
  if (event.type === 'job-queued') {
    for (const task of event.tasks) {
      tasks.set(task.task, task);
      // This scheduler leaves gangs alone.
      if (!event.gang) queued.add(task.task);
    }
  }
  // Lost with its node, or killed: it waits again.
  if (event.type === 'task-ended' && event.outcome !== 'finished') queued.add(event.task);
  if (event.type === 'job-ended') {
    for (const name of [...tasks.keys()].filter((task) => task.startsWith(`${event.job}/`))) {
      tasks.delete(name);
      queued.delete(name);
    }
  }
}

function answer({ offer, node, amounts }: Offer): object {
  const left = { ...amounts };
  const chosen: string[] = [];
  for (const task of queued) {
    const { demand, nodes } = tasks.get(task)!;
    if (nodes !== undefined && !nodes.includes(node)) continue;
    if (Object.entries(demand).some(([name, amount]) => (left[name] ?? 0) < amount - NEAR)) continue;
    for (const [name, amount] of Object.entries(demand)) left[name] = (left[name] ?? 0) - amount;
    chosen.push(task);
  }
  for (const task of chosen) queued.delete(task);
  return chosen.length > 0 ? { type: 'accept', offer, tasks: chosen } : { type: 'decline', offer };
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as Message;
  if (message.type !== 'hello') for (const event of message.events) hear(event);
  const decisions = message.type === 'offers' ? message.offers.map(answer) : [];
  const reply = message.type === 'hello' ? { type: 'ready' } : { decisions };
  process.stdout.write(`${JSON.stringify({ v: 1, ...reply })}\n`);
}
