import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { JobOutcome, JobStatus } from './job-outcome.ts';
import type { ObservedRun, Observer } from './observer.ts';
import { type JobReference, refer, whyWaits } from './wait-reason.ts';
import { type WaitSpans, WaitTimeline } from './wait-timeline.ts';

/** Which jobs are watched: by name as in the trace, or by their position among all submissions. */
export interface Watched {
  readonly names: readonly string[];
  readonly indices: readonly number[];
}

/** Something that became of a job's tasks at one time; of many at once only how many there were. */
export interface TaskEvent {
  readonly time: Time;
  readonly what: 'started' | 'preempted' | 'lost';
  readonly tasks: number;
  /** Of the first of them. */
  readonly node: string;
}

/** All that was seen of one job. */
export interface WatchedJob {
  readonly job: JobReference;
  readonly framework: string;
  readonly submit: Time;
  readonly estimate: Time;
  readonly tasks: number;
  readonly isGang: boolean;
  /** What its first task demands, whole steps. */
  readonly demand: readonly number[];
  readonly waits: WaitSpans;
  /** The first of them, and the last. */
  readonly events: readonly TaskEvent[];
  readonly status: JobStatus;
  /** First start; NaN for none. */
  readonly start: Time;
  readonly end: Time;
  /** Why it was rejected. */
  readonly reason: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Open {
  readonly seen: Mutable<WatchedJob>;
  readonly timeline: WaitTimeline;
  readonly events: Mutable<TaskEvent>[];
}

/** Spans and events that are kept of one job. */
const KEPT = 500;
/** Jobs that are watched of one name; there may be as many as there are in a trace. */
const MOST_JOBS = 100;

/** Writes down, behind each pass, why jobs that somebody asked about still wait. */
export class WaitWatch implements Observer {
  readonly jobs: WatchedJob[] = [];
  /** Jobs of those names beyond the ones watched. */
  unwatched = 0;
  readonly #names: ReadonlySet<string>;
  readonly #indices: ReadonlySet<number>;
  readonly #open = new Map<JobId, Open>();
  #run!: ObservedRun;

  constructor({ names, indices }: Watched) {
    this.#names = new Set(names);
    this.#indices = new Set(indices);
  }

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onJobSubmitted(time: Time, job: JobId): void {
    const reference = refer(this.#run, job);
    if (!this.#isWanted(reference)) return;
    const { view } = this.#run;
    const task = view.firstTask(job);
    const timeline = new WaitTimeline(KEPT);
    const seen = {
      ...NOT_ENDED,
      job: reference,
      framework: this.#run.frameworkName(view.frameworkOf(job)),
      submit: time,
      estimate: view.estimate(job),
      tasks: view.taskCount(job),
      isGang: view.isGang(job) && view.taskCount(job) > 1,
      demand: view.resources.map((_, r) => view.demand(task, r)),
      waits: timeline.result,
      events: [],
    };
    this.jobs.push(seen);
    this.#open.set(job, { seen, timeline, events: seen.events });
  }

  onPassed(time: Time): void {
    for (const [job, { timeline }] of this.#open) {
      if (this.#run.view.queuedTaskCount(job) > 0) timeline.add(time, whyWaits(this.#run, job));
    }
  }

  onTaskStarted(time: Time, task: TaskId, node: NodeId): void {
    const job = this.#note(time, task, node, 'started');
    if (job !== null && this.#run.view.queuedTaskCount(job) === 0) this.#open.get(job)!.timeline.close(time);
  }

  onTaskPreempted(time: Time, task: TaskId, node: NodeId): void {
    this.#note(time, task, node, 'preempted');
  }

  onTaskLost(time: Time, task: TaskId, node: NodeId): void {
    this.#note(time, task, node, 'lost');
  }

  onJobRejected(job: JobOutcome): void {
    const reference = { index: job.index, name: String(job.name) };
    if (!this.#isWanted(reference)) return;
    const framework = this.#run.frameworkName(job.framework);
    const { submit, tasks, reason } = job;
    const waits = { spans: [], leftOut: { spans: 0, time: 0 } };
    const unknown = { estimate: Number.NaN, isGang: false, demand: [], waits, events: [] };
    this.jobs.push({ ...NOT_ENDED, ...unknown, job: reference, framework, submit, tasks, status: 'rejected', reason });
  }

  onJobEnded(time: Time, outcome: JobOutcome): void {
    if (outcome.status === 'rejected') return;
    for (const [job, { seen, timeline }] of this.#open) {
      if (seen.job.index !== outcome.index) continue;
      timeline.end(time);
      seen.waits = timeline.result;
      seen.status = outcome.status;
      seen.start = outcome.start;
      seen.end = outcome.end;
      seen.reason = outcome.reason;
      this.#open.delete(job);
    }
  }

  #isWanted({ index, name }: JobReference): boolean {
    if (!this.#indices.has(index) && !this.#names.has(name)) return false;
    if (this.jobs.length < MOST_JOBS) return true;
    this.unwatched++;
    return false;
  }

  /** Gives the job, or null where it is not watched. */
  #note(time: Time, task: TaskId, node: NodeId, what: TaskEvent['what']): JobId | null {
    const job = this.#run.view.jobOf(task);
    const open = this.#open.get(job);
    if (open === undefined) return null;
    const { events } = open;
    const last = events.at(-1);
    if (last?.time === time && last.what === what) last.tasks++;
    else if (events.length < KEPT) events.push({ time, what, tasks: 1, node: this.#run.nodeName(node) });
    else events[KEPT - 1] = { time, what, tasks: 1, node: this.#run.nodeName(node) };
    return job;
  }
}

const NOT_ENDED = {
  status: 'unfinished' as JobStatus,
  start: Number.NaN,
  end: Number.NaN,
  reason: '',
};
