import type { Time } from '../base/time.ts';

/** What becomes of the work of a task that is preempted: it is kept, lost, or kept up to the last checkpoint. */
export type PreemptionRule =
  | { readonly kind: 'resume' }
  | { readonly kind: 'restart' }
  /** A checkpoint after each `interval` of work, which takes `cost`; none where the work ends. Microseconds. */
  | { readonly kind: 'checkpoint'; readonly interval: Time; readonly cost: Time };

/** How long a task with so much work left holds its node, if nobody preempts it; microseconds. */
export function timeToRun(rule: PreemptionRule, left: Time): Time {
  if (rule.kind !== 'checkpoint' || left <= 0) return left;
  return left + Math.floor((left - 1) / rule.interval) * rule.cost;
}

/** How much of the work done in `elapsed` since the last start is kept; microseconds. */
export function workKept(rule: PreemptionRule, elapsed: Time): Time {
  if (rule.kind === 'resume') return elapsed;
  if (rule.kind === 'restart') return 0;
  return Math.floor(elapsed / (rule.interval + rule.cost)) * rule.interval;
}

/** How much work is done in `elapsed` since the last start, whether it is kept or not; microseconds. */
export function workDone(rule: PreemptionRule, elapsed: Time): Time {
  if (rule.kind !== 'checkpoint') return elapsed;
  const cycle = rule.interval + rule.cost;
  const cycles = Math.floor(elapsed / cycle);
  return cycles * rule.interval + Math.min(rule.interval, elapsed - cycles * cycle);
}
