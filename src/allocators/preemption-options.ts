import type { OptionReader, OptionSpec, OptionSpecs } from '../base/options.ts';
import type { PreemptionRule } from './preemption.ts';

const KINDS = ['resume', 'restart', 'checkpoint'];

const checkpoints: OptionSpecs = {
  'checkpoint-interval': {
    kind: 'duration',
    default: '1h',
    summary: 'with `preempt: checkpoint`: how much work lies between two checkpoints',
  },
  'checkpoint-cost': {
    kind: 'duration',
    zero: true,
    default: '0s',
    summary: 'with `preempt: checkpoint`: how long a checkpoint takes',
  },
};

const summary = 'what becomes of the work of a preempted task: it is kept, lost, or kept up to the last checkpoint';

/** Options of a policy that preempts. */
export const preemptOptions: OptionSpecs = {
  preempt: { kind: 'choice', of: KINDS, default: 'resume', summary },
  ...checkpoints,
};

/** Options of a policy that preempts only where it is asked to. */
export const mayPreemptOptions: OptionSpecs = {
  preempt: {
    kind: 'choice',
    of: ['none', ...KINDS],
    default: 'none',
    summary: `whether running tasks are preempted, and ${summary}`,
  } satisfies OptionSpec,
  ...checkpoints,
};

/** Gives the rule that the options name; null for `none`. */
export function preemptionRule(options: OptionReader): PreemptionRule | null {
  const kind = options.text('preempt');
  if (kind === 'none') return null;
  if (kind !== 'checkpoint') return { kind: kind as 'resume' | 'restart' };
  const interval = options.duration('checkpoint-interval')!;
  return { kind, interval, cost: options.duration('checkpoint-cost')! };
}
