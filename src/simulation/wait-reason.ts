import type { Ceiling, WaitingReason } from '../allocators/waiting-reason.ts';
import { type ResourceCatalog, toUnits } from '../base/amounts.ts';
import type { JobId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import { findRoom, type Room } from '../cluster/find-room.ts';
import type { ObservedRun } from './observer.ts';

/** A job by what it is known as outside. */
export interface JobReference {
  /** Position in the sequence of all submissions, from 0. */
  readonly index: number;
  readonly name: string;
}

type TimeField = 'at' | 'end' | 'window' | 'until';

/** A reason as others read it: jobs by name, times in seconds (`at_s`), amounts in units of the resource. */
type Told<Reason> = Reason extends unknown
  ? {
      readonly [Field in keyof Reason as Field extends TimeField ? `${Field}_s` : Field]: Field extends 'job'
        ? JobReference
        : Reason[Field];
    }
  : never;

export type ToldReason = Told<WaitingReason>;

/** Why a job with queued tasks was not started in a pass. */
export interface WaitFacts {
  readonly room: Room;
  /** What kept it from starting beside the lack of room; null for nothing that is known. */
  readonly reason: ToldReason | null;
}

/** Says, behind a pass, why a job with queued tasks still waits. */
export function whyWaits(run: ObservedRun, job: JobId): WaitFacts {
  const { view } = run;
  const room = findRoom(view, job);
  let reason = run.whyWaiting(job);
  // Whether there would be room for an uneven gang is up to how it is searched.
  if (reason?.kind === 'reserved' && room.together !== undefined && view.unevenGangs > 0) {
    const { window: _, ...rest } = reason;
    reason = rest;
  }
  return { room, reason: reason && tell(run, reason) };
}

export function refer(run: ObservedRun, job: JobId): JobReference {
  return { index: run.view.submission(job), name: String(run.jobName(job)) };
}

const TIMES: ReadonlySet<string> = new Set<TimeField>(['at', 'end', 'window', 'until']);

function tell(run: ObservedRun, reason: WaitingReason): ToldReason {
  const { resources } = run.view;
  const told: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(reason)) {
    if (field === 'job') told['job'] = refer(run, value as JobId);
    else if (TIMES.has(field)) told[`${field}_s`] = toSeconds(value as Time);
    else told[field] = value;
  }
  if (reason.kind === 'reserved' && reason.beside) told['beside'] = unitsOf(resources, reason.beside);
  if (reason.kind === 'ceiling') Object.assign(told, ceilingInUnits(resources, reason));
  return told as unknown as ToldReason;
}

/** Turns whole steps by resource into units. */
export function unitsOf(resources: ResourceCatalog, steps: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    resources.filter(({ name }) => steps[name] !== undefined).map((one) => [one.name, toUnits(steps[one.name]!, one)]),
  );
}

function ceilingInUnits(resources: ResourceCatalog, { resource, left, needs }: Ceiling) {
  const of = resources.find(({ name }) => name === resource)!;
  return { left: toUnits(left, of), needs: toUnits(needs, of) };
}
