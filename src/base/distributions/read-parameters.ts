import type { Problem } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { Distribution, DistributionDefinition, Form, Parameter, Parameters, Values } from './distribution.ts';

/** Reads a bare number, or text with a unit, in the unit of the draws; null when it is none. */
export type ReadValue = (text: string | number) => number | null;

/** Either what was asked for, or every reason why not. */
export type Outcome = { readonly distribution: Distribution } | { readonly problems: readonly Problem[] };

type Given = Readonly<Record<string, unknown>>;

/**
 * Makes a distribution of the parameters that stand below its name.
 *
 * @param expected what `readValue` reads, as an error says it: "a duration such as `90s`".
 * @returns problems with names of parameters as paths.
 */
export function readParameters(
  definition: DistributionDefinition,
  given: Given,
  readValue: ReadValue,
  expected: string,
): Outcome {
  const form = closestForm(definition, given);
  const reader = new ParameterReader(readValue, expected);
  const values: Record<string, unknown> = {};
  const problems = unknownParameters(definition, form, given);
  for (const [name, parameter] of Object.entries(form.parameters)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined) values[name] = reader.read(name, parameter, value);
    else if (!parameter.optional) {
      problems.push({ path: '', message: `\`${name}\` is missing`, suggestion: signature(definition) });
      values[name] = null;
    }
  }
  problems.push(...reader.problems);
  if (!Object.values(values).includes(null)) problems.push(...(form.check?.(values as Values<Parameters>) ?? []));
  return problems.length > 0 ? { problems } : { distribution: form.create(values as Values<Parameters>) };
}

/** Advises what to write: `write gamma: { mean, cv } or { shape, scale }`. */
export function signature(definition: DistributionDefinition): string {
  const sets = definition.forms.map(({ parameters }) => {
    const names = Object.entries(parameters).map(([name, { optional }]) => (optional ? `${name}?` : name));
    return `{ ${names.join(', ')} }`;
  });
  return `write ${definition.name}: ${sets.join(' or ')}`;
}

/** The form that most of the given names belong to; the first of equals. */
function closestForm(definition: DistributionDefinition, given: Given): Form {
  const matches = (form: Form) => Object.keys(given).filter((name) => Object.hasOwn(form.parameters, name)).length;
  return definition.forms.reduce((best, form) => (matches(form) > matches(best) ? form : best));
}

function unknownParameters(definition: DistributionDefinition, form: Form, given: Given): Problem[] {
  const known = Object.keys(form.parameters);
  const elsewhere = new Set(definition.forms.flatMap(({ parameters }) => Object.keys(parameters)));
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) =>
      elsewhere.has(name)
        ? { path: name, message: `does not go with ${list(known)}`, suggestion: signature(definition) }
        : {
            path: name,
            message: `${definition.name} has no parameter \`${name}\``,
            suggestion: didYouMean(name, elsewhere) ?? signature(definition),
          },
    );
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' and ');
}

/** Reads values one by one, each in its parameter's own type or null where it has none, and gathers what is wrong. */
class ParameterReader {
  readonly problems: Problem[] = [];
  readonly #readValue: ReadValue;
  readonly #expected: string;

  constructor(readValue: ReadValue, expected: string) {
    this.#readValue = readValue;
    this.#expected = expected;
  }

  read(path: string, parameter: Parameter, value: unknown): boolean | number | readonly number[] | null {
    const { kind } = parameter;
    if (kind === 'flag') return typeof value === 'boolean' ? value : this.#refuse(path, 'true or false', value);
    if (kind === 'quantity' || kind === 'number') return this.#readOne(path, parameter, value);
    if (!Array.isArray(value) || value.length === 0) return this.#refuse(path, 'a list of at least one value', value);
    const values = value.map((one, i) => this.#readOne(`${path}.${i}`, parameter, one));
    return values.includes(null) ? null : (values as number[]);
  }

  #readOne(path: string, parameter: Parameter, value: unknown): number | null {
    if (parameter.kind === 'quantity' || parameter.kind === 'quantities') {
      const quantity = typeof value === 'number' || typeof value === 'string' ? this.#readValue(value) : null;
      if (quantity === null || Number.isNaN(quantity)) return this.#refuse(path, this.#expected, value);
      this.#checkRange(path, { from: 0, to: Number.MAX_SAFE_INTEGER, ...parameter }, quantity, value);
      return quantity;
    }
    if (typeof value !== 'number' || Number.isNaN(value)) return this.#refuse(path, 'a number without a unit', value);
    this.#checkRange(path, parameter, value, value);
    return value;
  }

  /** Values out of range are kept, so that what else is wrong with them comes to light too. */
  #checkRange(path: string, { above, from, to }: Omit<Parameter, 'kind'>, value: number, given: unknown): void {
    if (above !== undefined && value <= above) this.#refuse(path, `above ${above}`, given);
    else if (from !== undefined && value < from) this.#refuse(path, `at least ${from}`, given);
    else if (to !== undefined && value > to) this.#refuse(path, `at most ${to}`, given);
  }

  #refuse(path: string, expected: string, given: unknown): null {
    this.problems.push({ path, message: `must be ${expected}, not ${show(given)}` });
    return null;
  }
}

/** A value as the user wrote it. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'an object';
  return `\`${value}\``;
}
