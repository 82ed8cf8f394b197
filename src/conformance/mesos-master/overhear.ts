import type { Decisions } from '../../allocators/allocator.ts';
import type { PolicyFact } from '../../allocators/policy-fact.ts';

/** Gives decisions that are handed on as they are, with an ear for the facts that the policy records. */
export function overhear(decide: Decisions, hear: (fact: PolicyFact) => void): Decisions {
  return {
    launch: (...args) => decide.launch(...args),
    launchOnDevice: (...args) => decide.launchOnDevice(...args),
    launchGang: (...args) => decide.launchGang(...args),
    preempt: (task) => decide.preempt(task),
    setRate: (task, share) => decide.setRate(task, share),
    fail: (job, reason) => decide.fail(job, reason),
    wakeAt: (time) => decide.wakeAt(time),
    record: (fact) => {
      hear(fact);
      decide.record(fact);
    },
  };
}
