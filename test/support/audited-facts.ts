import type { PreemptionRule } from '../../src/allocators/preemption.ts';
import { resource } from '../../src/base/amounts.ts';
import type { NodeState } from '../../src/cluster/node-states.ts';
import type { StageGraph } from '../../src/cluster/stage-progress.ts';
import { Auditor } from '../../src/simulation/auditor.ts';
import type { JobOutcome } from '../../src/simulation/job-outcome.ts';
import type { ObservedRun } from '../../src/simulation/observer.ts';

/** One job as the fake run shows it to the auditor. */
export interface AuditedJob {
  readonly submit: number;
  readonly gang: boolean;
  /** Steps of cpus of each task. */
  readonly demand: readonly number[];
  readonly run: number;
  /** Satisfied by no node unless 0. */
  readonly constraint: number;
  /** True if its tasks are launched with a share. */
  readonly fluid: boolean;
  readonly stages?: StageGraph;
}

/**
 * Tells an auditor facts by hand, true or false, about jobs on two nodes of 2 and 1 cpus (2000 and 1000 steps).
 *
 * Task t of job j is row 10 j + t.
 */
export class AuditedFacts {
  readonly auditor = new Auditor();
  readonly #jobs: readonly AuditedJob[];
  readonly #states: NodeState[] = [];
  #speed = 1;

  constructor(jobs: readonly Partial<AuditedJob>[], preemption: PreemptionRule = { kind: 'resume' }) {
    const usual = { submit: 0, gang: false, demand: [1000], run: 10, constraint: 0, fluid: false };
    this.#jobs = jobs.map((job) => ({ ...usual, ...job }));
    const job = (row: number): AuditedJob => this.#jobs[row]!;
    const run = {
      view: {
        resources: [resource('cpus')],
        nodeCount: 2,
        capacity: (node: number) => [2000, 1000][node],
        submission: (row: number) => row,
        submitTime: (row: number) => job(row).submit,
        constraint: (task: number) => job(Math.floor(task / 10)).constraint,
        nodeState: (node: number) => this.#states[node] ?? 'up',
        nodeClass: () => 0,
        classSatisfies: (_: number, constraint: number) => constraint === 0,
        isGang: (row: number) => job(row).gang,
        isFluid: (task: number) => job(Math.floor(task / 10)).fluid,
        jobOf: (task: number) => Math.floor(task / 10),
        demand: (task: number) => job(Math.floor(task / 10)).demand[task % 10],
      },
      firstTaskOf: (row: number) => 10 * row,
      taskCountOf: (row: number) => job(row).demand.length,
      stagesOf: (row: number) => job(row).stages,
      taskPosition: (task: number) => task % 10,
      speedOf: () => this.#speed,
      runTimeOf: (task: number) => job(Math.floor(task / 10)).run,
      preemption,
    };
    this.auditor.onStart(run as unknown as ObservedRun);
  }

  submit(time: number, job: number): this {
    this.auditor.onJobSubmitted(time, job);
    return this;
  }

  start(time: number, job: number, position = 0, node = 0): this {
    this.auditor.onTaskStarted(time, 10 * job + position, node);
    return this;
  }

  stop(time: number, job: number, position = 0, node = 0): this {
    this.auditor.onTaskEnded(time, 10 * job + position, node);
    return this;
  }

  rate(time: number, job: number, share: number, position = 0): this {
    this.auditor.onTaskRated(time, 10 * job + position, share);
    return this;
  }

  /** Says how fast tasks run that start from now on. */
  setSpeed(speed: number): this {
    this.#speed = speed;
    return this;
  }

  lose(time: number, job: number, lost: number, position = 0, node = 0): this {
    this.auditor.onTaskLost(time, 10 * job + position, node, lost);
    return this;
  }

  withdraw(time: number, job: number, position = 0): this {
    this.auditor.onTaskWithdrawn(time, 10 * job + position);
    return this;
  }

  changeNode(time: number, node: number, state: NodeState): this {
    this.#states[node] = state;
    this.auditor.onNodeChanged(time, node);
    return this;
  }

  preempt(time: number, job: number, lost = 0, position = 0, node = 0): this {
    this.auditor.onTaskPreempted(time, 10 * job + position, node, lost);
    return this;
  }

  /** The job has ended; `facts` says what is told of it otherwise than it was. */
  end(time: number, job: number, facts: Partial<JobOutcome> = {}): this {
    this.auditor.onJobEnded(time, { index: job, status: 'completed', start: 0, end: time, ...facts } as JobOutcome);
    return this;
  }

  finish(): void {
    this.auditor.onEnd();
  }
}
