import { inWords } from './choose-metrics.ts';
import type { ComparedMetric, ComparedPair, Sampling } from './comparison.ts';
import { formatBounds, formatWithError, scaleFor } from './quantity-with-error.ts';

/** Says in a sentence each how the best allocator does on a metric against the others. */
export function statementsOf(metric: ComparedMetric, sampling: Sampling): string[] {
  const { values, better, best } = metric;
  const isKnown = values.every(({ mean }) => mean !== null);
  if (better === null || values.length < 2 || !isKnown) return [];
  const first = best[0];
  if (first === undefined) return [tieOf(metric)];
  return values
    .filter(({ allocator }) => allocator !== first)
    .map(({ allocator }) => {
      return sentence(metric, first, pairFor(metric, first, allocator), sampling);
    });
}

/** A pair seen from one of its sides. */
interface View {
  readonly other: string;
  readonly pair: ComparedPair;
  /** True if the pair's `a` is the one that looks. */
  readonly isFirst: boolean;
}

function pairFor({ pairs }: ComparedMetric, first: string, other: string): View {
  const isPair = ({ a, b }: ComparedPair): boolean => (a === first && b === other) || (a === other && b === first);
  const pair = pairs.find(isPair)!;
  return { other, pair, isFirst: pair.a === first };
}

function sentence(metric: ComparedMetric, best: string, { other, pair, isFirst }: View, sampling: Sampling): string {
  const what = inWords(metric.metric);
  if (pair.verdict === 'same')
    return `${best} and ${other} have the same ${what}${sampling === 'seeds' ? ' in every run' : ''}`;
  if (pair.verdict === 'open') return `${best} and ${other} cannot be told apart on ${what}${chance(pair)}`;
  // Of what is better lower the ratio is that of the other to the best, and above 1 either way.
  const wanted = metric.better === 'lower' ? !isFirst : isFirst;
  const ratio = pair.ratio && (wanted ? pair.ratio : inverse(pair.ratio));
  if (ratio !== null && ratio.low > 0 && Number.isFinite(ratio.high)) {
    return `${best} has ${formatBounds(ratio)} times ${metric.better} ${what} than ${other}`;
  }
  const { mean, half_width } = pair.difference!;
  const scale = scaleFor([mean], metric.unit);
  const by = `${formatWithError(Math.abs(mean), half_width, scale)} ${scale.name}`.trimEnd();
  return `${best} has ${metric.better} ${what} than ${other}, by ${by}`;
}

function inverse({ value, low, high }: NonNullable<ComparedPair['ratio']>): NonNullable<ComparedPair['ratio']> {
  return { value: 1 / value, low: 1 / high, high: 1 / low };
}

function chance({ p_holm: p }: ComparedPair): string {
  return p === null ? '' : ` (p = ${formatP(p)})`;
}

/** Gives a p-value with two digits; what is very small as a bound. */
function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(p < 0.1 ? 3 : 2);
}

function tieOf({ metric, values, pairs }: ComparedMetric): string {
  const names = listed(values.map(({ allocator }) => allocator));
  if (pairs.every(({ verdict }) => verdict === 'same')) return `a tie: ${names} have the same ${inWords(metric)}`;
  return `${names} cannot be told apart on ${inWords(metric)}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
