import { priorityFunctions } from '../../allocators/priority-functions.ts';

/** An allocator of ours with its options. */
export interface Chosen {
  readonly allocator: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the files call an allocator of ours, where the names differ. */
const ALIASES: Readonly<Record<string, string>> = { fcfs: 'fifo', 'prio-nonpre': 'priority', lpt: 'ljf' };

const QUEUES: ReadonlySet<string> = new Set(['fifo', 'priority', ...priorityFunctions.map(({ name }) => name)]);

/** Policies that plan ahead. */
const PLANNERS: Readonly<Record<string, Chosen>> = {
  easy: { allocator: 'easy', options: {} },
  'easy-sjbf': { allocator: 'easy', options: { order: 'sjbf' } },
  conservative: { allocator: 'conservative', options: {} },
  'conservative-replan': { allocator: 'conservative', options: { 'on-early-end': 'replan' } },
};

/** Policies that preempt, or share servers. */
const PREEMPTIVE: Readonly<Record<string, Chosen>> = {
  'prio-resume': { allocator: 'priority', options: { preempt: 'resume' } },
  'prio-restart': { allocator: 'priority', options: { preempt: 'restart' } },
  srtf: { allocator: 'srtf', options: {} },
  ps: { allocator: 'ps', options: {} },
  las: { allocator: 'las', options: {} },
};

/** Policies named with the length of a turn in seconds, as `rr=4` and `las1`. */
const TURNS = /^(rr=|las=?)(\d+(?:\.\d+)?)$/;

/** Gives the allocator that a policy such as `fcfs`, `sjf-skip` or `easy` names, or null. */
export function findPolicy(policy: string): Chosen | null {
  if (Object.hasOwn(PLANNERS, policy)) return PLANNERS[policy]!;
  if (Object.hasOwn(PREEMPTIVE, policy)) return PREEMPTIVE[policy]!;
  const turn = TURNS.exec(policy);
  if (turn !== null) return { allocator: policy.startsWith('rr') ? 'rr' : 'las', options: { quantum: `${turn[2]}s` } };
  const skip = policy.endsWith('-skip');
  const bare = skip ? policy.slice(0, -'-skip'.length) : policy;
  const allocator = Object.hasOwn(ALIASES, bare) ? ALIASES[bare]! : bare;
  return QUEUES.has(allocator) ? { allocator, options: { queue: skip ? 'skip' : 'strict' } } : null;
}
