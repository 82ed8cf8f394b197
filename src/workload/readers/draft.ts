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
  /** Records that tell of the job as a whole and of none of its tasks; none where left out. */
  readonly records?: number;
}

/** Equal tasks of a job, as one record states them. */
export interface DraftTasks {
  readonly run: Time;
  /** How many there are. */
  readonly width: number;
  /** What one of them demands, in units of each resource of the run. */
  readonly demand: ArrayLike<number>;
  /** How many records tell of them; one where left out. */
  readonly records?: number;
}

/** Tasks that wait for others of their job. */
export interface DraftStage extends DraftTasks {
  readonly key: TaskKey;
  readonly parents: readonly TaskKey[];
  /** Why the record is left out whatever the shared rules say; what waits for the stage then waits for its parents. */
  readonly leftOut?: string | null;
  /** Where its record stands in the file; that of the job where left out. */
  readonly line?: number;
  /** The run time of each task where they are not equal, `width` of them; `run` is then the longest. */
  readonly runs?: ArrayLike<Time>;
}
