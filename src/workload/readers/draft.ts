import type { Time } from '../../base/time.ts';
import type { TaskKey } from '../task-graph.ts';

/** A job as a format's reader has understood it. */
export interface DraftJob {
  readonly name: string | number;
  /** Number of the framework's name. */
  readonly framework: number;
  readonly submit: Time;
  /** NaN for none. */
  readonly estimate: Time;
  readonly priority: number;
  /** Row of the run's weights; where left out, the weight follows from the priority. */
  readonly weight?: number;
  /** Row of the run's constraints, 0 for none. */
  readonly constraint: number;
  /** Where its first record stands in the file, from 1. */
  readonly line: number;
}

/** Equal tasks of a job, as one record states them. */
export interface DraftTasks {
  readonly run: Time;
  /** How many there are. */
  readonly width: number;
  /** What one of them demands, in units of each resource of the run. */
  readonly demand: ArrayLike<number>;
}

/** Tasks that wait for others of their job. */
export interface DraftStage extends DraftTasks {
  readonly key: TaskKey;
  readonly parents: readonly TaskKey[];
}
