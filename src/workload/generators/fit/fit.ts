import { ScenarioError } from '../../../base/errors.ts';
import { didYouMean } from '../../../base/nearest.ts';
import { distanceBetween } from './distance.ts';
import { fitWeek } from './fit-diurnal.ts';
import { fitLublin } from './fit-lublin.ts';
import { fitStates } from './fit-mmpp.ts';
import { type FittedLaw, fitSizes, fitTimes } from './laws.ts';
import { gapsBetween, type Observed } from './observed.ts';

/** What a scenario says below `generate`. */
export type GenerateBlock = Readonly<Record<string, unknown>>;

/** How far jobs drawn from the fit are from those that it was made of: Kolmogorov-Smirnov distances, 0 to 1. */
export interface Goodness {
  readonly gaps: number;
  readonly runs: number;
  readonly sizes: number;
}

/** Models whose parameters can be told from jobs. */
const FITTED_MODELS = ['poisson', 'mmpp', 'diurnal', 'lublin-feitelson'] as const;

/** Fewer jobs tell nothing. */
const LEAST = 20;

/**
 * Gives the `generate` block of a model whose jobs are most like those observed.
 *
 * @throws ScenarioError for a model that cannot be fitted, or where there are too few jobs.
 */
export function fitModel(model: string, observed: Observed): GenerateBlock {
  const { submits, runs, sizes, sizeOf } = observed;
  if (submits.length < LEAST || submits.at(-1) === submits[0]) {
    throw new ScenarioError(`${submits.length} jobs at ${new Set(submits).size} times: too few to fit a model to`);
  }
  const jobs = { framework: 'fitted', jobs: submits.length };
  if (model === 'lublin-feitelson') {
    const processors = Math.max(2, Math.ceil(sizes.reduce((a, b) => Math.max(a, b))));
    const parameters = Object.entries(fitLublin(observed, processors)).map(([name, value]) => [
      kebab(name),
      rounded(value),
    ]);
    return { model, ...jobs, processors, parameters: Object.fromEntries(parameters) };
  }
  const shape = {
    demand: { [sizeOf]: written(fitSizes(sizes), '') },
    duration: written(fitTimes(runs), 's'),
  };
  return { model, ...jobs, ...arrivals(model, submits), ...shape };
}

/** Compares jobs that a fit has drawn with those observed. */
export function goodnessOf(observed: Observed, drawn: Observed): Goodness {
  return {
    gaps: distanceBetween(gapsBetween(observed.submits), gapsBetween(drawn.submits)),
    runs: distanceBetween(observed.runs, drawn.runs),
    sizes: distanceBetween(observed.sizes, drawn.sizes),
  };
}

function arrivals(model: string, submits: readonly number[]): GenerateBlock {
  const span = submits.at(-1)! - submits[0]!;
  if (model === 'poisson') return { rate: perSecond((submits.length - 1) / span) };
  if (model === 'mmpp') {
    return {
      states: fitStates(gapsBetween(submits)).map(({ rate, stay }) => ({
        rate: perSecond(rate),
        stay: `${rounded(stay)}s`,
      })),
    };
  }
  if (model === 'diurnal') {
    const { rate, hours, days } = fitWeek(submits);
    return { rate: perSecond(rate), hours: hours.map(rounded), days: days.map(rounded) };
  }
  const suggestion = didYouMean(model, FITTED_MODELS);
  const message = `there is no fit of \`${model}\`; it is one of ${FITTED_MODELS.join(', ')}`;
  throw new ScenarioError([{ path: 'model', message, ...(suggestion !== undefined && { suggestion }) }]);
}

/** What is drawn has the resources of the trace; a law of times has seconds as its unit. */
function written({ name, parameters }: FittedLaw, unit: string): unknown {
  const ownUnit = new Set(['cv', 'shape', 'weights']);
  const entries = Object.entries(parameters).map(([key, value]) => {
    const quantity = (x: number) => (ownUnit.has(key) || unit === '' ? rounded(x) : `${rounded(x)}${unit}`);
    return [key, typeof value === 'number' ? quantity(value) : value.map(quantity)];
  });
  return { [name]: Object.fromEntries(entries) };
}

function perSecond(rate: number): string {
  return `${rounded(rate)}/s`;
}

/** Six digits, which no fit has. */
function rounded(x: number): number {
  return Number(x.toPrecision(6));
}

function kebab(name: string): string {
  return name.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`);
}
