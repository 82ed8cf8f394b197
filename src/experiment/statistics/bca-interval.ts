import { normalQuantile, normalTail } from '../../base/distributions/standard-normal.ts';
import { below, type Random } from '../../base/random.ts';
import { meanOf } from './mean-interval.ts';

/** A figure and the bounds that hold the true one with the confidence asked for. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Samples that are drawn; ten times as many move a bound by less than it is printed with. */
const DRAWS = 4_000;

/** What an interval is asked of. */
export interface Bootstrap {
  /** How many independent pieces there are, 2 or more: seeds, or weeks of a trace. */
  readonly count: number;
  /** Gives the figure of a sample, which names pieces by number, some more than once. */
  readonly statistic: (sample: ArrayLike<number>) => number;
  readonly confidence: number;
  readonly random: Random;
  readonly draws?: number;
}

/**
 * Gives a figure with its bias-corrected and accelerated bootstrap interval: pieces are drawn with replacement, and the
 * quantiles of what comes out are shifted by how lopsided it is.
 *
 * @see Efron, Better bootstrap confidence intervals, Journal of the American Statistical Association 82, 1987
 */
export function bcaInterval({ count, statistic, confidence, random, draws = DRAWS }: Bootstrap): Interval {
  const all = Int32Array.from({ length: count }, (_, i) => i);
  const value = statistic(all);
  const drawn = new Float64Array(draws);
  const sample = new Int32Array(count);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < count; i++) sample[i] = below(random, count);
    drawn[draw] = statistic(sample);
  }
  drawn.sort();
  const bias = normalQuantile(inside(rankOf(value, drawn) / draws, draws));
  const acceleration = accelerationOf(all.length, (left) => statistic(all.filter((i) => i !== left)));
  const bound = (p: number): number => {
    const z = bias + normalQuantile(p);
    return quantileOf(drawn, inside(normalCdf(bias + z / (1 - acceleration * z)), draws));
  };
  const tail = (1 - confidence) / 2;
  return { value, low: bound(tail), high: bound(1 - tail) };
}

/** How the figure's spread changes with the figure, from what becomes of it when one piece is left out. */
function accelerationOf(count: number, without: (piece: number) => number): number {
  const values = Array.from({ length: count }, (_, i) => without(i));
  const mean = meanOf(values);
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const distance = mean - value;
    squares += distance * distance;
    cubes += distance * distance * distance;
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
}

/** How many are below `value`; those equal to it count half. */
function rankOf(value: number, sorted: Float64Array): number {
  let rank = 0;
  for (const other of sorted) rank += other < value ? 1 : other === value ? 0.5 : 0;
  return rank;
}

/** No sample tells of what is rarer than one of its draws. */
function inside(p: number, draws: number): number {
  return Math.min(1 - 0.5 / draws, Math.max(0.5 / draws, p));
}

function normalCdf(z: number): number {
  return z > 0 ? 1 - normalTail(z) : normalTail(-z);
}

/** Type 7: between the two values nearest to the place. */
function quantileOf(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const i = Math.floor(place);
  const low = sorted[i]!;
  return low + (place - i) * ((sorted[i + 1] ?? low) - low);
}
