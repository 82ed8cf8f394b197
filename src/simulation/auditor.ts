import { SimulationError } from '../base/errors.ts';
import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { JobOutcome, ObservedRun, Observer } from './observer.ts';

/** What the auditor knows of a job, written down when it was submitted. */
interface Ledger {
  readonly index: number;
  readonly constraint: number;
  readonly gang: boolean;
  readonly run: readonly Time[];
  /** Whole steps of each task, one list a task. */
  readonly demand: readonly (readonly number[])[];
  readonly start: (Time | null)[];
  readonly end: (Time | null)[];
  readonly node: NodeId[];
}

/**
 * Replays the facts of a run in books of its own and stops the run at the first that cannot be true.
 *
 * It checks that the clock never goes back, that no node ever holds more than its capacity, that a task starts once, on
 * a node that it may run on, and ends after exactly its run time, that gangs start together, and that every job is
 * accounted for at the end. Which devices tasks hold is no fact and is not checked. Tasks occupy [start, end): an end frees its node for a start of the
 * same instant.
 */
export class Auditor implements Observer {
  readonly #jobs = new Map<number, Ledger>();
  readonly #unfinished = new Set<number>();
  readonly #counts = { submitted: 0, completed: 0, rejected: 0 };
  #run!: ObservedRun;
  #used = new Float64Array(0);
  #stride = 0;
  #now: Time = Number.NEGATIVE_INFINITY;
  #facts = 0;

  /** Facts that were checked. */
  get facts(): number {
    return this.#facts;
  }

  onStart(run: ObservedRun): void {
    this.#run = run;
    this.#stride = run.view.resources.length;
    this.#used = new Float64Array(run.view.nodeCount * this.#stride);
  }

  onJobSubmitted(time: Time, job: JobId): void {
    this.#tick(time);
    const { view } = this.#run;
    const index = view.submission(job);
    const first = this.#run.firstTaskOf(job);
    const rows = Array.from({ length: this.#run.taskCountOf(job) }, (_, i) => first + i);
    if (this.#jobs.has(index)) this.#fail(`job ${index} was submitted twice`);
    if (view.submitTime(job) !== time) this.#fail(`job ${index} of ${view.submitTime(job)} us arrived at ${time} us`);
    this.#counts.submitted++;
    this.#jobs.set(index, {
      index,
      constraint: view.constraint(first),
      gang: view.isGang(job),
      run: rows.map((task) => this.#run.runTimeOf(task)),
      demand: rows.map((task) => Array.from({ length: this.#stride }, (_, r) => view.demand(task, r))),
      start: rows.map(() => null),
      end: rows.map(() => null),
      node: rows.map(() => -1),
    });
  }

  onTaskStarted(time: Time, task: TaskId, node: NodeId): void {
    this.#tick(time);
    const { ledger, position } = this.#find(task);
    const name = `task ${position} of job ${ledger.index}`;
    if (ledger.start[position] !== null) this.#fail(`${name} started a second time`);
    const { view } = this.#run;
    if (!view.classSatisfies(view.nodeClass(node), ledger.constraint))
      this.#fail(`${name} may not run on node ${node}`);
    ledger.start[position] = time;
    ledger.node[position] = node;
    for (let r = 0; r < this.#stride; r++) {
      const held = this.#used[node * this.#stride + r]! + ledger.demand[position]![r]!;
      const capacity = this.#run.view.capacity(node, r);
      if (held > capacity) {
        this.#fail(`${name} brings node ${node} to ${held} of ${capacity} ${this.#run.view.resources[r]!.name}`);
      }
      this.#used[node * this.#stride + r] = held;
    }
  }

  onTaskEnded(time: Time, task: TaskId, node: NodeId): void {
    this.#tick(time);
    const { ledger, position } = this.#find(task);
    const name = `task ${position} of job ${ledger.index}`;
    const start = ledger.start[position];
    if (start === null || start === undefined) this.#fail(`${name} ended without a start`);
    if (ledger.end[position] !== null) this.#fail(`${name} ended a second time`);
    if (ledger.node[position] !== node)
      this.#fail(`${name} ended on node ${node}, it started on ${ledger.node[position]}`);
    if (time - start! !== ledger.run[position]) {
      this.#fail(`${name} ran ${time - start!} us, its run time is ${ledger.run[position]} us`);
    }
    ledger.end[position] = time;
    for (let r = 0; r < this.#stride; r++) {
      const row = node * this.#stride + r;
      this.#used[row] = this.#used[row]! - ledger.demand[position]![r]!;
    }
  }

  onJobEnded(time: Time, job: JobOutcome): void {
    if (job.status === 'rejected') {
      this.#counts.submitted++;
      this.#counts.rejected++;
      return;
    }
    this.#tick(time);
    const ledger = this.#jobs.get(job.index);
    if (ledger === undefined) this.#fail(`job ${job.index} ended without a submission`);
    const starts = ledger!.start.filter((start) => start !== null);
    if (ledger!.gang && new Set(starts).size > 1)
      this.#fail(`the tasks of gang ${job.index} started at different times`);
    if (ledger!.gang && starts.length > 0 && starts.length < ledger!.start.length) {
      this.#fail(`only ${starts.length} tasks of gang ${job.index} started`);
    }
    if (job.status === 'unfinished') {
      if (this.#unfinished.has(job.index)) this.#fail(`job ${job.index} was said twice to be unfinished`);
      this.#unfinished.add(job.index);
    } else {
      this.#counts.completed++;
      if (ledger!.end.includes(null)) this.#fail(`job ${job.index} ended before its tasks`);
      if (job.end !== time || Math.max(...(ledger!.end as Time[])) !== time) {
        this.#fail(`job ${job.index} is said to have ended at ${job.end} us`);
      }
      if (job.start !== Math.min(...starts)) this.#fail(`job ${job.index} is said to have started at ${job.start} us`);
      this.#jobs.delete(job.index);
    }
  }

  onEnd(): void {
    const { submitted, completed, rejected } = this.#counts;
    const unfinished = this.#unfinished.size;
    if (submitted !== completed + rejected + unfinished) {
      this.#fail(
        `${submitted} jobs submitted, but ${completed} completed, ${rejected} rejected, ${unfinished} unfinished`,
      );
    }
    if (this.#jobs.size !== unfinished) this.#fail(`${this.#jobs.size} jobs are left, ${unfinished} were said to be`);
  }

  #tick(time: Time): void {
    this.#facts++;
    if (time < this.#now) this.#fail(`the clock went back from ${this.#now} us to ${time} us`);
    this.#now = time;
  }

  #find(task: TaskId): { ledger: Ledger; position: number } {
    const index = this.#run.view.submission(this.#run.view.jobOf(task));
    const ledger = this.#jobs.get(index);
    if (ledger === undefined) this.#fail(`a task of job ${index} moved without a submission`);
    return { ledger: ledger!, position: this.#run.taskPosition(task) };
  }

  #fail(problem: string): never {
    throw new SimulationError(`the audit failed at fact ${this.#facts}: ${problem}`);
  }
}
