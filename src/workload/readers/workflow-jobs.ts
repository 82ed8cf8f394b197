import { ScenarioError } from '../../base/errors.ts';
import type { Time } from '../../base/time.ts';
import type { DraftStage } from './draft.ts';
import type { JobWriter } from './job-writer.ts';
import type { TraceOptions } from './reader.ts';

/** Records that may lie between two of one job when a trace is streamed. */
const WINDOW = 100_000;

/** One record of a trace whose jobs are spread over several: a task, or several equal ones. */
export interface WorkflowTask extends DraftStage {
  /** The name of its job. */
  readonly job: string;
  /** When it was submitted, or started where that is all one knows; NaN for unknown. */
  readonly submit: Time;
  readonly framework: number;
  readonly line: number;
}

interface Group {
  readonly tasks: WorkflowTask[];
  /** How many records had been read when the last of it came. */
  newest: number;
}

/** What a workflow trace knows of its times. */
export interface WorkflowRules {
  readonly file: string;
  readonly sort: TraceOptions['sort'];
  /** Whether a task's time tells when it was submitted, so that one after its job's is worth a note. */
  readonly tellsSubmit: boolean;
}

/**
 * Puts the records of each job together: a job is complete when 100,000 records have been read since its last and the
 * jobs that began before it are complete, or with `sort: whole` at the end of the file.
 *
 * A job is submitted when the first of its tasks is; the submit times of the others are not replayed.
 */
export class WorkflowJobs {
  readonly #writer: JobWriter;
  readonly #rules: WorkflowRules;
  /** By name, in order of their first records; so jobs of one instant keep that order. */
  readonly #open = new Map<string, Group>();
  readonly #complete = new Set<string>();
  #read = 0;
  #last: { readonly job: string; readonly group: Group } | undefined;

  constructor(writer: JobWriter, rules: WorkflowRules) {
    this.#writer = writer;
    this.#rules = rules;
  }

  /** Takes a record; throws a ScenarioError for one whose job was taken to be complete. */
  add(task: WorkflowTask): void {
    const group = this.#last?.job === task.job ? this.#last.group : this.#find(task);
    group.tasks.push(task);
    group.newest = ++this.#read;
    if (this.#rules.sort === 'whole') return;
    for (const [job, first] of this.#open) {
      if (this.#read - first.newest < WINDOW) break;
      this.#complete.add(job);
      this.#close(job, first);
    }
  }

  #find(task: WorkflowTask): Group {
    const { job } = task;
    if (this.#complete.has(job)) throw this.#tooLate(task);
    const group = this.#open.get(job) ?? { tasks: [], newest: 0 };
    this.#open.set(job, group);
    this.#last = { job, group };
    return group;
  }

  /** Gives the writer the jobs that are still open, one a step. */
  *rest(): Generator<undefined> {
    for (const [job, group] of this.#open) {
      this.#close(job, group);
      yield;
    }
  }

  #close(job: string, { tasks }: Group): void {
    this.#open.delete(job);
    if (this.#last?.job === job) this.#last = undefined;
    const submit = firstSubmit(tasks);
    const { framework, line } = tasks[0]!;
    if (this.#rules.tellsSubmit) {
      const later = tasks.filter((task) => task.submit > submit).length;
      if (later > 0) this.#writer.note('task submitted later than its job, not waited for', later, line);
    }
    this.#writer.addStages(
      { name: job, framework, submit, estimate: Number.NaN, priority: 0, constraint: 0, line },
      tasks,
    );
  }

  #tooLate({ job, line }: WorkflowTask): ScenarioError {
    const message = `a record of the job ${job}, whose last one stands more than ${WINDOW} records further up`;
    const suggestion = '`sort: whole` reads all before it puts jobs together';
    return new ScenarioError([{ path: '', message, suggestion, place: { file: this.#rules.file, line } }]);
  }
}

/** The earliest submit of the tasks that are replayed; of all where none is. */
function firstSubmit(tasks: readonly WorkflowTask[]): Time {
  let first = Number.NaN;
  for (const { submit, leftOut } of tasks) {
    if (leftOut == null && submit >= 0 && !(submit >= first)) first = submit;
  }
  return first;
}
