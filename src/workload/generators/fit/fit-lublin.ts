import { logGamma } from '../../../base/distributions/incomplete-gamma.ts';
import { dayWeights, LUBLIN, type LublinParameters } from '../lublin-feitelson.ts';
import { minimise } from './minimise.ts';
import { gapsBetween, type Observed } from './observed.ts';

/** More run times than this make the fit no better than its model is. */
const MOST = 10_000;
const HALF_HOUR = 1_800;

/** Gives the parameters of the model for rigid jobs; the bounds of sizes and the daily cycle are the published ones. */
export function fitLublin({ submits, runs, sizes }: Observed, processors: number): LublinParameters {
  return { ...LUBLIN.all, ...fitSizes(sizes, processors), ...fitRuns(runs, sizes), ...fitGaps(submits) };
}

type Sizes = Pick<LublinParameters, 'serial' | 'powerOfTwo' | 'first'>;

function fitSizes(sizes: readonly number[], processors: number): Sizes {
  const { low, middleBelowHigh } = LUBLIN.all;
  const high = Math.log2(processors);
  const middle = Math.max(low, high - middleBelowHigh);
  const parallel = sizes.filter((size) => size > 1);
  const serial = 1 - parallel.length / sizes.length;
  const small = parallel.filter((size) => size <= Math.exp(middle * Math.LN2)).length / parallel.length;
  // Some sizes that are not made powers of two are so by chance.
  let byChance = 0;
  const places = 1_000;
  for (let i = 0; i < places; i++) {
    const at = (i + 0.5) / places;
    const [one, two] = [low + at * (middle - low), middle + at * (high - middle)].map(isPower);
    byChance += ((one ? small : 0) + (two ? 1 - small : 0)) / places;
  }
  const powers = parallel.filter((size) => Number.isInteger(Math.log2(size))).length / sizes.length;
  const powerOfTwo = (powers - (1 - serial) * byChance) / (1 - byChance);
  return { serial, powerOfTwo: Math.min(1 - serial, Math.max(0, powerOfTwo)), first: small };
}

/** Whether a size of that logarithm is a power of two once it is rounded. */
function isPower(log: number): boolean {
  return Number.isInteger(Math.log2(Math.max(1, Math.round(Math.exp(log * Math.LN2)))));
}

type Runs = Pick<LublinParameters, 'shape1' | 'scale1' | 'shape2' | 'scale2' | 'slope' | 'intercept'>;

function fitRuns(runs: readonly number[], sizes: readonly number[]): Runs {
  const every = Math.max(1, Math.ceil(runs.length / MOST));
  const rows = Array.from({ length: Math.floor(runs.length / every) }, (_, i) => i * every).filter((i) => runs[i]! > 1);
  const logs = rows.map((i) => Math.log(runs[i]!));
  const logLogs = logs.map(Math.log);
  const widths = rows.map((i) => sizes[i]!);
  const read = (at: readonly number[]) => ({
    ...{ shape1: Math.exp(at[0]!), scale1: Math.exp(at[1]! - at[0]!) },
    ...{ shape2: Math.exp(at[2]!), scale2: Math.exp(at[3]! - at[2]!) },
    ...{ slope: at[4]! / 100, intercept: at[5]! },
  });
  const surprise = (at: readonly number[]) => {
    const { shape1, scale1, shape2, scale2, slope, intercept } = read(at);
    const [norm1, norm2] = [logGamma(shape1) + shape1 * Math.log(scale1), logGamma(shape2) + shape2 * Math.log(scale2)];
    let sum = 0;
    for (const [i, x] of logs.entries()) {
      const p = Math.min(0.999, Math.max(0.001, slope * widths[i]! + intercept));
      const one = Math.exp((shape1 - 1) * logLogs[i]! - x / scale1 - norm1);
      const two = Math.exp((shape2 - 1) * logLogs[i]! - x / scale2 - norm2);
      sum -= Math.log(p * one + (1 - p) * two + 1e-300);
    }
    return sum / logs.length;
  };
  // Shapes and means as logarithms; the published law is where the search begins.
  const { shape1, scale1, shape2, scale2, slope, intercept } = LUBLIN.all;
  const start = [Math.log(shape1), Math.log(shape1 * scale1), Math.log(shape2), Math.log(shape2 * scale2)];
  return read(minimise(surprise, [...start, slope * 100, intercept], { step: 0.2, rounds: 600 }).at);
}

type Gaps = Pick<LublinParameters, 'gapShape' | 'gapScale' | 'rushToAll'>;

/** Moments of the logarithms of the gaps, on a clock that runs as fast as jobs come. */
function fitGaps(submits: readonly number[]): Gaps {
  const weights = dayWeights(LUBLIN.all);
  const before = [0];
  for (const weight of weights) before.push(before.at(-1)! + weight * HALF_HOUR);
  const clock = submits.map((submit) => {
    const day = Math.floor(submit / 86_400);
    const slot = Math.floor((submit - day * 86_400) / HALF_HOUR);
    return day * 86_400 + before[slot]! + (submit - day * 86_400 - slot * HALF_HOUR) * weights[slot]!;
  });
  const logs = gapsBetween(clock).map((gap) => Math.log(Math.max(1, gap)));
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  const variance = logs.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / logs.length;
  return { gapShape: (mean * mean) / variance, gapScale: variance / mean, rushToAll: 1 };
}
