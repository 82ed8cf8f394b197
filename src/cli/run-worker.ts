import { PartyFault } from '../allocators/external/party-fault.ts';
import { AllocatorError, ScenarioError, SimulationError } from '../base/errors.ts';
import { type Extras, type Measured, measureRun } from '../experiment/measure-run.ts';
import type { FailureReason } from '../experiment/runner.ts';
import type { Scenario } from '../scenario/schema.ts';
import { nodeServices } from './services.ts';
import { StopWatch } from './stop-watch.ts';

/** What a thread is asked: one run. */
export interface RunTask {
  readonly scenario: Scenario;
  /** Where the paths of the scenario begin. */
  readonly folder: string;
  readonly extras: Extras;
  /** Its first number becomes 1 when the run shall end where it is. */
  readonly stop: Int32Array;
}

/** What it answers. */
export type RunAnswer = { readonly measured: Measured } | { readonly reason: FailureReason; readonly message: string };

/** Runs a scenario and says what came of it; the module that threads are started on. */
export default async function answer({ scenario, folder, extras, stop }: RunTask): Promise<RunAnswer> {
  try {
    const measured = await measureRun(scenario, nodeServices(folder), extras, new StopWatch(stop));
    return measured.interrupted ? { reason: 'stopped', message: 'interrupted' } : { measured };
  } catch (error) {
    return { reason: reasonOf(error), message: error instanceof Error ? wording(error) : String(error) };
  }
}

function reasonOf(error: unknown): FailureReason {
  return error instanceof ScenarioError ? 'input' : 'error';
}

/** Of our own bugs the place in the code is worth telling. */
function wording(error: Error): string {
  const expected = [ScenarioError, AllocatorError, PartyFault].some((kind) => error instanceof kind);
  if (expected) return error.message;
  return error instanceof SimulationError ? `${error.message} (a bug in allot)` : (error.stack ?? error.message);
}
