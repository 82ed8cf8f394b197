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

type Message =
  | { readonly type: 'hello' }
  | { readonly type: 'job-queued'; readonly job: number; readonly gang: boolean; readonly tasks: readonly Task[] }
  | { readonly type: 'offers'; readonly offers: readonly Offer[] }
  | { readonly type: 'task-ended'; readonly job: number; readonly task: string; readonly outcome: string }
  | { readonly type: 'job-ended'; readonly job: number }
  | { readonly type: 'rescinded' | 'wake' };

/** Amounts come as decimals; the simulator itself counts whole steps and checks every decision. */
const NEAR = 1e-9;

/** Every task of the jobs that have not ended, by job. */
const jobs = new Map<number, readonly Task[]>();
/** Those that wait, in order. */
const queued = new Map<string, Task>();

function decide(message: Message): object[] {
  if (message.type === 'offers') return message.offers.map(answer);
  if (message.type === 'job-queued') {
    jobs.set(message.job, message.tasks);
    // This scheduler leaves gangs alone.
    if (!message.gang) for (const task of message.tasks) queued.set(task.task, task);
  }
  if (message.type === 'task-ended' && message.outcome !== 'finished') {
    // Lost with its node, or killed: it is queued again.
    const task = jobs.get(message.job)?.find((each) => each.task === message.task);
    if (task !== undefined) queued.set(task.task, task);
  }
  if (message.type === 'job-ended') {
    for (const { task } of jobs.get(message.job) ?? []) queued.delete(task);
    jobs.delete(message.job);
  }
  return [];
}

function answer({ offer, node, amounts }: Offer): object {
  const left = { ...amounts };
  const chosen: string[] = [];
  for (const { task, demand, nodes } of queued.values()) {
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
  const reply = message.type === 'hello' ? { type: 'ready' } : { decisions: decide(message) };
  process.stdout.write(`${JSON.stringify({ v: 1, ...reply })}\n`);
}
