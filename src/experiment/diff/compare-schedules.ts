import { ScenarioError } from '../../base/errors.ts';
import { type Time, toSeconds } from '../../base/time.ts';
import type { Schedule, ScheduledJob, ScheduleFormat } from './schedule.ts';

/** Jobs that a list in a difference names. */
const LISTED = 100;

/** Where two schedules of the same jobs part; times in seconds from the first submission. */
export interface ScheduleDifference {
  readonly schema: 'allot.diff/1';
  readonly a: Side;
  readonly b: Side;
  /** Jobs of both, and how many of them start and end at the same times in both. */
  readonly matched: number;
  readonly same: number;
  /** Jobs whose start is another: later in b where the shift is above zero. */
  readonly moved: {
    readonly jobs: number;
    readonly earlier: number;
    readonly later: number;
    readonly mean_shift_s: number | null;
    readonly mean_absolute_shift_s: number | null;
    readonly max_absolute_shift_s: number | null;
  };
  /** Jobs with the same start that end at another time. */
  readonly ends_only: number;
  /** Jobs that start in one of the two alone. */
  readonly started_in_one: number;
  readonly first: Divergence | null;
  /** Those that moved farthest. */
  readonly farthest: readonly MovedJob[];
}

export interface Side {
  readonly source: string;
  readonly format: ScheduleFormat;
  readonly jobs: number;
  /** Jobs that the other has not: the first hundred names, and how many. */
  readonly alone: number;
  readonly alone_names: readonly string[];
  /** When the first job was submitted, on the schedule's own clock. */
  readonly origin_s: number;
}

/** The first time at which something happens in one schedule and not in the other, and the state that led to it. */
export interface Divergence {
  readonly time_s: number;
  /** What happens then in a alone and in b alone. */
  readonly a: Happening;
  readonly b: Happening;
  /** The same in both until then; names in order of start, and of submission. */
  readonly running: readonly string[];
  readonly running_jobs: number;
  readonly waiting: readonly string[];
  readonly waiting_jobs: number;
}

export interface Happening {
  readonly starts: readonly string[];
  readonly ends: readonly string[];
}

export interface MovedJob {
  readonly job: string;
  readonly submit_s: number;
  readonly a_start_s: number;
  readonly b_start_s: number;
  readonly shift_s: number;
}

/** A job of both schedules, each on a clock that begins with the first submission of a job that both have. */
interface Pair {
  readonly name: string;
  readonly submit: Time;
  readonly a: Times;
  readonly b: Times;
}

type Times = Pick<ScheduledJob, 'start' | 'end'>;

/**
 * Finds where two schedules of the same jobs part, and how far jobs have moved.
 *
 * Jobs are told by name. Each schedule's clock is set to zero at the first submission among the jobs that both have.
 *
 * @throws ScenarioError if no job is in both, or one was submitted at another time.
 */
export function compareSchedules(a: Schedule, b: Schedule): ScheduleDifference {
  const names = [...a.jobs.keys()].filter((name) => b.jobs.has(name));
  if (names.length === 0) {
    const [first, other] = [a, b].map(({ jobs }) => [...jobs.keys()].slice(0, 3).join(', '));
    throw new ScenarioError(`no job is in both schedules: ${a.source} has ${first}, …, ${b.source} has ${other}, …`);
  }
  const [from, to] = [originOf(a, names), originOf(b, names)];
  const pairs = names.map((name): Pair => pairOf(a.jobs.get(name)!, b.jobs.get(name)!, from, to));
  const moved = pairs.filter(({ a, b }) => a.start !== null && b.start !== null && a.start !== b.start);
  const shifts = moved.map((pair) => pair.b.start! - pair.a.start!);
  const absolute = shifts.map(Math.abs);
  const startedInOne = pairs.filter(({ a, b }) => (a.start === null) !== (b.start === null)).length;
  const endsOnly = pairs.filter(({ a, b }) => a.start === b.start && a.end !== b.end).length;
  return {
    schema: 'allot.diff/1',
    a: sideOf(a, b, from),
    b: sideOf(b, a, to),
    matched: pairs.length,
    same: pairs.length - moved.length - startedInOne - endsOnly,
    moved: {
      jobs: moved.length,
      earlier: shifts.filter((shift) => shift < 0).length,
      later: shifts.filter((shift) => shift > 0).length,
      mean_shift_s: meanSeconds(shifts),
      mean_absolute_shift_s: meanSeconds(absolute),
      max_absolute_shift_s:
        moved.length === 0 ? null : toSeconds(absolute.reduce((most, each) => Math.max(most, each), 0)),
    },
    ends_only: endsOnly,
    started_in_one: startedInOne,
    first: firstDivergence(pairs),
    farthest: farthest(moved),
  };
}

function originOf({ jobs }: Schedule, names: readonly string[]): Time {
  return names.reduce((first, name) => Math.min(first, jobs.get(name)!.submit), Number.POSITIVE_INFINITY);
}

function pairOf(a: ScheduledJob, b: ScheduledJob, from: Time, to: Time): Pair {
  const [submit, other] = [a.submit - from, b.submit - to];
  if (submit !== other) {
    const times = `${toSeconds(submit)} s and ${toSeconds(other)} s after the first`;
    throw new ScenarioError(`these are not the same jobs: \`${a.name}\` was submitted ${times}`);
  }
  const on = (time: Time | null, origin: Time) => (time === null ? null : time - origin);
  return {
    name: a.name,
    submit,
    a: { start: on(a.start, from), end: on(a.end, from) },
    b: { start: on(b.start, to), end: on(b.end, to) },
  };
}

function sideOf(own: Schedule, other: Schedule, origin: Time): Side {
  const alone = [...own.jobs.keys()].filter((name) => !other.jobs.has(name));
  return {
    source: own.source,
    format: own.format,
    jobs: own.jobs.size,
    alone: alone.length,
    alone_names: alone.slice(0, LISTED),
    origin_s: toSeconds(origin),
  };
}

/** The earliest start or end that only one of the two has; before it the schedules are the same. */
function firstDivergence(pairs: readonly Pair[]): Divergence | null {
  let time = Number.POSITIVE_INFINITY;
  for (const { a, b } of pairs) {
    if (a.start !== b.start) time = Math.min(time, a.start ?? time, b.start ?? time);
    if (a.end !== b.end) time = Math.min(time, a.end ?? time, b.end ?? time);
  }
  if (time === Number.POSITIVE_INFINITY) return null;
  const only = (own: 'a' | 'b', other: 'a' | 'b'): Happening => {
    const at = (what: 'start' | 'end') =>
      pairs.filter((pair) => pair[own][what] === time && pair[other][what] !== time).map(({ name }) => name);
    return { starts: at('start').slice(0, LISTED), ends: at('end').slice(0, LISTED) };
  };
  // What both have done by now belongs to the state; what one of them alone does now is the divergence.
  const done = ({ a, b }: Pair, what: 'start' | 'end') =>
    a[what] !== null && (a[what] < time || (a[what] === time && b[what] === time));
  const running = pairs
    .filter((pair) => done(pair, 'start') && !done(pair, 'end'))
    .sort((x, y) => x.a.start! - y.a.start!);
  const waiting = pairs
    .filter((pair) => pair.submit <= time && !done(pair, 'start'))
    .sort((x, y) => x.submit - y.submit);
  const namesOf = (list: readonly Pair[]) => list.slice(0, LISTED).map(({ name }) => name);
  return {
    time_s: toSeconds(time),
    a: only('a', 'b'),
    b: only('b', 'a'),
    running: namesOf(running),
    running_jobs: running.length,
    waiting: namesOf(waiting),
    waiting_jobs: waiting.length,
  };
}

function farthest(moved: readonly Pair[]): MovedJob[] {
  const shift = ({ a, b }: Pair) => b.start! - a.start!;
  return [...moved]
    .sort((x, y) => Math.abs(shift(y)) - Math.abs(shift(x)) || x.submit - y.submit)
    .slice(0, 10)
    .map((pair) => ({
      job: pair.name,
      submit_s: toSeconds(pair.submit),
      a_start_s: toSeconds(pair.a.start!),
      b_start_s: toSeconds(pair.b.start!),
      shift_s: toSeconds(shift(pair)),
    }));
}

function meanSeconds(times: readonly Time[]): number | null {
  return times.length === 0 ? null : times.reduce((sum, time) => sum + toSeconds(time), 0) / times.length;
}
