import type { Distribution, DistributionDefinition } from './distributions/distribution.ts';
import { type Outcome, type ReadValue, readParameters, show, signature } from './distributions/read-parameters.ts';
import { DISTRIBUTIONS } from './distributions/registry.ts';
import type { Problem } from './errors.ts';
import { didYouMean } from './nearest.ts';

export type { Distribution, Outcome, ReadValue };
export { DISTRIBUTIONS };

const BY_NAME: ReadonlyMap<string, DistributionDefinition> = new Map(DISTRIBUTIONS.map((kind) => [kind.name, kind]));

const EXAMPLE = 'write { exponential: { mean: … } }';

/**
 * Reads what a scenario writes where a number may vary: a bare value, or `{ name: parameters }`.
 *
 * @param readValue reads parameters that have the unit of the draws (`parseDuration`: microseconds); pure numbers
 *   such as `cv` do not pass through it.
 * @param expected what `readValue` reads, for errors.
 * @returns the distribution, or every problem with a path below the spec (empty for the spec itself).
 */
export function parseDistribution(
  spec: unknown,
  readValue: ReadValue,
  expected = 'a number or a number with a unit',
): Outcome {
  if (typeof spec === 'number' || typeof spec === 'string') return parseBare(spec, readValue, expected);
  if (!isRecord(spec)) return problem('', `must be ${expected} or a distribution, not ${show(spec)}`, EXAMPLE);
  const names = Object.keys(spec);
  if (names.length !== 1) {
    const message = `must have one key, the name of a distribution with its parameters below it; this has ${names.length}`;
    return problem('', message, EXAMPLE);
  }
  const name = names[0]!;
  const definition = BY_NAME.get(name);
  if (definition === undefined) return problem(name, `unknown distribution \`${name}\``, guess(name));
  return below(name, parseNamed(definition, spec[name], readValue, expected));
}

function parseBare(value: string | number, readValue: ReadValue, expected: string): Outcome {
  const named = BY_NAME.get(String(value));
  if (named !== undefined) return problem('', `${named.name} lacks its parameters`, signature(named));
  return parseNamed(BY_NAME.get('constant')!, value, readValue, expected);
}

function parseNamed(kind: DistributionDefinition, given: unknown, readValue: ReadValue, expected: string): Outcome {
  if (isRecord(given)) return readParameters(kind, given, readValue, expected);
  if (kind.shorthand === undefined) {
    return problem('', `must have its parameters below it, not ${show(given)}`, signature(kind));
  }
  const outcome = readParameters(kind, { [kind.shorthand]: given }, readValue, expected);
  return 'distribution' in outcome ? outcome : { problems: outcome.problems.map((one) => ({ ...one, path: '' })) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function guess(name: string): string {
  return didYouMean(name, BY_NAME.keys()) ?? `there are ${[...BY_NAME.keys()].join(', ')}`;
}

/** Moves problems below the name of their distribution. */
function below(name: string, outcome: Outcome): Outcome {
  if ('distribution' in outcome) return outcome;
  return {
    problems: outcome.problems.map((one) => ({ ...one, path: one.path === '' ? name : `${name}.${one.path}` })),
  };
}

function problem(path: string, message: string, suggestion: string): Outcome {
  const one: Problem = { path, message, suggestion };
  return { problems: [one] };
}
