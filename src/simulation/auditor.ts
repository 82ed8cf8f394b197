import { SimulationError } from '../base/errors.ts';
import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { NodeState } from '../cluster/node-states.ts';
import type { StageGraph } from '../cluster/stage-progress.ts';
import { AuditedTask } from './audited-task.ts';
import type { JobOutcome } from './job-outcome.ts';
import type { ObservedRun, Observer } from './observer.ts';

/** What the auditor knows of a job, written down when it was submitted. */
interface Ledger {
  readonly index: number;
  readonly constraint: number;
  readonly gang: boolean;
  readonly stages: StageGraph | undefined;
  readonly tasks: readonly AuditedTask[];
}

/** Sums of shares such as one third are not exact: so much over a capacity, relative to it, counts as none. */
const SLACK = 1e-9;

/**
 * Replays the facts of a run in books of its own and stops the run at the first that cannot be true.
 *
 * It checks that the clock never goes back, that no node ever holds more than its capacity, that a task runs at one
 * place at a time, on a node that is up and that it may run on, and ends when exactly its run time has been worked off (preemptions,
 * checkpoints and shares taken into account), that gangs start together, that no task starts before the last of each stage that its own waits for
 * has ended, and that every job is accounted for at the
 * end. Which devices tasks hold is no fact and is not checked. Tasks occupy [start, end): an end frees its node for a
 * start of the same instant.
 */
export class Auditor implements Observer {
  readonly #jobs = new Map<number, Ledger>();
  readonly #unfinished = new Set<number>();
  readonly #counts = { submitted: 0, completed: 0, failed: 0, rejected: 0 };
  #run!: ObservedRun;
  #used = new Float64Array(0);
  /** What fluid tasks hold, in fractions of steps; checked when all shares of an instant are known. */
  #flowing = new Float64Array(0);
  readonly #rated = new Set<NodeId>();
  /** Nodes that have changed. */
  readonly #states = new Map<NodeId, NodeState>();
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
    this.#flowing = new Float64Array(this.#used.length);
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
      stages: this.#run.stagesOf(job),
      tasks: rows.map((task) => {
        const demand = Array.from({ length: this.#stride }, (_, r) => view.demand(task, r));
        return new AuditedTask(this.#run.runTimeOf(task), demand);
      }),
    });
  }

  onTaskStarted(time: Time, task: TaskId, node: NodeId): void {
    this.#tick(time);
    const { ledger, audited, name } = this.#find(task);
    if (audited.end !== null) this.#fail(`${name} started after it had ended`);
    if (audited.isRunning) this.#fail(`${name} started a second time`);
    const { view } = this.#run;
    if (!view.classSatisfies(view.nodeClass(node), ledger.constraint))
      this.#fail(`${name} may not run on node ${node}`);
    if (ledger.stages !== undefined) this.#checkParents(ledger, this.#run.taskPosition(task), name);
    const state = this.#states.get(node) ?? 'up';
    if (state !== 'up') this.#fail(`${name} started on node ${node}, which is ${state}`);
    audited.start(time, node, view.isFluid(task), this.#run.speedOf(task));
    if (audited.share === null) this.#hold(audited, 1, name);
  }

  onTaskRated(time: Time, task: TaskId, share: number): void {
    this.#tick(time);
    const { audited, name } = this.#find(task);
    if (audited.share === null) this.#fail(`${name} was given a share, but does not run at one`);
    if (!(share >= 0 && share <= 1)) this.#fail(`${name} runs at a share of ${share}`);
    this.#flow(audited, share - audited.share!);
    audited.rate(time, share);
  }

  onTaskPreempted(time: Time, task: TaskId, node: NodeId, lost: Time): void {
    this.#tick(time);
    const { audited, name } = this.#find(task);
    this.#checkRuns(audited, node, name, 'was preempted');
    this.#hold(audited, -1, name);
    const truth = audited.preempt(time, this.#run.preemption);
    if (lost !== truth) this.#fail(`${name} is said to have lost ${lost} us of work, it lost ${truth} us`);
  }

  onTaskLost(time: Time, task: TaskId, node: NodeId, lost: Time): void {
    this.#tick(time);
    const { audited, name } = this.#find(task);
    this.#checkRuns(audited, node, name, 'was lost');
    this.#hold(audited, -1, name);
    const truth = audited.lose(time, this.#run.preemption);
    if (lost !== truth) this.#fail(`${name} is said to have lost ${lost} us of work, it lost ${truth} us`);
  }

  onTaskWithdrawn(time: Time, task: TaskId): void {
    this.#tick(time);
    const { audited, name } = this.#find(task);
    if (audited.isRunning) this.#fail(`${name} left the queue while it ran`);
    if (audited.end !== null) this.#fail(`${name} left the queue after it had ended`);
  }

  onNodeChanged(time: Time, node: NodeId): void {
    this.#tick(time);
    const state = this.#run.view.nodeState(node);
    this.#states.set(node, state);
    if (state !== 'down') return;
    for (let r = 0; r < this.#stride; r++) {
      if (this.#used[node * this.#stride + r] !== 0) this.#fail(`node ${node} went down with tasks on it`);
    }
  }

  onTaskEnded(time: Time, task: TaskId, node: NodeId): void {
    this.#tick(time);
    const { audited, name } = this.#find(task);
    if (audited.end !== null) this.#fail(`${name} ended a second time`);
    this.#checkRuns(audited, node, name, 'ended');
    if (audited.share === null) this.#hold(audited, -1, name);
    else this.#flow(audited, -audited.share);
    const problem = audited.finish(time, this.#run.preemption);
    if (problem !== null) this.#fail(`${name} ${problem}`);
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
    const { tasks } = ledger!;
    const starts = tasks.flatMap(({ firstStart }) => (firstStart === null ? [] : [firstStart]));
    if (job.status === 'failed') {
      const busy = tasks.findIndex(({ isRunning }) => isRunning);
      if (busy >= 0) this.#fail(`job ${job.index} was given up while its task ${busy} ran`);
      this.#counts.failed++;
      this.#jobs.delete(job.index);
      return;
    }
    if (ledger!.gang && new Set(starts).size > 1)
      this.#fail(`the tasks of gang ${job.index} started at different times`);
    if (ledger!.gang && starts.length > 0 && starts.length < tasks.length) {
      this.#fail(`only ${starts.length} tasks of gang ${job.index} started`);
    }
    if (job.status === 'unfinished') {
      if (this.#unfinished.has(job.index)) this.#fail(`job ${job.index} was said twice to be unfinished`);
      this.#unfinished.add(job.index);
    } else {
      this.#counts.completed++;
      let last: Time = Number.NEGATIVE_INFINITY;
      for (const { end } of tasks) {
        if (end === null) this.#fail(`job ${job.index} ended before its tasks`);
        last = Math.max(last, end!);
      }
      if (job.end !== time || last !== time) {
        this.#fail(`job ${job.index} is said to have ended at ${job.end} us`);
      }
      if (job.start !== starts.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY))
        this.#fail(`job ${job.index} is said to have started at ${job.start} us`);
      this.#jobs.delete(job.index);
    }
  }

  onEnd(): void {
    this.#checkFlow();
    const { submitted, completed, failed, rejected } = this.#counts;
    const unfinished = this.#unfinished.size;
    if (submitted !== completed + failed + rejected + unfinished) {
      this.#fail(
        `${submitted} jobs submitted, but ${completed} completed, ${failed} failed, ${rejected} rejected, ${unfinished} unfinished`,
      );
    }
    if (this.#jobs.size !== unfinished) this.#fail(`${this.#jobs.size} jobs are left, ${unfinished} were said to be`);
  }

  #tick(time: Time): void {
    this.#facts++;
    if (time < this.#now) this.#fail(`the clock went back from ${this.#now} us to ${time} us`);
    if (time > this.#now && this.#rated.size > 0) this.#checkFlow();
    this.#now = time;
  }

  #find(task: TaskId): { ledger: Ledger; audited: AuditedTask; name: string } {
    const index = this.#run.view.submission(this.#run.view.jobOf(task));
    const ledger = this.#jobs.get(index);
    if (ledger === undefined) this.#fail(`a task of job ${index} moved without a submission`);
    const position = this.#run.taskPosition(task);
    return { ledger: ledger!, audited: ledger!.tasks[position]!, name: `task ${position} of job ${index}` };
  }

  #checkRuns(audited: AuditedTask, node: NodeId, name: string, what: string): void {
    if (!audited.isRunning) this.#fail(`${name} ${what} without a start`);
    if (audited.node !== node) this.#fail(`${name} ${what} on node ${node}, it started on ${audited.node}`);
  }

  #checkParents({ stages, tasks }: Ledger, position: number, name: string): void {
    const { firstTask, parentStart, parents } = stages!;
    const stage = firstTask.findLastIndex((first) => first <= position);
    for (const parent of parents.subarray(parentStart[stage]!, parentStart[stage + 1]!)) {
      for (let before = firstTask[parent]!; before < firstTask[parent + 1]!; before++) {
        if (tasks[before]!.end === null)
          this.#fail(`${name} started before task ${before}, which it waits for, had ended`);
      }
    }
  }

  /** Takes a task's demand from its node, or gives it back. */
  #hold({ node, demand }: AuditedTask, sign: 1 | -1, name: string): void {
    for (let r = 0; r < this.#stride; r++) {
      const row = node * this.#stride + r;
      const held = this.#used[row]! + sign * demand[r]!;
      this.#used[row] = held;
      const capacity = this.#run.view.capacity(node, r);
      if (held <= capacity) continue;
      this.#fail(`${name} brings node ${node} to ${held} of ${capacity} ${this.#run.view.resources[r]!.name}`);
    }
  }

  /** Takes so much of a fluid task's demand from its node; whether it was there shows when the instant is over. */
  #flow({ node, demand }: AuditedTask, share: number): void {
    this.#rated.add(node);
    for (let r = 0; r < this.#stride; r++) {
      const row = node * this.#stride + r;
      this.#flowing[row] = this.#flowing[row]! + share * demand[r]!;
    }
  }

  #checkFlow(): void {
    for (const node of this.#rated) {
      for (let r = 0; r < this.#stride; r++) {
        const row = node * this.#stride + r;
        const held = this.#used[row]! + this.#flowing[row]!;
        const capacity = this.#run.view.capacity(node, r);
        if (held <= capacity * (1 + SLACK)) continue;
        this.#fail(`fluid tasks bring node ${node} to ${held} of ${capacity} ${this.#run.view.resources[r]!.name}`);
      }
    }
    this.#rated.clear();
  }

  #fail(problem: string): never {
    throw new SimulationError(`the audit failed at fact ${this.#facts}: ${problem}`);
  }
}
