import type { Hasher } from '../base/hasher.ts';
import { VERSION } from '../base/version.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Extras } from './measure-run.ts';
import type { Plan } from './plan.ts';
import { runId } from './planned-run.ts';

/** A run as it lies in a queue, under its id: all that another machine needs but the traces. */
export interface QueuedRun {
  readonly scenario: Scenario;
  readonly extras: Extras;
}

/** What workers are told of a sweep whose runs lie in a queue. */
export interface SweepNotice {
  readonly schema: 'allot.queue/1';
  /** Name of the queue; it follows from the plan, so that no two sweeps share one. */
  readonly queue: string;
  /** Of the program that has planned it; no other may run it. */
  readonly version: string;
  /** Name of the scenario. */
  readonly scenario: string;
  /** Where the paths of its scenarios begin. */
  readonly folder: string;
  /** SHA-256 of each trace by its name in the scenario. */
  readonly traces: Readonly<Record<string, string>>;
  /** Whether runs start programs that decide. */
  readonly programs: boolean;
}

/** Characters of the plan's id that tell it from others. */
const SHORT = 32;

/** Gives what workers are told of a plan. */
export function sweepNotice({ id, scenario, traces, runs }: Plan, folder: string): SweepNotice {
  return {
    schema: 'allot.queue/1',
    queue: `sweep-${id.slice(0, SHORT)}`,
    version: VERSION,
    scenario: scenario.name ?? 'unnamed',
    folder,
    traces,
    programs: runs.some((run) => startsPrograms(run.scenario)),
  };
}

/** Reads a notice; null where it is none. */
export function parseNotice(text: string): SweepNotice | null {
  try {
    const value = JSON.parse(text) as Partial<SweepNotice> | null;
    return value?.schema === 'allot.queue/1' && typeof value.queue === 'string' ? (value as SweepNotice) : null;
  } catch {
    return null;
  }
}

/** Says whether programs decide in a scenario, which are started from it. */
export function startsPrograms({ allocator, frameworks = {} }: Scenario): boolean {
  const schedulers = Object.values(frameworks).map(({ scheduler }) => scheduler);
  return [allocator, ...schedulers].some((party) => typeof party === 'object' && party !== null && 'command' in party);
}

/**
 * Says whether a run from a queue is the one that its id stands for, done with this program on these traces.
 *
 * @param traces SHA-256 of the traces as they lie here, by name.
 */
export function isItself(
  id: string,
  { scenario }: QueuedRun,
  traces: Readonly<Record<string, string>>,
  sha256: () => Hasher,
): boolean {
  return runId(scenario, traces, sha256) === id;
}
