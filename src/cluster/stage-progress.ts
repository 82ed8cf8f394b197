import { SimulationError } from '../base/errors.ts';
import type { JobId } from '../base/ids.ts';

/**
 * Which tasks of one job wait for which: stages are runs of its tasks, and each waits for all tasks of its parents.
 *
 * Stage s holds the positions `firstTask[s]` to `firstTask[s + 1] - 1`, its parents are `parents[parentStart[s]]` to
 * `parents[parentStart[s + 1] - 1]`. No stage is empty, and none waits for itself, not even by way of others.
 */
export interface StageGraph {
  readonly count: number;
  readonly firstTask: Int32Array;
  readonly parentStart: Int32Array;
  readonly parents: Int32Array;
}

/** How far one job has come. */
interface Progress {
  readonly graph: StageGraph;
  /** By stage: tasks that have not ended, and parents of which some have not. */
  readonly left: Int32Array;
  readonly missing: Int32Array;
  /** The stages that wait for stage s are `children[childStart[s]]` to `children[childStart[s + 1] - 1]`. */
  readonly childStart: Int32Array;
  readonly children: Int32Array;
}

/** Knows of each live job with stages how far each has come; memory and work follow those jobs alone. */
export class StageProgress {
  readonly #jobs = new Map<JobId, Progress>();

  /** Begins a job of which no task has ended. */
  enter(job: JobId, graph: StageGraph): void {
    const { count, firstTask, parentStart, parents } = graph;
    const left = new Int32Array(count);
    const missing = new Int32Array(count);
    const childStart = new Int32Array(count + 1);
    for (const parent of parents) childStart[parent + 1]!++;
    for (let stage = 0; stage < count; stage++) {
      left[stage] = firstTask[stage + 1]! - firstTask[stage]!;
      missing[stage] = parentStart[stage + 1]! - parentStart[stage]!;
      childStart[stage + 1]! += childStart[stage]!;
    }
    const children = new Int32Array(parents.length);
    const filled = childStart.slice();
    for (let stage = 0; stage < count; stage++) {
      for (let p = parentStart[stage]!; p < parentStart[stage + 1]!; p++) children[filled[parents[p]!]!++] = stage;
    }
    this.#jobs.set(job, { graph, left, missing, childStart, children });
  }

  graphOf(job: JobId): StageGraph | undefined {
    return this.#jobs.get(job)?.graph;
  }

  /** True if the stage waits for no other, any more or at all. */
  isReady(job: JobId, stage: number): boolean {
    return this.#of(job).missing[stage] === 0;
  }

  /** Notes that the task at a position has ended; gives the stages that have nothing left to wait for, in rising order. */
  ended(job: JobId, position: number): readonly number[] {
    const progress = this.#of(job);
    const { left, missing, childStart, children } = progress;
    const stage = stageAt(progress.graph, position);
    if (--left[stage]! > 0) return NO_STAGES;
    const ready: number[] = [];
    for (let c = childStart[stage]!; c < childStart[stage + 1]!; c++) {
      if (--missing[children[c]!]! === 0) ready.push(children[c]!);
    }
    return ready;
  }

  remove(job: JobId): void {
    this.#jobs.delete(job);
  }

  #of(job: JobId): Progress {
    const progress = this.#jobs.get(job);
    if (progress === undefined) throw new SimulationError(`job row ${job} has no stages`);
    return progress;
  }
}

const NO_STAGES: readonly number[] = [];

/** Gives the stage that holds the task at a position. */
export function stageAt({ count, firstTask }: StageGraph, position: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (firstTask[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
