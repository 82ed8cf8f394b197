import type { Time } from '../base/time.ts';
import type { SourceAccount } from '../workload/workload-source.ts';

/** How far a run has come. */
export interface RunState {
  /** The clock, microseconds; minus infinity before the first round. */
  readonly now: Time;
  /** Rounds so far: instants, and what fell due at one of them after its pass. */
  readonly rounds: number;
  /** Jobs that were submitted, rejected ones included, and those of them that are over. */
  readonly arrived: number;
  readonly ended: number;
  readonly tasksEnded: number;
  /** One account a workload source, in the order of the scenario. */
  readonly accounts: readonly SourceAccount[];
}

/** Stands beside a run, with leave to wait between two rounds; it can end the run early and change nothing else. */
export interface Pacer {
  /**
   * Is asked whenever jobs must be read and after so many rounds as it last gave: how many rounds may pass before it
   * is asked again? None ends the run at this instant, as `until` would.
   */
  turn(state: RunState): number | Promise<number>;
}
