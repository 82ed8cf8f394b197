import type { NodeId, TaskId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import type { ObservedRun, Observer } from '../simulation/observer.ts';
import type { Cell } from './job-rows.ts';

/**
 * Columns of tasks.csv, in order; `index` is that of the job, `task` the position in it from 0, `status` completed,
 * preempted or lost.
 */
export const TASK_COLUMNS = ['index', 'job', 'task', 'framework', 'node', 'start_s', 'end_s', 'status'] as const;

/** Gives each task as a row when it ends, is preempted or lost. */
export class TaskRows implements Observer {
  readonly #write: (row: readonly Cell[]) => void;
  #run!: ObservedRun;

  constructor(write: (row: readonly Cell[]) => void) {
    this.#write = write;
  }

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onTaskPreempted(time: Time, task: TaskId, node: NodeId): void {
    this.#row(time, task, node, 'preempted');
  }

  onTaskLost(time: Time, task: TaskId, node: NodeId): void {
    this.#row(time, task, node, 'lost');
  }

  onTaskEnded(time: Time, task: TaskId, node: NodeId): void {
    this.#row(time, task, node, 'completed');
  }

  #row(time: Time, task: TaskId, node: NodeId, status: string): void {
    const { view } = this.#run;
    const job = view.jobOf(task);
    this.#write([
      view.submission(job),
      this.#run.jobName(job),
      this.#run.taskPosition(task),
      view.frameworkName(view.frameworkOf(job)),
      this.#run.nodeName(node),
      toSeconds(this.#run.startTime(task)),
      toSeconds(time),
      status,
    ]);
  }
}
