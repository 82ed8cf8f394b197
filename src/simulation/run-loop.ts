import { widthColumn } from '../base/amounts.ts';
import type { FrameworkId } from '../base/ids.ts';
import { NEVER, type Time } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Kernel, type Pause } from '../kernel/kernel.ts';
import type { JobBatch } from '../workload/job-batch.ts';
import { measure, runTimeOf } from '../workload/job-size.ts';
import { mergeSources } from '../workload/merge.ts';
import { ArrivalBuffer } from './arrival-buffer.ts';
import type { ObservedRun } from './observer.ts';
import type { Observers } from './observers.ts';
import type { Pacer } from './pacer.ts';
import type { RunCounts, SimulationParts } from './simulation-parts.ts';

/** What a run does with its jobs; the loop around it neither knows nor cares where they are kept. */
export interface Course {
  /** The clock has moved. */
  setNow(now: Time): void;
  /** One scheduling pass. */
  decide(): void;
  /** Why the job can never run, or null. */
  refusal(batch: JobBatch, row: number): string | null;
  /** Takes a job in that can run; `index` counts submissions. */
  enter(batch: JobBatch, row: number, index: number, framework: FrameworkId): void;
  /** True if a job is queued or runs. */
  hasJobs(): boolean;
  /** Tells of every job that is still there, in order of submission. */
  leaveUnfinished(time: Time): void;
  /** How many tasks have ended, and when the last one did; NaN if none has. */
  tasksEnded(): number;
  lastEnd(): Time;
  /** What became of all tasks; when the run is over. */
  countTasks(): RunCounts['tasks'];
}

/** Feeds a run with its jobs and carries it from round to round, to its end or to where it is cut. */
export class RunLoop {
  readonly kernel: Kernel;
  /** What became of the jobs; the course counts those that end. */
  readonly jobs = { submitted: 0, completed: 0, failed: 0, rejected: 0, unfinished: 0 };
  readonly #parts: SimulationParts;
  readonly #cluster: Cluster;
  readonly #observers: Observers;
  readonly #course: Course;
  readonly #buffer: ArrivalBuffer;
  readonly #frameworkIds: FrameworkId[] = [];
  #passes = 0;
  /** The pass after which the pacer is asked; 0 for none. */
  #pauseAfter = 0;
  #start: Time = Number.NaN;

  constructor(parts: SimulationParts, observers: Observers, course: Course) {
    this.#parts = parts;
    this.#cluster = parts.cluster;
    this.#observers = observers;
    this.#course = course;
    const rounds = {
      onTime: (before: Time, now: Time) => this.#onTime(before, now),
      decide: () => this.#decide(),
    };
    this.kernel = new Kernel(rounds, parts.order);
    this.#buffer = new ArrivalBuffer(mergeSources(parts.sources, parts.cluster.resources.length), (batch, row) =>
      this.#arrive(batch, row),
    );
    for (const name of parts.initialFrameworks ?? []) this.#frameworkOf(parts.frameworks.id(name));
  }

  /**
   * Runs to the end.
   *
   * @throws AllocatorError if the allocator breaks its contract; ScenarioError if a source finds its input wrong.
   */
  async run(observed: ObservedRun): Promise<RunCounts> {
    const { pacer } = this.#parts;
    let until = this.#parts.until ?? NEVER;
    let interrupted = false;
    this.#observers.start(observed);
    let pause: Pause;
    try {
      for (;;) {
        pause = this.kernel.run(this.#buffer, until);
        if (pause === 'starved') await this.#buffer.read();
        else if (pause !== 'stopped') break;
        if (pacer === undefined || interrupted || (await this.#mayGoOn(pacer))) continue;
        interrupted = true;
        until = this.kernel.now;
      }
    } finally {
      await this.#buffer.close();
    }
    return this.#finish(pause, until, interrupted);
  }

  /** Asks the pacer; a run that has not begun goes on whatever it says. */
  async #mayGoOn(pacer: Pacer): Promise<boolean> {
    const { completed, failed, rejected, submitted } = this.jobs;
    const rounds = await pacer.turn({
      now: this.kernel.now,
      rounds: this.#passes,
      arrived: submitted,
      ended: completed + failed + rejected,
      tasksEnded: this.#course.tasksEnded(),
      accounts: this.#parts.sources.map(({ account }) => account),
    });
    this.#pauseAfter = this.#passes + Math.max(1, rounds);
    return rounds > 0 || this.#passes === 0;
  }

  #finish(pause: Pause, until: Time, stopped: boolean): RunCounts {
    const cut = pause === 'limit';
    const interrupted = cut && stopped;
    const end = cut ? until : this.#course.lastEnd();
    const left = this.#course.hasJobs();
    if (cut && this.kernel.now < until && !Number.isNaN(this.#start)) this.#onTime(this.kernel.now, until);
    if (left) this.#course.leaveUnfinished(cut ? until : this.kernel.now);
    for (const { account } of this.#parts.sources) {
      let known = account.replayed + account.rejected;
      for (const count of Object.values(account.skipped)) known += count;
      const late = `after the end of the run (${interrupted ? 'interrupted' : 'until'})`;
      if (account.read > known) account.skipped[late] = account.read - known;
    }
    const start = Number.isNaN(this.#start) ? 0 : this.#start;
    const last = Number.isNaN(end) ? start : end;
    this.#observers.end({ start, end: last, warm: start + (this.#parts.warmup ?? 0), cut });
    return {
      jobs: this.jobs,
      tasks: this.#course.countTasks(),
      start,
      end: last,
      cut,
      interrupted,
      events: this.kernel.events,
      passes: this.#passes,
    };
  }

  #onTime(before: Time, now: Time): void {
    this.#course.setNow(now);
    if (before !== Number.NEGATIVE_INFINITY) this.#observers.time(before, now);
  }

  #decide(): void {
    if (++this.#passes === this.#pauseAfter) this.kernel.stop();
    this.#course.decide();
    this.#observers.passed(this.kernel.now);
  }

  #arrive(batch: JobBatch, row: number): void {
    const index = this.jobs.submitted++;
    const framework = this.#frameworkOf(batch.framework[row]!);
    const reason = this.#course.refusal(batch, row);
    const { account } = this.#parts.sources[batch.source[row]!]!;
    if (reason !== null) {
      account.rejected += batch.records[row]!;
      this.#reject(batch, row, index, framework, reason);
      return;
    }
    account.replayed += batch.records[row]!;
    if (Number.isNaN(this.#start)) this.#start = batch.submit[row]!;
    this.#course.enter(batch, row, index, framework);
  }

  #frameworkOf(code: number): FrameworkId {
    let framework = this.#frameworkIds[code];
    if (framework === undefined) {
      const name = this.#parts.frameworks.name(code);
      framework = this.#cluster.addFramework(name, this.#parts.roleOf(name));
      this.#frameworkIds[code] = framework;
    }
    return framework;
  }

  #reject(batch: JobBatch, row: number, index: number, framework: FrameworkId, reason: string): void {
    this.jobs.rejected++;
    const { resources } = this.#cluster;
    const [from, end] = [batch.taskStart[row]!, batch.taskStart[row + 1]!];
    const size = measure(batch, from, end, resources, widthColumn(resources), {
      run: Number.NaN,
      width: Number.NaN,
      area: Number.NaN,
    });
    this.#observers.jobRejected(this.kernel.now, {
      index,
      name: batch.name[row]!,
      framework,
      submit: batch.submit[row]!,
      start: Number.NaN,
      end: Number.NaN,
      run: runTimeOf(batch, row),
      width: size.width,
      area: size.area,
      tasks: end - from,
      status: 'rejected',
      reason,
      source: batch.source[row]!,
    });
  }
}
