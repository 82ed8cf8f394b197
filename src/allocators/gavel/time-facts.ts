import type { FinishTime } from './finish-time-fairness.ts';
import type { Entities } from './level-rates.ts';

/** What a division goes by beside throughputs and workers; one number a job, or a type. */
export interface TimeFacts {
  readonly weights: readonly number[];
  /** Work that is left. */
  readonly work: readonly number[];
  readonly finish: readonly FinishTime[];
  /** Of an hour on a worker of each type; all above zero. */
  readonly prices: readonly number[];
  readonly entities: Entities;
}
