import { type Distribution, parseDistribution } from '../../base/distributions.ts';
import { SECOND } from '../../base/time.ts';
import { CaseError, type Fields, show } from '../fields.ts';

/** A law of service times with its first two moments, in seconds. */
export interface Law {
  readonly distribution: Distribution;
  readonly mean: number;
  readonly secondMoment: number;
}

/** Makes a distribution as a scenario names it, from numbers in units of `unit`. */
export function asLaw(spec: Readonly<Record<string, unknown>>, unit: number): Distribution {
  const outcome = parseDistribution(spec, (value) => Number(value) * unit);
  if ('distribution' in outcome) return outcome.distribution;
  throw new CaseError(outcome.problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
}

export function exponential(mean: number): Law {
  return { distribution: asLaw({ exponential: { mean } }, SECOND), mean, secondMoment: 2 * mean * mean };
}

export function deterministic(value: number): Law {
  return { distribution: asLaw({ constant: value }, SECOND), mean: value, secondMoment: value * value };
}

/** The sum of `phases` exponentials. */
function erlang(phases: number, mean: number): Law {
  const distribution = asLaw({ gamma: { shape: phases, scale: mean / phases } }, SECOND);
  return { distribution, mean, secondMoment: mean * mean * (1 + 1 / phases) };
}

function uniform(min: number, max: number): Law {
  const distribution = asLaw({ uniform: { min, max } }, SECOND);
  return { distribution, mean: (min + max) / 2, secondMoment: (min * min + min * max + max * max) / 3 };
}

function hyperexponential(p: number, rate1: number, rate2: number): Law {
  const means = [1 / rate1, 1 / rate2];
  const distribution = asLaw({ hyperexponential: { probabilities: [p, 1 - p], means } }, SECOND);
  const moment = (of: (mean: number) => number) => p * of(means[0]!) + (1 - p) * of(means[1]!);
  return { distribution, mean: moment((m) => m), secondMoment: moment((m) => 2 * m * m) };
}

/** Two phases that each contribute half of the mean; `cv2` is the squared coefficient of variation. */
export function balanced(mean: number, cv2: number): Law {
  const p = (1 + Math.sqrt((cv2 - 1) / (cv2 + 1))) / 2;
  return hyperexponential(p, (2 * p) / mean, (2 * (1 - p)) / mean);
}

function boundedPareto(alpha: number, min: number, max: number): Law {
  const distribution = asLaw({ pareto: { shape: alpha, min, max } }, SECOND);
  const power = (x: number, y: number) => Math.exp(y * Math.log(x));
  const kept = 1 - power(min / max, alpha);
  const moment = (k: number) =>
    k === alpha
      ? (alpha * power(min, alpha) * Math.log(max / min)) / kept
      : (alpha * power(min, alpha) * (power(max, k - alpha) - power(min, k - alpha))) / ((k - alpha) * kept);
  return { distribution, mean: moment(1), secondMoment: moment(2) };
}

const NUMBER = '(\\d+(?:\\.\\d+)?)';

const WRITTEN: readonly { readonly form: RegExp; make(...numbers: number[]): Law }[] = [
  { form: RegExp(`^deterministic ${NUMBER}$`, 'i'), make: (value) => deterministic(value!) },
  { form: RegExp(`^exponential(?: mean)? ${NUMBER}$`, 'i'), make: (mean) => exponential(mean!) },
  { form: RegExp(`^Erlang-${NUMBER} mean ${NUMBER}$`, 'i'), make: (phases, mean) => erlang(phases!, mean!) },
  { form: RegExp(`^uniform\\(${NUMBER}, ?${NUMBER}\\)$`, 'i'), make: (min, max) => uniform(min!, max!) },
];

/** Reads a law as text (`uniform(0,2)`) or as an object with a `type`. */
export function readLaw(params: Fields, key: string): Law {
  const raw = params.raw(key);
  if (typeof raw !== 'string') return readTyped(params.fields(key));
  for (const { form, make } of WRITTEN) {
    const match = form.exec(raw.trim());
    if (match !== null) return make(...match.slice(1).map(Number));
  }
  // A hyperexponential in words leaves its phases open; means depend on the first two moments alone.
  if (/^(hyperexponential|H2)\b/i.test(raw) && params.has('ES') && params.has('ES2')) {
    const [mean, secondMoment] = [params.positive('ES'), params.positive('ES2')];
    return balanced(mean, secondMoment / (mean * mean) - 1);
  }
  throw new CaseError(`${key}: the law ${show(raw)} is not known`);
}

function readTyped(law: Fields): Law {
  const type = law.text('type');
  if (type === 'exponential') return exponential(law.positive('mean'));
  if (type === 'deterministic') return deterministic(law.positive('value'));
  if (type === 'uniform') return uniform(law.number('min'), law.positive('max'));
  if (type === 'erlang') return erlang(law.positive('k'), law.positive('mean'));
  if (type === 'boundedPareto') return boundedPareto(law.positive('alpha'), law.positive('min'), law.positive('max'));
  if (type === 'hyperexponential') {
    return hyperexponential(law.positive('p'), law.positive('rate1'), law.positive('rate2'));
  }
  throw new CaseError(`${law.path}: the law \`${type}\` is not known`);
}
