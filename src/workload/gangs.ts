import { JobBatch, JobFlag } from './job-batch.ts';
import type { TraceBatch } from './trace-batch.ts';

/** Tasks of a batch before the next is begun. */
const BATCH_TASKS = 65_536;

/** Appends one job of `from` with as many tasks as it is wide, which start together. */
export function addGang(into: JobBatch, from: TraceBatch, row: number): void {
  const { resources, demand } = from;
  const task = from.taskStart[row]!;
  const job = into.addJob(from.name[row]!, from.framework[row]!, from.submit[row]!, from.source[row]!);
  into.estimate[job] = from.estimate[row]!;
  into.priority[job] = from.priority[row]!;
  into.weight[job] = from.weight[row]!;
  into.flags[job] = from.flags[row]! | JobFlag.gang;
  into.constraint[job] = from.constraint[row]!;
  for (let n = from.width[row]!; n > 0; n--) {
    const at = into.addTask(from.run[task]!) * resources;
    for (let r = 0; r < resources; r++) into.demand[at + r] = demand[task * resources + r]!;
  }
}

/** Gives the same jobs with all their tasks, in batches that stay small. */
export async function* asGangs(batches: AsyncIterable<TraceBatch>): AsyncGenerator<JobBatch> {
  for await (const batch of batches) {
    let wide = new JobBatch(batch.resources);
    for (let row = 0; row < batch.jobs; row++) {
      addGang(wide, batch, row);
      if (wide.tasks < BATCH_TASKS) continue;
      yield wide;
      wide = new JobBatch(batch.resources);
    }
    batch.release();
    if (wide.jobs > 0) yield wide;
  }
}
