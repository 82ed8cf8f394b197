import { grown } from '../base/grow.ts';
import type { TaskId } from '../base/ids.ts';

/** Tasks that wait, in order of (key, submission, row): a binary heap over columns. Adding and removing cost O(log n). */
export class UnitQueue {
  #size = 0;
  #key = new Float64Array(0);
  #submission = new Float64Array(0);
  #task = new Int32Array(0);

  get size(): number {
    return this.#size;
  }

  first(): TaskId {
    return this.#task[0]!;
  }

  firstKey(): number {
    return this.#key[0]!;
  }

  firstSubmission(): number {
    return this.#submission[0]!;
  }

  /** How many stand before a task that waits. */
  before(task: TaskId): number {
    let row = 0;
    while (this.#task[row] !== task) row++;
    const [key, submission] = [this.#key[row]!, this.#submission[row]!];
    let count = 0;
    for (let other = 0; other < this.#size; other++) {
      if (other !== row && this.#isBefore(other, task, key, submission)) count++;
    }
    return count;
  }

  add(task: TaskId, key: number, submission: number): void {
    let row = this.#size++;
    this.#key = grown(this.#key, this.#size);
    this.#submission = grown(this.#submission, this.#size);
    this.#task = grown(this.#task, this.#size);
    while (row > 0) {
      const parent = (row - 1) >> 1;
      if (this.#isBefore(parent, task, key, submission)) break;
      this.#move(parent, row);
      row = parent;
    }
    this.#set(row, task, key, submission);
  }

  removeFirst(): void {
    const last = --this.#size;
    const [task, key, submission] = [this.#task[last]!, this.#key[last]!, this.#submission[last]!];
    let row = 0;
    for (;;) {
      let child = 2 * row + 1;
      if (child >= last) break;
      const other = child + 1;
      if (other < last && this.#isBefore(other, this.#task[child]!, this.#key[child]!, this.#submission[child]!)) {
        child = other;
      }
      if (!this.#isBefore(child, task, key, submission)) break;
      this.#move(child, row);
      row = child;
    }
    this.#set(row, task, key, submission);
  }

  #isBefore(row: number, task: TaskId, key: number, submission: number): boolean {
    if (this.#key[row] !== key) return this.#key[row]! < key;
    if (this.#submission[row] !== submission) return this.#submission[row]! < submission;
    return this.#task[row]! < task;
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#task[from]!, this.#key[from]!, this.#submission[from]!);
  }

  #set(row: number, task: TaskId, key: number, submission: number): void {
    this.#task[row] = task;
    this.#key[row] = key;
    this.#submission[row] = submission;
  }
}
