import { grown } from '../../base/grow.ts';
import { demandColumns } from './demand-columns.ts';
import { type GoogleEvent, readEvent } from './google-events.ts';
import { GoogleTasks } from './google-tasks.ts';
import type { JobWriter } from './job-writer.ts';
import { type LifeRules, Lifetimes } from './lifetimes.ts';
import { type TableRecords, type TableRow, type TableTools, tableReader } from './table.ts';

/** The columns of job_events in their order; the original files have no header. */
const COLUMNS = [
  'timestamp_us',
  'missing_info',
  'job_id',
  'event_type',
  'user_ix',
  'scheduling_class',
  'job_name',
  'logical_job_ix',
] as const;

const EVENT = { time: 'timestamp_us', kind: 'event_type', job: 'job_id' } as const;

/**
 * Reads the job events of Google's cluster data of 2011: a job is all events of one id, and ran from its first SCHEDULE to
 * its last end.
 *
 * A record is an event, and a job stands for all of its own. As a job may begin anew after its end, jobs are given out
 * when all events have been read, in order of their first; some hundred bytes are kept for each.
 *
 * @see Reiss, Wilkes, Hellerstein: Google cluster-usage traces: format + schema, 2011
 */
export const google2011 = tableReader({
  name: 'google2011',
  summary: 'Google cluster data 2011: job events, and task events where there are any',
  resources: ['cpus'],
  as: 'tasks',
  canBe: ['tasks', 'gang', 'pool'],
  delimiter: ',',
  columns: ['timestamp_us', 'job_id', 'event_type'],
  optional: COLUMNS,
  headless: COLUMNS,
  looksLikeRow: (cells) => cells.length === COLUMNS.length && /^\d+,\d*,\d+,[0-8],[^,]*,[0-3],/.test(cells.join(',')),
  frameworkBy: { user: 'user_ix', group: 'logical_job_ix', queue: 'scheduling_class' },
  own: {
    'task-events': {
      kind: 'text',
      default: '',
      summary: 'the file of task events: jobs then have their own tasks, with what each asked for',
    },
    ends: {
      kind: 'choice',
      of: ['any', 'finish'],
      default: 'any',
      summary: 'what is replayed: all that came to an end (EVICT, FAIL, FINISH, KILL, LOST), or what did by FINISH',
    },
    'run-time': {
      kind: 'choice',
      of: ['span', 'running'],
      default: 'span',
      summary: 'from the first SCHEDULE to the last end, or that without the time between an end and the next SCHEDULE',
    },
    priority: {
      kind: 'choice',
      of: ['tasks', 'scheduling-class', 'none'],
      default: 'tasks',
      summary: "the greatest priority of the job's tasks (0 without task events), its scheduling class, or 0",
    },
  },
  async open(tools) {
    const { context, account, options, writer } = tools;
    const file = options.own.text('task-events');
    for (const rule of ['ends', 'run-time', 'priority']) account.rules[rule] = options.own.text(rule);
    account.rules['task-events'] = file === '' ? 'none' : file;
    if (file === '') return new GoogleJobs(tools, null);
    const columns = demandColumns(['cpus', 'mem', 'disk'], 'google2011', context, account);
    const tasks = new GoogleTasks(columns, context.resources.length, writer);
    account.read += await tasks.read(context.openFile(file), context);
    return new GoogleJobs(tools, tasks);
  },
});

/** The jobs of a file of job events. */
class GoogleJobs implements TableRecords {
  readonly #rows = new Map<string | number, number>();
  readonly #lives = new Lifetimes();
  #framework = new Int32Array(0);
  #class = new Uint8Array(0);
  #line = new Float64Array(0);
  readonly #tasks: GoogleTasks | null;
  readonly #writer: JobWriter;
  readonly #rules: LifeRules;
  readonly #priority: string;
  /** What a job asks for of which nothing else is known. */
  readonly #demand: Float64Array;
  readonly #event: GoogleEvent = { time: 0, kind: 0, job: 0 };

  constructor({ context, account, options, writer }: TableTools, tasks: GoogleTasks | null) {
    const { own } = options;
    this.#tasks = tasks;
    this.#writer = writer;
    this.#priority = own.text('priority');
    this.#rules = {
      ends: own.text('ends') as LifeRules['ends'],
      runTime: own.text('run-time') as LifeRules['runTime'],
    };
    this.#demand = new Float64Array(context.resources.length);
    if (tasks === null) this.#demand[demandColumns(['cpus'], 'google2011', context, account)[0]!] = 1;
  }

  take(row: TableRow): string | null {
    const event = this.#event;
    const reason = readEvent(row, EVENT, event);
    if (reason !== null) return reason;
    let job = this.#rows.get(event.job);
    if (job === undefined) {
      job = this.#lives.add();
      this.#rows.set(event.job, job);
      this.#describe(job, row);
    }
    this.#lives.take(job, event.kind, event.time);
    return null;
  }

  #describe(job: number, row: TableRow): void {
    if (job >= this.#line.length) {
      this.#framework = grown(this.#framework, job + 1);
      this.#class = grown(this.#class, job + 1);
      this.#line = grown(this.#line, job + 1);
    }
    this.#framework[job] = row.framework();
    this.#class[job] = row.number('scheduling_class');
    this.#line[job] = row.line;
  }

  *rest(): Generator<void> {
    for (const [name, job] of this.#rows) {
      this.#give(name, job);
      yield;
    }
    for (const name of this.#tasks?.jobs() ?? []) this.#tasks!.skip(name, 'task of a job that is not there');
  }

  #give(name: string | number, job: number): void {
    const lives = this.#lives;
    const records = lives.records[job]!;
    const fault = lives.fault(job, this.#rules);
    if (fault !== null) {
      this.#writer.skip(fault, this.#line[job]!, records);
      this.#tasks?.skip(name, fault);
      return;
    }
    const draft = {
      name,
      framework: this.#framework[job]!,
      submit: lives.submitOf(job),
      estimate: Number.NaN,
      priority: this.#priority === 'scheduling-class' ? this.#class[job]! : 0,
      constraint: 0,
      line: this.#line[job]!,
    };
    if (this.#tasks === null) {
      const run = lives.runOf(job, this.#rules);
      this.#writer.add(draft, { run, width: 1, demand: this.#demand, records });
      return;
    }
    const { stages, priority } = this.#tasks.take(name, this.#rules);
    const isTheirs = this.#priority === 'tasks';
    this.#writer.addStages({ ...draft, records, ...(isTheirs && { priority }) }, stages);
  }
}
