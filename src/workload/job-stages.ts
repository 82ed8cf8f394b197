/**
 * The stages of one job: runs of its tasks that wait for all tasks of other stages to end.
 *
 * Stage s holds the tasks `firstTask[s]` to `firstTask[s + 1] - 1`, counted from the job's first; its parents are
 * `parents[parentStart[s]]` to `parents[parentStart[s + 1] - 1]`. Invariants: every task is in one stage, no stage is
 * empty, no parent is named twice, and no stage waits for itself, not even by way of others. Never changed once made,
 * so that copies of a job share it.
 */
export interface JobStages {
  readonly count: number;
  readonly firstTask: Int32Array;
  readonly parentStart: Int32Array;
  readonly parents: Int32Array;
}

/**
 * Makes the stages of a job out of how many tasks each has and which stages it waits for.
 *
 * `parents` must be free of cycles, as `resolveParents` leaves it.
 */
export function jobStages(widths: ArrayLike<number>, parents: readonly (readonly number[])[]): JobStages {
  const count = widths.length;
  const firstTask = new Int32Array(count + 1);
  const parentStart = new Int32Array(count + 1);
  for (let stage = 0; stage < count; stage++) {
    firstTask[stage + 1] = firstTask[stage]! + widths[stage]!;
    parentStart[stage + 1] = parentStart[stage]! + parents[stage]!.length;
  }
  return { count, firstTask, parentStart, parents: Int32Array.from(parents.flat()) };
}

/** Gives the same stages where each of their tasks stands for as many as `widths` says. */
export function withWidths(stages: JobStages, widths: ArrayLike<number>): JobStages {
  const firstTask = new Int32Array(stages.count + 1);
  for (let stage = 0; stage < stages.count; stage++) {
    let tasks = firstTask[stage]!;
    for (let row = stages.firstTask[stage]!; row < stages.firstTask[stage + 1]!; row++) tasks += widths[row]!;
    firstTask[stage + 1] = tasks;
  }
  return { ...stages, firstTask };
}

/** Says whether some stage waits for another. */
export function hasParents({ count, parentStart }: JobStages): boolean {
  return parentStart[count]! > 0;
}

/**
 * Gives the length of the longest chain of stages, each as long as its longest task, in microseconds.
 *
 * `run` holds the run times of the job's tasks from row `from` on.
 */
export function criticalPath(
  { count, firstTask, parentStart, parents }: JobStages,
  run: Float64Array,
  from: number,
): number {
  const end = new Float64Array(count);
  let longest = 0;
  for (const stage of inOrder({ count, firstTask, parentStart, parents })) {
    let begin = 0;
    for (let p = parentStart[stage]!; p < parentStart[stage + 1]!; p++) begin = Math.max(begin, end[parents[p]!]!);
    let length = 0;
    for (let t = firstTask[stage]!; t < firstTask[stage + 1]!; t++) length = Math.max(length, run[from + t]!);
    end[stage] = begin + length;
    longest = Math.max(longest, begin + length);
  }
  return longest;
}

/** Gives the stages so that each comes behind its parents. */
export function inOrder({ count, parentStart, parents }: JobStages): Int32Array {
  const children: number[][] = Array.from({ length: count }, () => []);
  const missing = new Int32Array(count);
  for (let stage = 0; stage < count; stage++) {
    missing[stage] = parentStart[stage + 1]! - parentStart[stage]!;
    for (let p = parentStart[stage]!; p < parentStart[stage + 1]!; p++) children[parents[p]!]!.push(stage);
  }
  const order = new Int32Array(count);
  let known = 0;
  for (let stage = 0; stage < count; stage++) if (missing[stage] === 0) order[known++] = stage;
  for (let i = 0; i < known; i++) {
    for (const child of children[order[i]!]!) if (--missing[child]! === 0) order[known++] = child;
  }
  return order.subarray(0, known);
}
