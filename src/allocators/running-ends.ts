import { grown } from '../base/grow.ts';
import type { TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';

/**
 * Running tasks in order of their expected end; of one end the one that was added first comes first.
 *
 * A sorted array: finding a place costs O(log n), making room one move of memory.
 */
export class RunningEnds {
  #end = new Float64Array(0);
  #sequence = new Float64Array(0);
  #task = new Int32Array(0);
  #size = 0;
  #next = 0;
  /** By task row: the keys it stands under. */
  #endOf = new Float64Array(0);
  #sequenceOf = new Float64Array(0);

  get size(): number {
    return this.#size;
  }

  task(position: number): TaskId {
    return this.#task[position]!;
  }

  end(position: number): Time {
    return this.#end[position]!;
  }

  /** The end that the task was added with. */
  endOf(task: TaskId): Time {
    return this.#endOf[task]!;
  }

  add(task: TaskId, end: Time): void {
    if (task >= this.#endOf.length) {
      this.#endOf = grown(this.#endOf, task + 1);
      this.#sequenceOf = grown(this.#sequenceOf, task + 1);
    }
    if (this.#size === this.#task.length) {
      this.#task = grown(this.#task, this.#size + 1);
      this.#end = grown(this.#end, this.#size + 1);
      this.#sequence = grown(this.#sequence, this.#size + 1);
    }
    const sequence = this.#next++;
    this.#endOf[task] = end;
    this.#sequenceOf[task] = sequence;
    const at = this.#find(end, sequence);
    this.#shift(at, at + 1, this.#size);
    this.#end[at] = end;
    this.#sequence[at] = sequence;
    this.#task[at] = task;
    this.#size++;
  }

  remove(task: TaskId): void {
    const at = this.#find(this.#endOf[task]!, this.#sequenceOf[task]!);
    this.#shift(at + 1, at, this.#size);
    this.#size--;
  }

  /** The first position whose keys are not before these. */
  #find(end: Time, sequence: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#end[middle]!;
      if (other < end || (other === end && this.#sequence[middle]! < sequence)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Moves the rows from `from` up to `until` so that they begin at `to`; few rows are cheaper to move one by one. */
  #shift(from: number, to: number, until: number): void {
    if (until - from > 48) {
      this.#end.copyWithin(to, from, until);
      this.#sequence.copyWithin(to, from, until);
      this.#task.copyWithin(to, from, until);
      return;
    }
    if (to > from) for (let row = until - 1; row >= from; row--) this.#copy(row, row + 1);
    else for (let row = from; row < until; row++) this.#copy(row, row - 1);
  }

  #copy(from: number, to: number): void {
    this.#end[to] = this.#end[from]!;
    this.#sequence[to] = this.#sequence[from]!;
    this.#task[to] = this.#task[from]!;
  }
}
