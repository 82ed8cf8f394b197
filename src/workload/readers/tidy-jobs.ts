import { JobFlag } from '../job-batch.ts';
import { jobStages } from '../job-stages.ts';
import { resolveParents } from '../task-graph.ts';
import { BATCH_ROWS, type TraceBatch } from '../trace-batch.ts';
import { type SourceAccount, tallyOdd, type WorkloadContext } from '../workload-source.ts';
import { Admission, LATEST } from './admission.ts';
import type { TraceOptions } from './reader.ts';
import type { TidyJob, TidyRow, TidyTasks } from './tidy-row.ts';

/** Gathers the rows of a tidy file into jobs: rows that follow one another with one index are one job. */
export class TidyJobs {
  readonly #account: SourceAccount;
  readonly #admission: Admission;
  readonly #options: TraceOptions;
  readonly #source: number;
  #index = '';
  #job: TidyJob | undefined;
  #rows: TidyTasks[] = [];

  constructor(options: TraceOptions, context: WorkloadContext, account: SourceAccount) {
    this.#options = options;
    this.#account = account;
    this.#source = context.source;
    this.#admission = new Admission(options, context, account);
  }

  get isFull(): boolean {
    const { batch } = this.#admission;
    return batch.jobs >= BATCH_ROWS || batch.tasks >= 4 * BATCH_ROWS;
  }

  get isEmpty(): boolean {
    return this.#admission.batch.jobs === 0;
  }

  /** Gives the jobs collected so far, and begins anew. */
  takeBatch(): TraceBatch {
    return this.#admission.take();
  }

  /** Takes one row: of the job of the row before, or of a new one. What the first row says of the job counts. */
  take(row: TidyRow): void {
    const { index } = row;
    if (index === '' || index !== this.#index) this.finish();
    this.#index = index;
    const job = this.#job ?? row.job(this.#account.read);
    const tasks = typeof job === 'string' ? job : row.tasks();
    const reason =
      typeof tasks === 'string' ? tasks : this.#admission.refusal((job as TidyJob).submit, tasks.run, tasks.width);
    if (reason !== null) {
      this.#admission.skip(reason, row.line);
      return;
    }
    this.#job = job as TidyJob;
    this.#rows.push(tasks as TidyTasks);
  }

  /** Ends the job that rows were gathered for. */
  finish(): void {
    const job = this.#job;
    const rows = this.#rows;
    this.#job = undefined;
    this.#rows = [];
    if (job !== undefined) this.#add(job, rows);
  }

  #add(job: TidyJob, rows: readonly TidyTasks[]): void {
    const { batch } = this.#admission;
    const { line } = rows[0]!;
    const added = batch.addJob(job.name, job.framework, job.submit, this.#source);
    batch.estimate[added] = Math.min(job.estimate, LATEST);
    if (job.estimate > LATEST) this.#note('estimate capped', line);
    batch.priority[added] = job.priority;
    batch.weight[added] = job.weight;
    batch.flags[added] = job.flags;
    batch.constraint[added] = job.constraint;
    batch.records[added] = rows.length;
    batch.setLine(added, line);
    if (Number.isNaN(job.estimate)) this.#note('estimate missing, run time taken', line);
    const stages = inStages(rows);
    for (const { tasks } of stages) for (const row of tasks) this.#addTasks(batch, row);
    if (rows.length === 1) this.#settle(batch, added, line);
    if (rows.some(({ parents }) => parents.length > 0)) this.#connect(batch, added, stages);
  }

  #addTasks(batch: TraceBatch, { run, width, demand, isRounded, line }: TidyTasks): void {
    const row = batch.addRow(run, width);
    batch.demand.set(demand, row * demand.length);
    if (isRounded) this.#admission.noteRounded(line);
  }

  /** Settles what an estimate below the run time means, for a job that has one run time. */
  #settle(batch: TraceBatch, job: number, line: number): void {
    const estimate = batch.estimate[job]!;
    const task = batch.taskStart[job]!;
    const { pastEstimate } = this.#options;
    if (!(estimate > 0 && estimate < batch.run[task]!) || pastEstimate === 'overrun') return;
    if (pastEstimate === 'kill') {
      batch.run[task] = estimate;
      batch.flags[job] = batch.flags[job]! | JobFlag.killed;
      this.#note('run time cut at the estimate', line);
    } else {
      batch.estimate[job] = batch.run[task]!;
      this.#note('estimate raised to the run time', line);
    }
  }

  #connect(batch: TraceBatch, job: number, stages: readonly Stage[]): void {
    const { parents, dangling, cyclic } = resolveParents(stages);
    const line = stages[0]!.tasks[0]!.line;
    if (dangling > 0) this.#note('parent that the job does not have, not waited for', line, dangling);
    if (cyclic > 0) this.#note('dependency inside a cycle, dropped', line, cyclic);
    if (!parents.some((each) => each.length > 0)) return;
    const widths = stages.map(({ tasks }) => tasks.length);
    batch.stages[job] = jobStages(widths, parents);
  }

  #note(what: string, line: number, times = 1): void {
    tallyOdd(this.#account, 'notes', what, line, times);
  }
}

interface Stage {
  readonly key: string;
  readonly parents: readonly string[];
  readonly tasks: readonly TidyTasks[];
}

/** Gathers the rows of each stage, in order of first appearance; rows of no stage are one each. */
function inStages(rows: readonly TidyTasks[]): Stage[] {
  const stages = new Map<string, { key: string; parents: string[]; tasks: TidyTasks[] }>();
  for (const [i, row] of rows.entries()) {
    const key = row.stage === '' ? ` ${i}` : row.stage;
    const stage = stages.get(key) ?? { key, parents: [], tasks: [] };
    stage.parents.push(...row.parents.filter((parent) => !stage.parents.includes(parent)));
    stage.tasks.push(row);
    stages.set(key, stage);
  }
  return [...stages.values()];
}
