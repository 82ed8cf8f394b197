import { isDeviceDemand, type ResourceCatalog, toSteps } from '../../base/amounts.ts';
import { jobStages } from '../job-stages.ts';
import { resolveParents, type TaskGraph } from '../task-graph.ts';
import { BATCH_ROWS, type TraceBatch } from '../trace-batch.ts';
import { type SourceAccount, tallyOdd, type WorkloadContext } from '../workload-source.ts';
import { Admission, LATEST } from './admission.ts';
import type { DraftJob, DraftStage, DraftTasks } from './draft.ts';
import type { TraceOptions } from './reader.ts';

/**
 * Writes the jobs that a format's reader has understood: applies the rules that all formats share, and counts what they
 * leave out.
 *
 * The reader counts what it reads; each record that is given here is then replayed, rejected or skipped. One writer takes
 * jobs of one record each, or jobs of stages, never both.
 */
export class JobWriter {
  readonly #resources: ResourceCatalog;
  readonly #source: number;
  readonly #account: SourceAccount;
  readonly #admission: Admission;
  readonly #pools: boolean;

  constructor(options: TraceOptions, context: WorkloadContext, account: SourceAccount) {
    this.#resources = context.resources;
    this.#source = context.source;
    this.#account = account;
    this.#admission = new Admission(options, context, account);
    this.#pools = options.as === 'pool';
  }

  /** Counts a record that is left out, or several; `line` is where it stands, 0 where that is not known. */
  skip(reason: string, line = 0, records = 1): void {
    this.#admission.skip(reason, line, records);
  }

  /** Counts a record that is replayed with something filled in or put right. */
  note(what: string, times = 1, line = 0): void {
    tallyOdd(this.#account, 'notes', what, line, times);
  }

  /** True when the batch wants to be taken. */
  get isFull(): boolean {
    const { batch } = this.#admission;
    return batch.jobs >= BATCH_ROWS || batch.tasks >= 4 * BATCH_ROWS;
  }

  get isEmpty(): boolean {
    return this.#admission.batch.jobs === 0;
  }

  /** Gives the jobs collected so far, and begins anew. */
  take(): TraceBatch {
    return this.#admission.take();
  }

  /** Adds a job of equal tasks and says true, or counts its records as skipped. */
  add(job: DraftJob, tasks: DraftTasks): boolean {
    const admission = this.#admission;
    const { batch } = admission;
    const row = batch.jobs;
    const reason = this.#refusal(job, tasks) ?? this.#writeDemand(batch, row, tasks, job.line);
    const records = (job.records ?? 0) + (tasks.records ?? 1);
    if (reason !== null) {
      this.skip(reason, job.line, records);
      return false;
    }
    batch.records[row] = records;
    batch.submit[row] = job.submit;
    batch.run[row] = tasks.run;
    batch.estimate[row] = job.estimate;
    batch.priority[row] = job.priority;
    batch.weight[row] = job.weight ?? 0;
    batch.constraint[row] = job.constraint;
    admission.add(job.name, job.framework, this.#pools ? 1 : tasks.width, job.line);
    return true;
  }

  /**
   * Adds a job of several records, each a stage; those that the rules leave out are counted as skipped, and what waits for
   * them waits for their parents. An estimate below the critical path stays as it is.
   */
  addStages(job: DraftJob, stages: readonly DraftStage[]): void {
    const reasons = this.#reasons(job, stages);
    for (const [i, reason] of reasons.entries()) {
      const { line, records } = stages[i]!;
      if (reason !== null) this.skip(reason, line ?? job.line, records ?? 1);
    }
    const kept = stages.filter((_, i) => reasons[i] === null);
    if (kept.length === 0) {
      if (job.records !== undefined) this.skip('no task left', job.line, job.records);
      return;
    }
    const graph = resolveParents(
      stages.map(({ key, parents }, i) => ({ key, parents, isLeftOut: reasons[i] !== null })),
    );
    const records = kept.reduce((sum, stage) => sum + (stage.records ?? 1), job.records ?? 0);
    this.#writeStages(job, kept, graph, records);
  }

  /** Adds a job of one record that has several stages; if one of them is refused, the record is counted as skipped. */
  addWhole(job: DraftJob, stages: readonly DraftStage[]): void {
    const reason = this.#reasons(job, stages).find((each) => each !== null);
    if (reason !== undefined) this.skip(reason!, job.line);
    else this.#writeStages(job, stages, resolveParents(stages), 1);
  }

  /** Why each stage is left out, or null. */
  #reasons(job: DraftJob, stages: readonly DraftStage[]): (string | null)[] {
    let tasks = 0;
    return stages.map((stage) => {
      const own = stage.leftOut ?? this.#refusal(job, stage) ?? this.#demandFault(stage);
      const reason = own ?? this.#admission.refusal(job.submit, stage.run, tasks + stage.width);
      if (reason === null) tasks += stage.width;
      return reason;
    });
  }

  #writeStages(job: DraftJob, kept: readonly DraftStage[], graph: TaskGraph, records: number): void {
    const { batch } = this.#admission;
    this.#noteGraph(graph, job.line);
    const row = batch.addJob(job.name, job.framework, job.submit, this.#source);
    batch.estimate[row] = job.estimate > 0 ? Math.min(job.estimate, LATEST) : Number.NaN;
    if (job.estimate > LATEST) this.note('estimate capped', 1, job.line);
    if (!(job.estimate > 0)) this.note('estimate missing, run time taken', 1, job.line);
    batch.priority[row] = job.priority;
    batch.weight[row] = job.weight ?? 0;
    batch.constraint[row] = job.constraint;
    batch.records[row] = records;
    batch.setLine(row, job.line);
    const rows = kept.map((stage) => this.#writeStage(batch, stage, stage.line ?? job.line));
    if (graph.parents.some((parents) => parents.length > 0)) batch.stages[row] = jobStages(rows, graph.parents);
  }

  /** Appends the task rows of a stage, one where its tasks are equal; gives how many. */
  #writeStage(batch: TraceBatch, stage: DraftStage, line: number): number {
    const first = batch.addRow(stage.run, this.#pools ? 1 : stage.width);
    this.#writeDemand(batch, first, stage, line);
    const { runs } = stage;
    if (runs === undefined || this.#pools) return 1;
    const { length } = this.#resources;
    batch.run[first] = runs[0]!;
    batch.width[first] = 1;
    for (let i = 1; i < runs.length; i++) {
      const row = batch.addRow(runs[i]!, 1);
      for (let r = 0; r < length; r++) batch.demand[row * length + r] = batch.demand[first * length + r]!;
    }
    return runs.length;
  }

  #noteGraph({ dangling, cyclic, duplicates }: TaskGraph, line: number): void {
    if (dangling > 0) this.note('parent that the job does not have, not waited for', dangling, line);
    if (cyclic > 0) this.note('dependency inside a cycle, dropped', cyclic, line);
    if (duplicates > 0) this.note('task of the same name as an earlier one', duplicates, line);
  }

  #refusal({ submit, priority }: DraftJob, { run, width }: DraftTasks): string | null {
    if (Number.isNaN(submit)) return 'unknown submit';
    if (Number.isNaN(run)) return 'unknown run time';
    if (!Number.isFinite(priority)) return 'out of range';
    if (!Number.isInteger(width)) return 'not a whole number of tasks';
    return this.#admission.refusal(submit, run, width);
  }

  /** Writes the demand of a task row; gives the reason where it is none. */
  #writeDemand(batch: TraceBatch, row: number, tasks: DraftTasks, line: number): string | null {
    const reason = this.#demandFault(tasks);
    if (reason !== null) return reason;
    const at = row * this.#resources.length;
    const times = this.#pools ? tasks.width : 1;
    let isRounded = false;
    for (const [r, resource] of this.#resources.entries()) {
      const { amount, exact } = toSteps(tasks.demand[r]!, resource, 'demand');
      batch.demand[at + r] = amount * times;
      if (!exact) isRounded = true;
    }
    if (isRounded) this.#admission.noteRounded(line);
    return null;
  }

  #demandFault({ demand, width }: DraftTasks): string | null {
    const times = this.#pools ? width : 1;
    let isNothing = true;
    for (const [r, resource] of this.#resources.entries()) {
      const quantity = demand[r]!;
      if (Number.isNaN(quantity)) return `not a number: ${resource.name}`;
      if (quantity < 0) return `negative: ${resource.name}`;
      const amount = toSteps(quantity, resource, 'demand').amount * times;
      if (amount > Number.MAX_SAFE_INTEGER) return 'out of range';
      if (resource.devices && !isDeviceDemand(amount, resource)) return `not whole ${resource.name} or a share of one`;
      if (quantity > 0) isNothing = false;
    }
    return isNothing ? 'no demand' : null;
  }
}
