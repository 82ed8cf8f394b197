import { minimise } from './minimise.ts';

/** A state with jobs a second and a mean stay in seconds. */
export interface FittedState {
  readonly rate: number;
  readonly stay: number;
}

/** More gaps than this make the fit no better than its model is. */
const MOST = 20_000;

/**
 * Gives the two states under which gaps are most likely, the busier one first.
 *
 * @see Rydén, An EM algorithm for estimation in Markov-modulated Poisson processes, 1996, section 2 (the likelihood)
 * @param all seconds, in order.
 */
export function fitStates(all: readonly number[]): readonly [FittedState, FittedState] {
  const gaps = all.slice(0, MOST);
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  const scaled = gaps.map((gap) => gap / mean);
  // In mean gaps, as logarithms: both rates, both rates of leaving.
  const starts = [10, 100, 1_000].map((stay) => [Math.log(3), Math.log(0.3), -Math.log(stay), -Math.log(stay)]);
  const found = starts.map((start) => minimise((at) => surprise(scaled, at), start));
  const { at } = found.reduce((a, b) => (b.value < a.value ? b : a));
  const [rate1, rate2, leave1, leave2] = at.map(Math.exp) as [number, number, number, number];
  const states = [
    { rate: rate1 / mean, stay: mean / leave1 },
    { rate: rate2 / mean, stay: mean / leave2 },
  ] as const;
  return states[0].rate >= states[1].rate ? states : [states[1], states[0]];
}

/** Minus the logarithm of the likelihood of gaps, over their number. */
function surprise(gaps: readonly number[], logs: readonly number[]): number {
  if (logs.some((log) => Math.abs(log) > 20)) return Number.POSITIVE_INFINITY;
  const [rate1, rate2, leave1, leave2] = logs.map(Math.exp) as [number, number, number, number];
  // The matrix [[a, leave1], [leave2, d]] of what happens without an arrival; its exponential has a closed form.
  const [a, d] = [-leave1 - rate1, -leave2 - rate2];
  const middle = (a + d) / 2;
  const half = (a - d) / 2;
  const spread = Math.sqrt(half * half + leave1 * leave2);
  // Seen from an arrival a state is as likely as its share of the arrivals.
  let p = (leave2 * rate1) / (leave2 * rate1 + leave1 * rate2);
  let q = 1 - p;
  let sum = 0;
  for (const gap of gaps) {
    const [grow, fall] = [Math.exp((middle + spread) * gap), Math.exp((middle - spread) * gap)];
    const even = (grow + fall) / 2;
    const odd = spread > 0 ? (grow - fall) / (2 * spread) : gap * grow;
    const next1 = (p * (even + odd * half) + q * odd * leave2) * rate1;
    const next2 = (p * odd * leave1 + q * (even - odd * half)) * rate2;
    const total = next1 + next2;
    if (!(total > 0)) return Number.POSITIVE_INFINITY;
    sum -= Math.log(total);
    p = next1 / total;
    q = next2 / total;
  }
  return sum / gaps.length;
}
