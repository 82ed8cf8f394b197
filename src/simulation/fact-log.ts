export { isOfOffers, PolicyFactKind } from '../allocators/policy-fact.ts';

import type { FrameworkId, NodeId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { JobOutcome, JobStatus } from './job-outcome.ts';

/** What a fact says; the numbers are those of the digest. */
export const FactKind = {
  submitted: 1,
  started: 2,
  ended: 3,
  jobEnded: 4,
  rejected: 5,
  unfinished: 6,
  preempted: 7,
  /** A fluid task holds more or less than before. */
  held: 8,
  /** The cluster has another capacity. */
  capacity: 9,
  /** A task went with its node, or its job was given up: what it had done is gone. */
  lost: 10,
  /** A node may be used for more or less than before. */
  node: 11,
  /** A queued task of a job that was given up has left the queue. */
  withdrawn: 12,
  /** What an allocator tells of itself. */
  policy: 13,
  /** Tasks that waited for others of their job are queued. */
  ready: 14,
} as const;

/** Marks of a fact about a task. */
export const FactMark = { none: 0, firstOfJob: 1, fluid: 2 } as const;

/** Facts in a block: few enough that its columns stay in a processor's cache. */
const BLOCK = 1_024;

/**
 * The facts of a run as columns, in order of occurrence; observers that can wait read them a block at a time.
 *
 * Telling each of several observers of each fact costs more than the fact itself; a loop over a block costs next to
 * nothing. Which columns a row fills depends on its kind: all have kind and time, those about jobs index and framework.
 */
export class FactLog {
  count = 0;
  /** How many of them are policy facts. */
  policies = 0;
  readonly kind = new Uint8Array(BLOCK);
  readonly time = new Float64Array(BLOCK);
  /** Of the job: its position in the sequence of all submissions; of a policy fact how often it happened. */
  readonly index = new Float64Array(BLOCK);
  readonly framework = new Int32Array(BLOCK);
  /**
   * Of a submission how many tasks are queued, likewise where tasks become so; of a task its position in the job; of a node its state, as in
   * NodeState; of a policy fact its kind.
   */
  readonly position = new Int32Array(BLOCK);
  readonly node = new Int32Array(BLOCK);
  /** Bits of {@link FactMark}, of starts, preemptions, losses and ends. */
  readonly marks = new Uint8Array(BLOCK);
  /**
   * Whole steps, stride `resources`: of a submission, and where tasks become queued, what these demand; of a start, preemption, loss, withdrawal or
   * end what the task demands; of `held` by how much it holds more; of `capacity` the whole cluster's; of a policy
   * fact what it is about.
   */
  readonly amount: Float64Array;
  /** Work that a preemption or loss has cost, of a policy fact its length; microseconds. */
  readonly lost = new Float64Array(BLOCK);
  /** Of submissions and rejections. */
  readonly name: (string | number)[] = new Array(BLOCK).fill('');

  // Of the ends of jobs, as in JobOutcome.
  readonly submit = new Float64Array(BLOCK);
  readonly start = new Float64Array(BLOCK);
  readonly run = new Float64Array(BLOCK);
  readonly width = new Float64Array(BLOCK);
  readonly area = new Float64Array(BLOCK);
  readonly status: JobStatus[] = new Array(BLOCK).fill('completed');
  readonly resources: number;

  constructor(resources: number) {
    this.resources = resources;
    this.amount = new Float64Array(BLOCK * resources);
  }

  get isFull(): boolean {
    return this.count === BLOCK;
  }

  /** Opens the next row; the caller fills what its kind has. */
  open(kind: number, time: Time, index: number, framework: FrameworkId): number {
    const row = this.count++;
    this.kind[row] = kind;
    this.time[row] = time;
    this.index[row] = index;
    this.framework[row] = framework;
    return row;
  }

  /** Opens the row of a task. */
  openTask(
    kind: number,
    time: Time,
    index: number,
    framework: FrameworkId,
    position: number,
    node: NodeId,
    marks: number,
  ): number {
    const row = this.open(kind, time, index, framework);
    this.position[row] = position;
    this.node[row] = node;
    this.marks[row] = marks;
    return row;
  }

  /** Adds the end of a job, however it came. */
  addJobEnd(time: Time, job: JobOutcome): void {
    const { status } = job;
    const kind =
      status === 'rejected' ? FactKind.rejected : status === 'unfinished' ? FactKind.unfinished : FactKind.jobEnded;
    const row = this.open(kind, time, job.index, job.framework);
    this.name[row] = job.name;
    this.submit[row] = job.submit;
    this.start[row] = job.start;
    this.run[row] = job.run;
    this.width[row] = job.width;
    this.area[row] = job.area;
    this.status[row] = status;
  }
}
