import { JobBatch, JobFlag } from './job-batch.ts';
import { withWidths } from './job-stages.ts';
import type { TraceBatch } from './trace-batch.ts';

/** Tasks of a batch before the next is begun. */
const BATCH_TASKS = 65_536;

/** Appends one job of `from` with as many tasks for each of its task rows as that is wide; as a gang they start together. */
export function addExpanded(into: JobBatch, from: TraceBatch, row: number, gang: boolean): void {
  const { resources, demand, width } = from;
  const job = into.copyTraits(from, row);
  if (gang) into.flags[job] = into.flags[job]! | JobFlag.gang;
  const first = from.taskStart[row]!;
  const end = from.taskStart[row + 1]!;
  const stages = from.stages[row];
  if (stages !== undefined) into.stages[job] = withWidths(stages, width.subarray(first, end));
  for (let task = first; task < end; task++) {
    for (let n = width[task]!; n > 0; n--) {
      const at = into.addTask(from.run[task]!) * resources;
      for (let r = 0; r < resources; r++) into.demand[at + r] = demand[task * resources + r]!;
    }
  }
}

/** Gives the same jobs with all their tasks, in batches that stay small. */
export async function* expanded(batches: AsyncIterable<TraceBatch>, gang: boolean): AsyncGenerator<JobBatch> {
  for await (const batch of batches) {
    let wide = new JobBatch(batch.resources);
    for (let row = 0; row < batch.jobs; row++) {
      addExpanded(wide, batch, row, gang);
      if (wide.tasks < BATCH_TASKS) continue;
      yield wide;
      wide = new JobBatch(batch.resources);
    }
    batch.release();
    if (wide.jobs > 0) yield wide;
  }
}
