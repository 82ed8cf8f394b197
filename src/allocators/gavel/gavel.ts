import type { OptionSpec } from '../../base/options.ts';
import type { AllocatorDefinition } from '../allocator.ts';
import { preemptOptions } from '../preemption-options.ts';
import { timePolicies } from './time-policies.ts';

const ROUND = "how long a round is; Gavel's own is 6m";

export const gavel: AllocatorDefinition = {
  name: 'gavel',
  summary: 'divides time on unlike nodes by a linear program, and gives jobs their fractions in rounds',
  source:
    'Narayanan et al., Heterogeneity-aware cluster scheduling policies for deep learning workloads, OSDI 2020; finish-time fairness: Mahajan et al., Themis, NSDI 2020',
  options: {
    policy: {
      kind: 'choice',
      of: timePolicies,
      default: 'max-min',
      summary: 'what the division of time is best at',
    },
    inner: {
      kind: 'choice',
      of: ['fairness', 'fifo'],
      default: 'fairness',
      summary: 'with `policy: hierarchical`: how the jobs of one role share what the role has',
    },
    round: { kind: 'duration', default: '6m', summary: ROUND },
    'min-reset': {
      kind: 'duration',
      zero: true,
      default: '0s',
      summary: 'how long a division of time holds at least, though jobs come and go; Gavel has 32m',
    },
    ...preemptOptions,
    // With all work lost at the end of each round, what needs longer than a round would never end.
    preempt: { ...preemptOptions['preempt']!, of: ['resume', 'checkpoint'] } as OptionSpec,
  },
  // Loaded where one is made, as most runs have none.
  async create(options, context) {
    const { openGavel } = await import('./gavel-allocator.ts');
    return openGavel(options, context);
  },
};
