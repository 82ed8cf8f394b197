import type { TimeProblem } from '../../allocators/gavel/time-problem.ts';
import { CaseError, type Fields } from '../fields.ts';
import { parseFraction, toNumber } from '../fraction.ts';

/** What a case of time on unlike nodes gives; what a policy needs and the case lacks throws CaseError. */
export interface HeterogeneousCase {
  readonly policy: string;
  /** True if types count alike. */
  readonly agnostic: boolean;
  readonly problem: TimeProblem;
  readonly weights: readonly number[];
  work(): number[];
  ages(): number[];
  isolatedTime(): number[];
  prices(): number[] | undefined;
  /** Of jobs that must end in time; none where the case names no time. */
  leastThroughputs(): number[] | undefined;
}

const THROUGHPUTS = ['throughputs', 'throughput', 'T', 'tput', 'thr', 'speeds', 'rates', 'jobs'];
const COUNTS = ['workers', 'counts', 'count', 'cluster', 'capacity', 'servers', 'accelerators', 'gpus', 'devices'];
const SCALES = ['scale', 'scales', 'scale_factors', 'scaleFactors'];
const WEIGHTS = ['weights', 'weight', 'priority_weights', 'priorities'];
const WORK = ['steps', 'steps_remaining', 'stepsRemaining', 'remaining', 'remainingSteps', 'work'];
const AGES = ['elapsed', 'age', 'ages', 'times_since_start', 'timesSinceStart'];
const ISOLATED_TIME = ['isolatedElapsed', 'isolated_elapsed', 'cumulative_isolated_time', 'cumulativeIsolatedTime'];
const PRICES = ['costs', 'cost', 'prices', 'price', 'instance_costs', 'instanceCosts'];
const TIME_LEFT = ['slo', 'slos', 'SLO', 'SLOs', 'deadlines', 'timeLeft', 'time_left'];

/** Reads the case whichever of the usual names it has; lists in order, or objects by name of job and type. */
export function readHeterogeneous(one: Fields): HeterogeneousCase {
  const policy = one.has('policy') ? one.text('policy') : one.text('id');
  if (one.has('types')) one.prose('types');
  const counted = must(one, COUNTS);
  const table = rows(one, must(one, THROUGHPUTS), namesOf(one.raw(counted)));
  const jobs = table.length;
  const counts = numbers(one, counted);
  if (table.some((row) => row.length !== counts.length))
    throw new CaseError('not every row has a number for each type');
  const perJob = (keys: readonly string[], otherwise?: number): number[] => {
    const key = keys.find((each) => one.has(each));
    if (key === undefined) {
      if (otherwise === undefined) throw new CaseError(`${keys[0]} is missing`);
      return new Array<number>(jobs).fill(otherwise);
    }
    const found = numbers(one, key);
    if (found.length !== jobs) throw new CaseError(`${key} has ${found.length} numbers for ${jobs} jobs`);
    return found;
  };
  return {
    policy,
    agnostic: /agnostic/i.test(policy),
    problem: { throughputs: table, counts, scales: perJob(SCALES, 1) },
    weights: perJob(WEIGHTS, 1),
    work: () => perJob(WORK),
    ages: () => perJob(AGES, 0),
    isolatedTime: () => perJob(ISOLATED_TIME, 0),
    prices() {
      const key = PRICES.find((each) => one.has(each));
      return key === undefined ? undefined : numbers(one, key);
    },
    leastThroughputs() {
      if (!TIME_LEFT.some((key) => one.has(key))) return undefined;
      const left = perJob(TIME_LEFT);
      return perJob(WORK).map((work, j) => (left[j]! > 0 ? work / left[j]! : 0));
    },
  };
}

function must(one: Fields, keys: readonly string[]): string {
  const key = keys.find((each) => one.has(each));
  if (key === undefined) throw new CaseError(`this is no form that is known: none of ${keys.join(', ')} is there`);
  return key;
}

function rows(one: Fields, key: string, names: readonly string[] | null): number[][] {
  return entries(one.raw(key)).map((row) => {
    if (Array.isArray(row) || names === null) return entries(row).map((each) => number(each, key));
    const strange = Object.keys(Object(row)).filter((name) => !names.includes(name));
    if (strange.length > 0) throw new CaseError(`${key} names ${strange.join(', ')}, of which there are no workers`);
    return names.map((name) => number((Object(row) as Record<string, unknown>)[name] ?? 0, key));
  });
}

/** The names of the types, where workers are counted by name. */
function namesOf(value: unknown): readonly string[] | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : null;
}

function numbers(one: Fields, key: string): number[] {
  return entries(one.raw(key)).map((each) => number(each, key));
}

function entries(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) throw new CaseError('expected a list or an object');
  return Array.isArray(value) ? value : Object.values(value);
}

function number(value: unknown, key: string): number {
  if (value === null) return 0;
  const fraction = parseFraction(value);
  if (fraction === null) throw new CaseError(`${key} holds what is no number`);
  return toNumber(fraction);
}
