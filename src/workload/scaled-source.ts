import type { ResourceCatalog } from '../base/amounts.ts';
import { ScenarioError } from '../base/errors.ts';
import { JobBatch, WIDEST_JOB } from './job-batch.ts';
import { type SourceAccount, tally, type WorkloadSource } from './workload-source.ts';

/** Factors by which a workload is made larger or smaller; 1 leaves a quantity as it is. */
export interface Scaling {
  /** Times of submission are divided by it: as many jobs, as large as before, come in less time. */
  readonly load: number;
  /** Times of submission, run times and estimates are multiplied by it: all proportions stay. */
  readonly time: number;
  /** What each task demands is multiplied by it. */
  readonly size: number;
  /** The number of tasks of each job, or of each of its stages, is multiplied by it. */
  readonly tasks: number;
}

/**
 * Gives the jobs of a source with other times and sizes.
 *
 * Order, frameworks, names and who waits for whom are kept, and so is whatever no factor names. Times are rounded to
 * microseconds, but a run time above 0 stays above 0; demands are rounded up to whole steps, devices to whole devices where
 * a task takes more than one; numbers of tasks are rounded, to 1 at least.
 */
export function scaledSource(source: WorkloadSource, scaling: Scaling, resources: ResourceCatalog): WorkloadSource {
  const { account } = source;
  for (const [key, factor] of Object.entries(scaling)) if (factor !== 1) account.rules[`scale-${key}`] = factor;
  const isOfSingleTasks = source.isOfSingleTasks === true && scaling.tasks === 1;
  return { ...source, isOfSingleTasks, batches: () => scaledBatches(source, scaling, resources) };
}

async function* scaledBatches(
  source: WorkloadSource,
  scaling: Scaling,
  resources: ResourceCatalog,
): AsyncIterable<JobBatch> {
  const { load, time } = scaling;
  for await (const batch of source.batches()) {
    const scaled = new JobBatch(batch.resources);
    for (let job = 0; job < batch.jobs; job++) {
      const row = scaled.copyTraits(batch, job);
      scaled.submit[row] = Math.round((batch.submit[job]! / load) * time);
      scaled.estimate[row] = scaleRun(batch.estimate[job]!, time);
      scaleTasks(scaled, row, batch, job, scaling);
      for (let task = scaled.taskStart[row]!; task < scaled.tasks; task++) {
        scaled.run[task] = scaleRun(scaled.run[task]!, time);
        scaleDemand(scaled, task, scaling.size, resources, source.account);
      }
    }
    batch.release();
    yield scaled;
  }
}

/** NaN stays NaN. */
function scaleRun(run: number, factor: number): number {
  return run > 0 ? Math.max(1, Math.round(run * factor)) : run;
}

/** Appends the tasks of a job, each stage with as many as the factor says; those left out or doubled lie evenly spread. */
function scaleTasks(into: JobBatch, row: number, from: JobBatch, job: number, { tasks: factor }: Scaling): void {
  const first = from.taskStart[job]!;
  const count = from.taskStart[job + 1]! - first;
  const stages = from.stages[job];
  const bounds = stages?.firstTask ?? [0, count];
  const ends = [0];
  for (let stage = 0; stage + 1 < bounds.length; stage++) {
    const had = bounds[stage + 1]! - bounds[stage]!;
    const has = had === 0 ? 0 : Math.max(1, Math.round(had * factor));
    const end = ends.at(-1)! + has;
    if (end > WIDEST_JOB)
      throw new ScenarioError(`scale.tasks: a job would have ${end} tasks; ${WIDEST_JOB} are the most`);
    ends.push(end);
    for (let i = 0; i < has; i++) {
      const task = first + bounds[stage]! + Math.floor((i * had) / has);
      into.addTask(from.run[task]!, from.demand.subarray(task * from.resources, (task + 1) * from.resources));
    }
  }
  if (stages !== undefined) into.stages[row] = { ...stages, firstTask: Int32Array.from(ends) };
}

function scaleDemand(
  batch: JobBatch,
  task: number,
  factor: number,
  resources: ResourceCatalog,
  account: SourceAccount,
): void {
  if (factor === 1) return;
  for (const [r, { devices, scale, name }] of resources.entries()) {
    const at = task * resources.length + r;
    const product = batch.demand[at]! * factor;
    // A factor such as 1.1 is no double: what is nearer to a whole number than the factor is to its decimals is whole.
    const near = Math.round(product);
    const whole = Math.abs(product - near) <= near * Number.EPSILON ? near : Math.ceil(product);
    const amount = devices && whole > scale ? Math.ceil(whole / scale) * scale : whole;
    if (amount !== product && amount !== near) tally(account.notes, `scaled ${name} rounded up`);
    batch.demand[at] = amount;
  }
}
