import type { JobBatch } from './job-batch.ts';
import { hasParents } from './job-stages.ts';

/** Takes equal tasks that stand one behind the other: the stage, -1 where no stage waits for another; the first; how many. */
export type TakeRun = (stage: number, task: number, count: number) => void;

/**
 * Walks the tasks of a job as runs of equal ones: of one stage, with one run time and one demand.
 *
 * The same job gives the same runs, however many task rows its source had for them.
 */
export function eachTaskRun(batch: JobBatch, job: number, take: TakeRun): void {
  const stages = batch.stages[job];
  const from = batch.taskStart[job]!;
  if (stages === undefined || !hasParents(stages)) {
    walk(batch, -1, from, batch.taskStart[job + 1]!, take);
    return;
  }
  for (let stage = 0; stage < stages.count; stage++) {
    walk(batch, stage, from + stages.firstTask[stage]!, from + stages.firstTask[stage + 1]!, take);
  }
}

function walk(batch: JobBatch, stage: number, from: number, end: number, take: TakeRun): void {
  for (let first = from; first < end; ) {
    let next = first + 1;
    while (next < end && isSame(batch, first, next)) next++;
    take(stage, first, next - first);
    first = next;
  }
}

function isSame({ run, demand, resources }: JobBatch, a: number, b: number): boolean {
  if (run[a] !== run[b]) return false;
  for (let r = 0; r < resources; r++) if (demand[a * resources + r] !== demand[b * resources + r]) return false;
  return true;
}
