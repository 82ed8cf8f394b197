import type { TaskId } from '../../base/ids.ts';

/** On which classes of nodes tasks of each kind run. */
export class RunningKinds {
  readonly #counts = new Map<string, Map<number, number>>();
  /** By row of the task. */
  readonly #keys: (string | undefined)[] = [];

  start(task: TaskId, kind: string, nodeClass: number): void {
    this.#keys[task] = kind;
    const counts = this.#counts.get(kind) ?? new Map<number, number>();
    this.#counts.set(kind, counts.set(nodeClass, (counts.get(nodeClass) ?? 0) + 1));
  }

  end(task: TaskId, nodeClass: number): void {
    const key = this.#keys[task];
    const counts = key === undefined ? undefined : this.#counts.get(key);
    if (key === undefined || counts === undefined) return;
    this.#keys[task] = undefined;
    const left = counts.get(nodeClass)! - 1;
    if (left > 0) counts.set(nodeClass, left);
    else counts.delete(nodeClass);
    if (counts.size === 0) this.#counts.delete(key);
  }

  has(kind: string, nodeClass: number): boolean {
    return this.#counts.get(kind)?.has(nodeClass) ?? false;
  }
}
