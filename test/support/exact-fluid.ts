import { compare, type Exact, exact, least, minus, over, plus, times } from './exact.ts';

/** One serial job; microseconds. */
export interface FluidJob {
  readonly submit: number;
  readonly run: number;
  readonly weight: number;
}

interface Live {
  readonly weight: Exact;
  left: Exact;
  attained: Exact;
  end: Exact | null;
  rate: Exact;
}

const NOTHING = exact(0);
const WHOLE = exact(1);

/** Gives the rates of all jobs that run; each at most 1, together at most the number of servers. */
type Rates = (running: readonly Live[], servers: number) => void;

/**
 * A fluid policy on like servers in exact fractions: from one event (arrival, end, two jobs that have attained alike) to
 * the next by the definition. Gives the exact end of each job and the number of events.
 */
export function exactFluid(
  jobs: readonly FluidJob[],
  servers: number,
  policy: 'ps' | 'weighted' | 'las',
): { readonly ends: readonly Exact[]; readonly events: number } {
  const live = jobs.map<Live>(({ run, weight }) => ({
    weight: policy === 'weighted' ? exact(weight) : WHOLE,
    left: exact(run),
    attained: NOTHING,
    end: null,
    rate: NOTHING,
  }));
  const rates: Rates = policy === 'las' ? leastAttained : inProportion;
  let now = NOTHING;
  let events = 0;
  for (;;) {
    const here = live.filter((_, j) => compare(exact(jobs[j]!.submit), now) <= 0);
    for (const job of here) if (job.end === null && compare(job.left, NOTHING) === 0) job.end = now;
    const running = here.filter(({ end }) => end === null);
    for (const job of running) job.rate = NOTHING;
    rates(running, servers);
    const next = [
      ...jobs.map(({ submit }) => exact(submit)).filter((submit) => compare(submit, now) > 0),
      ...running.filter(({ rate }) => compare(rate, NOTHING) > 0).map(({ left, rate }) => plus(now, over(left, rate))),
      ...(policy === 'las' ? meetings(running).map((wait) => plus(now, wait)) : []),
    ];
    if (next.length === 0) return { ends: live.map(({ end }) => end!), events };
    const until = least(next);
    for (const job of running) {
      const done = times(job.rate, minus(until, now));
      job.left = minus(job.left, done);
      job.attained = plus(job.attained, done);
    }
    now = until;
    events++;
  }
}

/** Raises all rates together, in proportion to weights; who has reached 1 stays there. */
function inProportion(running: readonly Live[], servers: number): void {
  let left = exact(servers);
  let rest = [...running];
  for (;;) {
    if (rest.length === 0) return;
    const level = over(
      left,
      rest.map(({ weight }) => weight).reduce((a, b) => plus(a, b)),
    );
    const whole = rest.filter(({ weight }) => compare(times(weight, level), WHOLE) >= 0);
    if (whole.length === 0) {
      for (const job of rest) job.rate = times(job.weight, level);
      return;
    }
    for (const job of whole) job.rate = WHOLE;
    left = minus(left, exact(whole.length));
    rest = rest.filter((job) => !whole.includes(job));
  }
}

/** Serves those that have attained least, alike; what they cannot use goes to the next. */
function leastAttained(running: readonly Live[], servers: number): void {
  let left = exact(servers);
  let rest = [...running];
  while (rest.length > 0 && compare(left, NOTHING) > 0) {
    const attained = least(rest.map((job) => job.attained));
    const group = rest.filter((job) => compare(job.attained, attained) === 0);
    const rate = least([WHOLE, over(left, exact(group.length))]);
    for (const job of group) job.rate = rate;
    left = minus(left, times(rate, exact(group.length)));
    rest = rest.filter((job) => !group.includes(job));
  }
}

/** How long it takes until one job catches up with another. */
function meetings(running: readonly Live[]): Exact[] {
  return running.flatMap((job) =>
    running
      .filter((ahead) => compare(ahead.attained, job.attained) > 0 && compare(job.rate, ahead.rate) > 0)
      .map((ahead) => over(minus(ahead.attained, job.attained), minus(job.rate, ahead.rate))),
  );
}
