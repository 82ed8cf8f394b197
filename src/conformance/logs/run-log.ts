import type { Values } from '../../metrics/metrics.ts';
import type { RunCounts } from '../../simulation/simulation-parts.ts';
import { CaseError } from '../fields.ts';
import { type Conventions, runOnNode } from '../node-run.ts';
import { type Chosen, findPolicy } from '../schedules/policies.ts';
import { type OpenLog, PROCESSORS } from './open-log.ts';
import { StartLog } from './start-log.ts';

/** What a replay gave. */
export interface LogResult {
  readonly processors: number;
  readonly counts: RunCounts;
  readonly metrics: Values;
  readonly starts: StartLog;
}

/** Replays a log on one pool of processors. */
export async function runLog(log: OpenLog, chosen: Chosen, conventions: Conventions = 'canonical'): Promise<LogResult> {
  const { processors, frameworks, source } = log;
  const starts = new StartLog();
  const { counts, metrics } = await runOnNode({
    resources: PROCESSORS,
    capacity: [processors],
    frameworks,
    source,
    ...chosen,
    conventions,
    observers: [starts],
  });
  return { processors, counts, metrics, starts };
}

/** Gives the allocator that a policy names; throws CaseError where there is none. */
export function policyOf(name: string): Chosen {
  const chosen = findPolicy(name);
  if (chosen === null) throw new CaseError(`unknown policy \`${name}\``);
  return chosen;
}
