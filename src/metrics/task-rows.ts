import { type ResourceCatalog, toUnits } from '../base/amounts.ts';
import type { NodeId, TaskId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import type { ObservedRun, Observer } from '../simulation/observer.ts';
import type { Cell } from './job-rows.ts';

/**
 * First columns of tasks.csv, in order; `index` is that of the job, `task` the position in it from 0, `status` completed,
 * preempted, lost or running.
 */
export const TASK_COLUMNS = ['index', 'job', 'task', 'framework', 'node', 'start_s', 'end_s', 'status'] as const;

/** Gives all columns of tasks.csv: behind {@link TASK_COLUMNS} what the task held of each resource. */
export function taskColumns(resources: ResourceCatalog): string[] {
  return [...TASK_COLUMNS, ...resources.map(({ name }) => `${name}_used`)];
}

/** Gives each task as a row when it ends, is preempted or lost; at the end of the run, those that run, without an end. */
export class TaskRows implements Observer {
  readonly #write: (row: readonly Cell[]) => void;
  readonly #running = new Map<TaskId, NodeId>();
  #run!: ObservedRun;

  constructor(write: (row: readonly Cell[]) => void) {
    this.#write = write;
  }

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onTaskStarted(_time: Time, task: TaskId, node: NodeId): void {
    this.#running.set(task, node);
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

  onEnd(): void {
    for (const [task, node] of this.#running) this.#row(Number.NaN, task, node, 'running');
  }

  /** @param end NaN for a task that has not ended. */
  #row(end: Time, task: TaskId, node: NodeId, status: string): void {
    this.#running.delete(task);
    const { view } = this.#run;
    const job = view.jobOf(task);
    this.#write([
      view.submission(job),
      this.#run.jobName(job),
      this.#run.taskPosition(task),
      view.frameworkName(view.frameworkOf(job)),
      this.#run.nodeName(node),
      toSeconds(this.#run.startTime(task)),
      Number.isNaN(end) ? null : toSeconds(end),
      status,
      ...view.resources.map((resource, r) => toUnits(view.demand(task, r), resource)),
    ]);
  }
}
