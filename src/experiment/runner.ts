import type { Scenario } from '../scenario/schema.ts';
import type { Extras, Measured } from './measure-run.ts';

/**
 * Why a run has no result.
 *
 * input: what it reads is wrong; error: it failed, and would again; memory: its thread ran out of it; crash: its thread
 * died otherwise; stopped: the user has ended the experiment.
 */
export type FailureReason = 'input' | 'error' | 'memory' | 'crash' | 'stopped';

/** A run has no result. */
export class RunFailure extends Error {
  override readonly name = 'RunFailure';
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Runs scenarios, several at a time; implemented over threads, over one process, or over other machines. */
export interface Runner {
  /** How many runs it takes at once. */
  readonly width: number;
  /** Rejects with a {@link RunFailure}; `id` is that of the run, for those who must tell it from others. */
  run(scenario: Scenario, extras: Extras, id: string): Promise<Measured>;
  /** The record of a run is written: what is kept of it elsewhere may go. */
  written?(id: string): void;
  /** Ends what is going on; those runs fail as stopped. */
  stop(): void;
  close(): Promise<void>;
}
