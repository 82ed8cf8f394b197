import { gammaBelow } from '../../base/distributions/incomplete-gamma.ts';
import { parseDistribution } from '../../base/distributions.ts';
import { SimulationError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { SECOND } from '../../base/time.ts';
import type { GeneratorDefinition, ModelParameters } from './generator.ts';
import { type Piece, rateClock } from './rate-clock.ts';

/** What the model knows of one class of jobs. */
export interface LublinParameters {
  /** Chance of one processor, and of a power of two beside that. */
  readonly serial: number;
  readonly powerOfTwo: number;
  /** The two stages of the uniform of log2 of the size: from `low` to `middle` with chance `first`, else on to `high`. */
  readonly low: number;
  /** How far the middle lies below the high end, which is log2 of the machine's processors. */
  readonly middleBelowHigh: number;
  readonly first: number;
  /** Shapes and scales of the two gammas of the natural logarithm of the run time in seconds. */
  readonly shape1: number;
  readonly scale1: number;
  readonly shape2: number;
  readonly scale2: number;
  /** Chance of the first gamma: slope times size plus intercept. */
  readonly slope: number;
  readonly intercept: number;
  /** Gamma of the natural logarithm of the gap in seconds, at the mean weight of the day. */
  readonly gapShape: number;
  readonly gapScale: number;
  /** Gamma of the half hour of the day, which gives the weights. */
  readonly dayShape: number;
  readonly dayScale: number;
  /** By how much gaps of the whole day are longer than those of rush hours, from which `gapShape` comes. */
  readonly rushToAll: number;
}

/** The published parameters: tables 4, 6 and 8 of the paper, and the constants of the authors' own program. */
export const LUBLIN: Readonly<Record<ModelParameters['class'], LublinParameters>> = {
  all: {
    ...{ serial: 0.244, powerOfTwo: 0.576, low: 0.8, middleBelowHigh: 2.5, first: 0.86 },
    ...{ shape1: 4.2, scale1: 0.94, shape2: 312, scale2: 0.03, slope: -0.0054, intercept: 0.78 },
    ...{ gapShape: 10.2303, gapScale: 0.4871, dayShape: 8.1737, dayScale: 3.9631, rushToAll: 1.0225 },
  },
  batch: {
    ...{ serial: 0.2927, powerOfTwo: 0.6686, low: 1.2, middleBelowHigh: 2.5, first: 0.875 },
    ...{ shape1: 6.57, scale1: 0.823, shape2: 639.1, scale2: 0.0156, slope: -0.003, intercept: 0.6986 },
    ...{ gapShape: 6.0415, gapScale: 0.8531, dayShape: 6.1271, dayScale: 5.274, rushToAll: 1.0519 },
  },
  interactive: {
    ...{ serial: 0.1541, powerOfTwo: 0.6247, low: 1, middleBelowHigh: 2.5, first: 0.705 },
    ...{ shape1: 3.8351, scale1: 0.6605, shape2: 7.073, scale2: 0.6856, slope: -0.0118, intercept: 0.9156 },
    ...{ gapShape: 6.551, gapScale: 0.6621, dayShape: 8.9186, dayScale: 3.668, rushToAll: 0.9797 },
  },
};

/** Logarithms of the longest run time (1.9 days) and gap (5.1 days); what is drawn beyond is drawn again. */
const LONGEST_RUN = 12;
const LONGEST_GAP = 13;

const HALF_HOUR = 1_800 * SECOND;
const HALF_HOURS = 48;
/** The half hour with which the day of the model begins: 5:30, when the fewest jobs come. */
const DAY_BEGINS = 11;

/** What the scenario may say in place of the published numbers. */
export const LUBLIN_PARAMETERS = Object.keys(LUBLIN.all) as readonly (keyof LublinParameters)[];

const DEFAULT_PROCESSORS = 128;

/**
 * Rigid jobs of a parallel machine: sizes of a two-stage uniform with many powers of two, run times of a hyper-gamma that
 * depends on the size, gaps of a gamma with a daily cycle.
 */
export const lublinFeitelson: GeneratorDefinition = {
  name: 'lublin-feitelson',
  summary: 'rigid batch jobs of parallel machines: sizes, run times and arrivals of six logs',
  source:
    'Lublin and Feitelson, The workload on parallel supercomputers, J. Parallel and Distributed Computing 63(11), 2003',
  keys: {
    framework: 'needed',
    ...{
      rate: 'optional',
      offset: 'optional',
      processors: 'optional',
      class: 'optional',
      parameters: 'optional',
      as: 'optional',
    },
    ...{ tasks: 'optional', demand: 'optional', duration: 'optional' },
  },
  as: 'pool',
  arrivals(parameters, stream) {
    const of = { ...LUBLIN[parameters.class], ...parameters.parameters };
    const drawLog = gammaLaw(of.gapShape, of.gapScale * of.rushToAll);
    const random = stream('arrivals');
    const factor = parameters.rate === null ? SECOND : 1 / (parameters.rate * meanGap(of));
    const gap = () => factor * Math.exp(upTo(LONGEST_GAP, () => drawLog(random)));
    return rateClock(gap, dailyCycle(of, parameters.offset));
  },
  jobs(parameters, context) {
    const of = { ...LUBLIN[parameters.class], ...parameters.parameters };
    const processors = parameters.processors ?? DEFAULT_PROCESSORS;
    const sizes = context.stream('sizes');
    const runs = context.stream('durations');
    const phases = context.stream('phases');
    const short = gammaLaw(of.shape1, of.scale1);
    const long = gammaLaw(of.shape2, of.scale2);
    const demand = { cpus: 1 };
    return () => {
      const tasks = drawSize(of, processors, sizes);
      const chance = Math.min(1, Math.max(0, of.slope * tasks + of.intercept));
      const log = upTo(LONGEST_RUN, () => (phases() < chance ? short : long)(runs));
      return [{ tasks, run: Math.exp(log) * SECOND, demand }];
    };
  },
};

/** Draws a number of processors from 1 to `processors`. */
function drawSize(of: LublinParameters, processors: number, random: Random): number {
  const kind = random();
  const [stage, place] = [random(), random()];
  if (kind < of.serial) return 1;
  const high = Math.log2(processors);
  const middle = Math.max(of.low, high - of.middleBelowHigh);
  const log = stage < of.first ? of.low + place * (middle - of.low) : middle + place * (high - middle);
  const wanted = kind < of.serial + of.powerOfTwo ? Math.round(log) : log;
  return Math.max(1, Math.min(processors, Math.round(Math.exp(wanted * Math.LN2))));
}

/** The rate of gaps by half hour, in gaps per microsecond times a mean of 1. */
function dailyCycle(of: LublinParameters, offset: number): () => Piece {
  const weights = dayWeights(of);
  let slot = Math.floor(offset / HALF_HOUR) % HALF_HOURS;
  let passed = offset % HALF_HOUR;
  return () => {
    const piece = { rate: weights[slot]!, length: HALF_HOUR - passed };
    slot = (slot + 1) % HALF_HOURS;
    passed = 0;
    return piece;
  };
}

/** Weights of the half hours of a day from midnight on, with a mean of 1. */
export function dayWeights({ dayShape, dayScale }: LublinParameters): number[] {
  const weights = new Array<number>(HALF_HOURS).fill(0);
  let sum = 0;
  for (let i = DAY_BEGINS; i < DAY_BEGINS + HALF_HOURS; i++) {
    const chance = gammaBelow(dayShape, (i + 0.5) / dayScale).below - gammaBelow(dayShape, (i - 0.5) / dayScale).below;
    weights[i % HALF_HOURS] = chance;
    sum += chance;
  }
  return weights.map((weight) => (weight * HALF_HOURS) / sum);
}

/**
 * Gives the mean gap in seconds at the mean weight: that of the exponential of a gamma up to {@link LONGEST_GAP}, which is
 * a gamma of another scale after a change of measure.
 */
export function meanGap({ gapShape, gapScale, rushToAll }: LublinParameters): number {
  const scale = gapScale * rushToAll;
  const tilted = scale / (1 - scale);
  const kept = gammaBelow(gapShape, LONGEST_GAP / scale).below;
  return (Math.exp(-gapShape * Math.log(1 - scale)) * gammaBelow(gapShape, LONGEST_GAP / tilted).below) / kept;
}

function upTo(most: number, draw: () => number): number {
  for (;;) {
    const value = draw();
    if (value <= most) return value;
  }
}

function gammaLaw(shape: number, scale: number): (random: Random) => number {
  const outcome = parseDistribution({ gamma: { shape, scale } }, Number);
  if ('problems' in outcome) throw new SimulationError(`gamma of shape ${shape}: ${outcome.problems[0]!.message}`);
  return outcome.distribution.draw;
}
