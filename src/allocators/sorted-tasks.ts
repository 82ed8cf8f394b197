import { grown } from '../base/grow.ts';
import type { TaskId } from '../base/ids.ts';

/**
 * Tasks in order of a key; of one key in order of a second one, by default the order in which they were added.
 *
 * A sorted array of task rows alone, with the keys by row beside it: finding a place costs O(log n), making room one
 * move of four bytes a task.
 */
export class SortedTasks {
  #task = new Int32Array(0);
  #size = 0;
  #next = 0;
  /** By task row: the keys it stands under. */
  #keyOf = new Float64Array(0);
  #tieOf = new Float64Array(0);

  get size(): number {
    return this.#size;
  }

  task(position: number): TaskId {
    return this.#task[position]!;
  }

  key(position: number): number {
    return this.#keyOf[this.#task[position]!]!;
  }

  /** The key that the task was added with. */
  keyOf(task: TaskId): number {
    return this.#keyOf[task]!;
  }

  /** No two tasks may have the same key and tie. */
  add(task: TaskId, key: number, tie: number = this.#next++): void {
    if (task >= this.#keyOf.length) {
      this.#keyOf = grown(this.#keyOf, task + 1);
      this.#tieOf = grown(this.#tieOf, task + 1);
    }
    if (this.#size === this.#task.length) this.#task = grown(this.#task, this.#size + 1);
    this.#keyOf[task] = key;
    this.#tieOf[task] = tie;
    const at = this.#find(key, tie);
    this.#shift(at, at + 1, this.#size);
    this.#task[at] = task;
    this.#size++;
  }

  remove(task: TaskId): void {
    const at = this.#find(this.#keyOf[task]!, this.#tieOf[task]!);
    this.#shift(at + 1, at, this.#size);
    this.#size--;
  }

  /** How many tasks have at most this key. */
  countUpTo(key: number): number {
    return this.#find(key, Number.POSITIVE_INFINITY);
  }

  /** The first position whose keys are not before these. */
  #find(key: number, tie: number): number {
    const tasks = this.#task;
    const keys = this.#keyOf;
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = tasks[middle]!;
      const otherKey = keys[other]!;
      if (otherKey < key || (otherKey === key && this.#tieOf[other]! < tie)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Moves the rows from `from` up to `until` so that they begin at `to`; few rows are cheaper to move one by one. */
  #shift(from: number, to: number, until: number): void {
    const tasks = this.#task;
    if (until - from > 48) {
      tasks.copyWithin(to, from, until);
      return;
    }
    if (to > from) for (let row = until - 1; row >= from; row--) tasks[row + 1] = tasks[row]!;
    else for (let row = from; row < until; row++) tasks[row - 1] = tasks[row]!;
  }
}
