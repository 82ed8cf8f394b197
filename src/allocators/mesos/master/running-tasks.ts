import type { NodeId, TaskId } from '../../../base/ids.ts';
import type { RunningTask } from './running-task.ts';

/** What the master counts as running, by task and by node. */
export class RunningTasks {
  readonly #byTask = new Map<TaskId, RunningTask>();
  readonly #byNode = new Map<NodeId, Set<RunningTask>>();

  get size(): number {
    return this.#byTask.size;
  }

  get(task: TaskId): RunningTask | undefined {
    return this.#byTask.get(task);
  }

  values(): Iterable<RunningTask> {
    return this.#byTask.values();
  }

  /** Those of a node, in order of their start; a copy, so that they may end meanwhile. */
  on(node: NodeId): RunningTask[] {
    return [...(this.#byNode.get(node) ?? [])];
  }

  add(running: RunningTask): void {
    this.#byTask.set(running.task, running);
    const there = this.#byNode.get(running.node);
    if (there === undefined) this.#byNode.set(running.node, new Set([running]));
    else there.add(running);
  }

  /** Forgets a task; false where it is not there any more, or its row serves another. */
  delete(running: RunningTask): boolean {
    if (this.#byTask.get(running.task) !== running) return false;
    this.#byTask.delete(running.task);
    this.#byNode.get(running.node)!.delete(running);
    return true;
  }
}
