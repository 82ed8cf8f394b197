import type { ByteSource } from '../../base/byte-source.ts';
import { grown } from '../../base/grow.ts';
import type { WorkloadContext } from '../workload-source.ts';
import type { DraftStage } from './draft.ts';
import { type GoogleEvent, readEvent } from './google-events.ts';
import type { JobWriter } from './job-writer.ts';
import { type LifeRules, Lifetimes } from './lifetimes.ts';
import { readSideTable } from './side-table.ts';
import type { TableRow } from './table.ts';

/** The columns of task_events in their order; the files have no header. */
const COLUMNS = [
  'time',
  'missing_info',
  'job_id',
  'task_index',
  'machine_id',
  'event_type',
  'user',
  'scheduling_class',
  'priority',
  'cpu_request',
  'memory_request',
  'disk_request',
  'different_machine',
] as const;

const EVENT = { time: 'time', kind: 'event_type', job: 'job_id' } as const;
const REQUESTS = ['cpu_request', 'memory_request', 'disk_request'] as const;

/**
 * The tasks that task_events tells of, by job: what each asks for, its priority, and how long it ran.
 *
 * Requests are shares of the largest machine's, and are taken as they are; of a task the first that is stated counts.
 *
 * @see Reiss, Wilkes, Hellerstein: Google cluster-usage traces: format + schema, 2011, section task events
 */
export class GoogleTasks {
  readonly #lives = new Lifetimes();
  /** By job and index; no task index is wide enough to be a place in a list. */
  readonly #rows = new Map<string | number, Map<number, number>>();
  /** Stride of {@link REQUESTS}. */
  #requests = new Float64Array(0);
  #priority = new Float64Array(0);
  readonly #columns: readonly number[];
  readonly #event: GoogleEvent = { time: 0, kind: 0, job: 0 };
  readonly #resources: number;

  readonly #writer: JobWriter;

  /** `columns` are those of the run's resources for cpus, mem and disk, -1 for none. */
  constructor(columns: readonly number[], resources: number, writer: JobWriter) {
    this.#columns = columns;
    this.#resources = resources;
    this.#writer = writer;
  }

  /** Reads a file of task events and gives how many there are; those left out are counted. */
  read(bytes: ByteSource, { frameworks }: WorkloadContext): Promise<number> {
    const layout = { name: 'task_events', columns: ['time', 'job_id', 'task_index', 'event_type'], headless: COLUMNS };
    return readSideTable(bytes, layout, frameworks, {
      take: (row) => this.#take(row),
      skip: (reason) => this.#writer.skip(reason),
    });
  }

  #take(row: TableRow): string | null {
    const event = this.#event;
    const index = row.number('task_index');
    const reason = readEvent(row, EVENT, event);
    if (reason !== null) return reason;
    if (!Number.isSafeInteger(index) || index < 0) return 'not a number: task_index';
    let tasks = this.#rows.get(event.job);
    if (tasks === undefined) {
      tasks = new Map();
      this.#rows.set(event.job, tasks);
    }
    let task = tasks.get(index);
    if (task === undefined) {
      task = this.#add();
      tasks.set(index, task);
      if (row.number('different_machine') === 1) this.#writer.note('task to be on a node of its own, put anywhere');
    }
    for (let i = 0; i < REQUESTS.length; i++) {
      const at = task * REQUESTS.length + i;
      if (Number.isNaN(this.#requests[at]!)) this.#requests[at] = row.number(REQUESTS[i]!);
    }
    const priority = row.number('priority');
    if (priority > this.#priority[task]! && Number.isFinite(priority)) this.#priority[task] = priority;
    this.#lives.take(task, event.kind, event.time);
    return null;
  }

  #add(): number {
    const task = this.#lives.add();
    this.#requests = grown(this.#requests, (task + 1) * REQUESTS.length);
    this.#requests.fill(Number.NaN, task * REQUESTS.length, (task + 1) * REQUESTS.length);
    this.#priority = grown(this.#priority, task + 1);
    return task;
  }

  /** Takes the tasks of a job away: those that can be replayed, and the greatest of their priorities. */
  take(job: string | number, rules: LifeRules): { stages: DraftStage[]; priority: number } {
    const stages: DraftStage[] = [];
    let priority = 0;
    for (const [key, task] of this.#rows.get(job) ?? []) {
      const records = this.#lives.records[task]!;
      const fault = this.#lives.fault(task, rules);
      if (fault !== null) {
        this.#writer.skip(fault, 0, records);
        continue;
      }
      priority = Math.max(priority, this.#priority[task]!);
      const run = this.#lives.runOf(task, rules);
      stages.push({ key, parents: [], run, width: 1, demand: this.#demand(task), records });
    }
    this.#rows.delete(job);
    return { stages, priority };
  }

  #demand(task: number): Float64Array {
    const demand = new Float64Array(this.#resources);
    for (const [i, column] of this.#columns.entries()) {
      if (column >= 0) demand[column] = this.#requests[task * REQUESTS.length + i]!;
    }
    return demand;
  }

  /** Counts the tasks of a job as skipped, and takes them away. */
  skip(job: string | number, reason: string): void {
    for (const task of this.#rows.get(job)?.values() ?? []) this.#writer.skip(reason, 0, this.#lives.records[task]!);
    this.#rows.delete(job);
  }

  /** Gives the jobs whose tasks have not been taken away. */
  jobs(): readonly (string | number)[] {
    return [...this.#rows.keys()];
  }
}
