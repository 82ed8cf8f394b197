import { priorityFunctions } from '../../allocators/priority-functions.ts';

/** An allocator of ours with its options. */
export interface Chosen {
  readonly allocator: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the files call an allocator of ours, where the names differ. */
const ALIASES: Readonly<Record<string, string>> = { fcfs: 'fifo', 'prio-nonpre': 'priority', lpt: 'ljf' };

const QUEUES: ReadonlySet<string> = new Set(['fifo', ...priorityFunctions.map(({ name }) => name)]);

/** Gives the allocator that a policy such as `fcfs`, `sjf-skip` or `wfp3` names, or null. */
export function findPolicy(policy: string): Chosen | null {
  const skip = policy.endsWith('-skip');
  const bare = skip ? policy.slice(0, -'-skip'.length) : policy;
  const allocator = ALIASES[bare] ?? bare;
  return QUEUES.has(allocator) ? { allocator, options: { queue: skip ? 'skip' : 'strict' } } : null;
}
