import { grown } from '../base/grow.ts';
import type { TaskId } from '../base/ids.ts';

/**
 * Tasks in order of a key; of one key in order of a second one, by default the order in which they were added.
 *
 * A sorted array: finding a place costs O(log n), making room one move of memory.
 */
export class SortedTasks {
  #key = new Float64Array(0);
  #tie = new Float64Array(0);
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
    return this.#key[position]!;
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
    if (this.#size === this.#task.length) {
      this.#task = grown(this.#task, this.#size + 1);
      this.#key = grown(this.#key, this.#size + 1);
      this.#tie = grown(this.#tie, this.#size + 1);
    }
    this.#keyOf[task] = key;
    this.#tieOf[task] = tie;
    const at = this.#find(key, tie);
    this.#shift(at, at + 1, this.#size);
    this.#key[at] = key;
    this.#tie[at] = tie;
    this.#task[at] = task;
    this.#size++;
  }

  remove(task: TaskId): void {
    const at = this.#find(this.#keyOf[task]!, this.#tieOf[task]!);
    this.#shift(at + 1, at, this.#size);
    this.#size--;
  }

  /** The first position whose keys are not before these. */
  #find(key: number, tie: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#key[middle]!;
      if (other < key || (other === key && this.#tie[middle]! < tie)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Moves the rows from `from` up to `until` so that they begin at `to`; few rows are cheaper to move one by one. */
  #shift(from: number, to: number, until: number): void {
    if (until - from > 48) {
      this.#key.copyWithin(to, from, until);
      this.#tie.copyWithin(to, from, until);
      this.#task.copyWithin(to, from, until);
      return;
    }
    if (to > from) for (let row = until - 1; row >= from; row--) this.#copy(row, row + 1);
    else for (let row = from; row < until; row++) this.#copy(row, row - 1);
  }

  #copy(from: number, to: number): void {
    this.#key[to] = this.#key[from]!;
    this.#tie[to] = this.#tie[from]!;
    this.#task[to] = this.#task[from]!;
  }
}
