import type { ResourceCatalog } from '../base/amounts.ts';
import type { Time } from '../base/time.ts';
import type { JobBatch } from './job-batch.ts';
import { criticalPath } from './job-stages.ts';

/** How large a job is, whatever its tasks. */
export interface JobSize {
  /** The longest task, of a job with stages the longest chain; microseconds. */
  run: Time;
  /** What all tasks demand together, in cpus. */
  width: number;
  /** Sum over tasks of run time times cpus, in cpu-microseconds. */
  area: number;
}

/** Measures the job whose tasks are the rows from to end - 1 of the columns; `into` is overwritten and given back. */
export function measure(
  columns: { readonly run: Float64Array; readonly demand: Float64Array },
  from: number,
  end: number,
  resources: ResourceCatalog,
  width: number,
  into: JobSize,
): JobSize {
  const { scale } = resources[width]!;
  into.run = 0;
  into.width = 0;
  into.area = 0;
  for (let task = from; task < end; task++) {
    const run = columns.run[task]!;
    const cpus = columns.demand[task * resources.length + width]! / scale;
    if (run > into.run) into.run = run;
    into.width += cpus;
    into.area += cpus * run;
  }
  return into;
}

/** Gives how long a job of a batch runs if nothing holds it up: its longest task, with stages its longest chain. */
export function runTimeOf(batch: JobBatch, job: number): Time {
  const from = batch.taskStart[job]!;
  const stages = batch.stages[job];
  if (stages !== undefined) return criticalPath(stages, batch.run, from);
  let longest: Time = 0;
  for (let task = from; task < batch.taskStart[job + 1]!; task++) longest = Math.max(longest, batch.run[task]!);
  return longest;
}
