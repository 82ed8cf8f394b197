import type { Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import type { LogResult } from './run-log.ts';

/** A figure of a replay: a name of our metrics, or what else it is; times in seconds. */
type Figure = string | ((result: LogResult) => number);

/** Figures that must be the same; all others are means. */
const EXACT: Readonly<Record<string, Figure>> = {
  n: ({ counts }) => counts.jobs.completed,
  jobs: ({ counts }) => counts.jobs.completed,
  maxWait: 'wait.max',
  makespan: 'makespan',
  makespan_s: 'makespan',
  sum_wait_s: ({ starts }) => starts.totalWait(),
  start_time_hash_fnv32: ({ starts }) => starts.hash(),
};

const MEANS: Readonly<Record<string, Figure>> = {
  avgwait: 'wait.mean',
  avg_wait_s: 'wait.mean',
  avgft: 'response.mean',
  avgResponse: 'response.mean',
  avgstretch: 'slowdown.mean',
  avgStretch: 'slowdown.mean',
  avgbsld: 'bounded-slowdown.mean',
  avg_bounded_slowdown_tau10: 'bounded-slowdown.mean',
  maxbsld: 'bounded-slowdown.max',
  rmsbsld: ({ starts }) => starts.rmsBoundedSlowdown(),
  utilization: 'utilization.cpus',
};

/** How far means may lie apart, relative: sums of doubles in another order differ by less. */
const CLOSE = 1e-12;

/** Holds each key of an object that is no input against the figure of its name; an unknown one fails. */
export function compareFigures(part: string, result: LogResult, expected: Fields, verdict: Verdict, decimals?: number) {
  for (const key of expected.left) {
    const what = part === '' ? key : `${part} ${key}`;
    if (Object.hasOwn(EXACT, key)) verdict.same(what, figureOf(EXACT[key]!, result), expected.number(key));
    else if (Object.hasOwn(MEANS, key)) {
      const got = figureOf(MEANS[key]!, result);
      comparePrinted(what, got ?? Number.NaN, expected.number(key), verdict, decimals);
    } else verdict.fail(`${what}: there is no such figure`);
  }
}

/** Holds a number against one that was printed with so many decimals, or with all its digits where left out. */
export function comparePrinted(what: string, got: number, expected: number, verdict: Verdict, decimals?: number): void {
  const rounding = decimals === undefined ? 0 : 0.5 * Number(`1e-${decimals}`);
  verdict.near(what, got, expected, rounding + CLOSE * Math.abs(expected));
}

function figureOf(figure: Figure, result: LogResult): number | null {
  return typeof figure === 'string' ? (result.metrics[figure] ?? null) : figure(result);
}
