import { whyPolicyDeclined } from '../declined.ts';
import type { Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';

/**
 * Gives the runs of a case whose policies are not declined; notes both in the verdict.
 *
 * Runs that are declined count as read.
 */
export function servedRuns(one: Fields, category: string, verdict: Verdict): { policy: string; run: Fields }[] {
  return one.items('runs').flatMap((run) => {
    const policy = run.text('policy');
    const reason = whyPolicyDeclined('schedules', policy, category);
    if (reason === null) {
      verdict.serve(policy);
      return [{ policy, run }];
    }
    verdict.decline(policy, reason);
    run.prose(...run.keys);
    return [];
  });
}
