import { grown } from '../base/grow.ts';
import type { Time } from '../base/time.ts';
import type { JobStages } from './job-stages.ts';

/** Tasks of the widest job that is built: 2^24, more than any machine has processors. */
export const WIDEST_JOB = 16_777_216;

/** How the tasks of one job relate, and what marks the job carries. */
export const JobFlag = { none: 0, gang: 1, killed: 2 } as const;

/**
 * Jobs on their way into a run, as columns; ordered by submit time.
 *
 * Row i of the job columns is one job; its tasks are the rows `taskStart[i]` to `taskStart[i + 1] - 1` of the task
 * columns. Demands have a stride of one column a resource: `demand[task * resources + r]`.
 * Invariant: all columns hold at least `jobs` (or `tasks`) rows; rows beyond are unused.
 */
export class JobBatch {
  readonly resources: number;
  jobs = 0;
  tasks = 0;
  /** The job's name as in the trace. */
  name: (string | number)[] = [];
  /** Microseconds on the clock of the run. */
  submit = new Float64Array(0);
  /** The user's own guess of the run time, microseconds; NaN where there is none. */
  estimate = new Float64Array(0);
  /** Larger is more urgent. */
  priority = new Float64Array(0);
  /** Row of the run's weights, 0 for the one that follows from the priority. */
  weight = new Int32Array(0);
  /** Row of the run's framework names. */
  framework = new Int32Array(0);
  /** Bits of {@link JobFlag}. */
  flags = new Uint8Array(0);
  /** Row of the run's constraints, 0 for none. */
  constraint = new Int32Array(0);
  /** Row of the run's workload sources. */
  source = new Int32Array(0);
  /** How many records of the source the job stands for. */
  records = new Int32Array(0);
  /** Which tasks wait for which; undefined where none does. */
  stages: (JobStages | undefined)[] = [];
  taskStart = new Int32Array(1);
  /** How long a task runs, microseconds. */
  run = new Float64Array(0);
  /** Whole steps, stride `resources`. */
  demand = new Float64Array(0);

  constructor(resources: number) {
    this.resources = resources;
  }

  /** Appends a job without tasks and gives its row; {@link addTask} then fills it. */
  addJob(name: string | number, framework: number, submit: Time, source = 0): number {
    const job = this.jobs++;
    if (job >= this.submit.length) this.#growJobs(job + 1);
    this.name[job] = name;
    this.submit[job] = submit;
    this.estimate[job] = Number.NaN;
    this.priority[job] = 0;
    this.weight[job] = 0;
    this.framework[job] = framework;
    this.flags[job] = JobFlag.none;
    this.constraint[job] = 0;
    this.source[job] = source;
    this.records[job] = 1;
    if (this.stages.length > job) this.stages[job] = undefined;
    this.taskStart[job + 1] = this.tasks;
    return job;
  }

  /**
   * Appends a task to the last job, with its demand in whole steps, one amount a resource.
   *
   * Columns may be longer ones afterwards: without `demand` the caller writes to `this.demand`, read anew, at the
   * returned row times `resources`.
   */
  addTask(run: Time, demand?: ArrayLike<number>): number {
    const task = this.tasks++;
    if (task >= this.run.length) this.#growTasks(task + 1);
    this.run[task] = run;
    this.taskStart[this.jobs] = this.tasks;
    if (demand !== undefined) this.demand.set(demand, task * this.resources);
    return task;
  }

  /** Appends a copy of one job of another batch of the same resources. */
  copyJob(from: JobBatch, row: number): number {
    const job = this.copyTraits(from, row);
    const { resources } = this;
    if (from.stages[row] !== undefined) this.stages[job] = from.stages[row];
    for (let t = from.taskStart[row]!; t < from.taskStart[row + 1]!; t++) {
      const at = this.addTask(from.run[t]!) * resources;
      for (let r = 0; r < resources; r++) this.demand[at + r] = from.demand[t * resources + r]!;
    }
    return job;
  }

  /** Appends what one job of another batch is, without its tasks and stages. */
  copyTraits(from: JobBatch, row: number): number {
    const job = this.addJob(from.name[row]!, from.framework[row]!, from.submit[row]!, from.source[row]!);
    this.estimate[job] = from.estimate[row]!;
    this.priority[job] = from.priority[row]!;
    this.weight[job] = from.weight[row]!;
    this.flags[job] = from.flags[row]!;
    this.constraint[job] = from.constraint[row]!;
    this.records[job] = from.records[row]!;
    return job;
  }

  /** Says whether the rows are in order of submit time. */
  isSorted(): boolean {
    for (let i = 1; i < this.jobs; i++) if (this.submit[i]! < this.submit[i - 1]!) return false;
    return true;
  }

  /** Gives the rows in order of submit time; rows of one instant keep their order. */
  sorted(): JobBatch {
    if (this.isSorted()) return this;
    const order = Array.from({ length: this.jobs }, (_, i) => i);
    order.sort((a, b) => this.submit[a]! - this.submit[b]! || a - b);
    const result = new JobBatch(this.resources);
    for (const row of order) result.copyJob(this, row);
    return result;
  }

  /** Gives the batch back when no row of it will be read again: a reader fills it anew. May be left out. */
  release(): void {}

  #growJobs(length: number): void {
    this.submit = grown(this.submit, length);
    this.estimate = grown(this.estimate, length);
    this.priority = grown(this.priority, length);
    this.weight = grown(this.weight, length);
    this.framework = grown(this.framework, length);
    this.flags = grown(this.flags, length);
    this.constraint = grown(this.constraint, length);
    this.source = grown(this.source, length);
    this.records = grown(this.records, length);
    this.taskStart = grown(this.taskStart, this.submit.length + 1);
  }

  #growTasks(length: number): void {
    this.run = grown(this.run, length);
    this.demand = grown(this.demand, this.run.length * this.resources);
  }
}
