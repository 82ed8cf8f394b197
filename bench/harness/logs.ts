import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab, Sample } from './contest.ts';
import { type SyntheticLog, writeSyntheticSwf } from './synthetic-swf.ts';

/** Gives the file of a drawn log, written at the first call. */
export function syntheticLog(lab: Lab, log: SyntheticLog): string {
  const file = join(lab.folder, `synthetic-${log.jobs}x${log.processors}.swf`);
  if (!existsSync(file)) writeSyntheticSwf(file, log);
  return file;
}

/** What `allot replay --json` says, as far as benches read it. */
interface ReplayResult {
  readonly jobs: { readonly submitted: number; readonly completed: number };
  readonly metrics: Readonly<Record<string, number>>;
  readonly engine: { readonly peak_memory_mib: number };
}

/** Replays a log as a whole process, its summary printed as JSON; mean wait, slowdown and makespan are its answer. */
export async function replay(lab: Lab, file: string, words: readonly (string | number)[]): Promise<Sample> {
  const { out, ...sample } = await lab.allot(['replay', file, ...words.map(String), '--json']);
  const { jobs, metrics, engine } = JSON.parse(out) as ReplayResult;
  if (jobs.completed !== jobs.submitted) throw new Error(`${jobs.submitted - jobs.completed} jobs did not complete`);
  return {
    ...sample,
    peak: engine.peak_memory_mib,
    answer: {
      wait: metrics['wait.mean']!,
      slowdown: metrics['bounded-slowdown.mean']!,
      makespan: metrics['makespan']!,
    },
    parts: { jobs: jobs.submitted },
  };
}
