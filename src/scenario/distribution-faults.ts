import { DISTRIBUTIONS, type Outcome } from '../base/distributions.ts';
import { at, isMap } from './raw.ts';

/** One thing wrong with a distribution, below the place where it is written. */
export interface DistributionFault {
  readonly path: readonly string[];
  readonly message: string;
  readonly suggestion: string | undefined;
  readonly part: 'value' | 'key';
}

const PARAMETERS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  DISTRIBUTIONS.map(({ name, forms }) => [name, new Set(forms.flatMap(({ parameters }) => Object.keys(parameters)))]),
);

/** Says whether text is the name of a distribution. */
export function isDistributionName(text: string): boolean {
  return PARAMETERS.has(text);
}

/** Gives what is wrong with `spec`; a fault of a whole mapping, or of a name that is not known, concerns its key. */
export function distributionFaults(spec: unknown, outcome: Outcome): DistributionFault[] {
  if ('distribution' in outcome) return [];
  return outcome.problems.map(({ path: dotted, message, suggestion }) => {
    const path = dotted === '' ? [] : dotted.split('.');
    const [name, parameter] = path;
    const known = name === undefined ? undefined : PARAMETERS.get(name);
    const isKnown = name === undefined || (known !== undefined && (parameter === undefined || known.has(parameter)));
    const value = path.reduce(at, spec);
    return { path, message, suggestion, part: isKnown && !isMap(value) ? 'value' : 'key' };
  });
}
