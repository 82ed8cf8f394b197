import type { PreemptionRule } from '../allocators/preemption.ts';
import type { WaitingReason } from '../allocators/waiting-reason.ts';
import type { FrameworkId, JobId, NodeId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { StageGraph } from '../cluster/stage-progress.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { FactLog } from './fact-log.ts';
import type { JobOutcome } from './job-outcome.ts';

/** What an observer may read beside the facts. */
export interface ObservedRun {
  readonly view: ClusterView;
  frameworkName(framework: FrameworkId): string;
  nodeName(node: NodeId): string;
  jobName(job: JobId): string | number;
  /** Position of a task among the tasks of its job, from 0. */
  taskPosition(task: TaskId): number;
  /** The tasks of a job are the rows firstTaskOf to firstTaskOf + taskCountOf - 1. */
  firstTaskOf(job: JobId): TaskId;
  taskCountOf(job: JobId): number;
  /** Which tasks of a job wait for which; undefined where none does. */
  stagesOf(job: JobId): StageGraph | undefined;
  startTime(task: TaskId): Time;
  /** Work of a task from its first start to its end. */
  runTimeOf(task: TaskId): Time;
  /** True if frameworks decide for themselves what to do with offers. */
  readonly isTwoLevel: boolean;
  /** Microseconds of work that a running task does in one. */
  speedOf(task: TaskId): number;
  /** What becomes of the work of preempted tasks. */
  readonly preemption: PreemptionRule;
  /** What beside the lack of room has kept a queued job from starting in the last pass; null where nothing has. */
  whyWaiting(job: JobId): WaitingReason | null;
}

/**
 * Is told of each fact as it happens and returns nothing, so that it cannot change a run.
 *
 * Facts of one instant come in order of occurrence. `onTime` comes first whenever the clock moves: until then
 * everything stood as the view shows it, from `before` to `now`.
 */
export interface Observer {
  onStart?(run: ObservedRun): void;
  onTime?(before: Time, now: Time): void;
  onJobSubmitted?(time: Time, job: JobId): void;
  /** So many tasks of a job, from `first` on, have nothing left to wait for and are queued. */
  onTasksReady?(time: Time, job: JobId, first: TaskId, count: number): void;
  onTaskStarted?(time: Time, task: TaskId, node: NodeId): void;
  /** The task is queued again; its row still holds the start of what has just ended. `lost` is work, microseconds. */
  onTaskPreempted?(time: Time, task: TaskId, node: NodeId, lost: Time): void;
  /** The task's node went down, or its job was given up; `lost` is all it had done, microseconds. */
  onTaskLost?(time: Time, task: TaskId, node: NodeId, lost: Time): void;
  /** A pass is over, and all that it decided is done. */
  onPassed?(time: Time): void;
  /** The node may be used for more or less than before, as the view shows. */
  onNodeChanged?(time: Time, node: NodeId): void;
  /** A task that was launched with a share runs at this one from now on; in the order of their start. */
  onTaskRated?(time: Time, task: TaskId, share: number): void;
  /** The task's row still holds its facts. */
  onTaskEnded?(time: Time, task: TaskId, node: NodeId): void;
  /** A queued task of a job that was given up has left the queue. */
  onTaskWithdrawn?(time: Time, task: TaskId): void;
  onJobRejected?(job: JobOutcome): void;
  /** Also for rejected jobs, and at the end of the run for unfinished ones. */
  onJobEnded?(time: Time, job: JobOutcome): void;
  /**
   * Takes the facts of a block, instead of one by one; blocks come in order, the last before the end of the run. The view
   * may be ahead of them: what changes during a run must be read from the facts alone.
   */
  readFacts?(facts: FactLog): void;
  onEnd?(end: RunEnd): void;
}

/** How a run ended. */
export interface RunEnd {
  /** First submit among the jobs replayed; 0 if there was none. */
  readonly start: Time;
  /** Last end, or `until` where the run was cut there. */
  readonly end: Time;
  /** The clock when metrics began to count (the warm-up). */
  readonly warm: Time;
  readonly cut: boolean;
}
