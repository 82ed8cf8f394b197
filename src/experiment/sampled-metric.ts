import type { ComparedPair, ComparedValue } from './comparison.ts';
import { holm } from './statistics/holm.ts';
import { meanInterval } from './statistics/mean-interval.ts';
import { pairedDifference } from './statistics/paired-difference.ts';
import { ratioOfMeans } from './statistics/ratio-of-means.ts';

/** One metric of one allocator, a value a seed in the same order for all allocators; null where it is not defined. */
export interface Sample {
  readonly allocator: string;
  readonly values: readonly (number | null)[];
}

/** Gives the mean of a metric over seeds with its t interval. */
export function sampledValue({ allocator, values }: Sample, confidence: number): ComparedValue {
  const defined = values.filter((value) => value !== null);
  const none = { allocator, mean: null, half_width: null, low: null, high: null, deviation: null, count: 0 };
  if (defined.length === 0) return none;
  const { mean, halfWidth, deviation, count } = meanInterval(defined, confidence);
  const bounds = halfWidth === null ? [null, null] : [mean - halfWidth, mean + halfWidth];
  return { allocator, mean, half_width: halfWidth, low: bounds[0]!, high: bounds[1]!, deviation, count };
}

/** Compares all pairs of allocators on one metric by the paired t test, raised after Holm. */
export function sampledPairs(samples: readonly Sample[], confidence: number): ComparedPair[] {
  const pairs = samples.flatMap((a, i) => samples.slice(i + 1).map((b) => pairOf(a, b, confidence)));
  const raised = holm(pairs.map(({ p }) => p ?? 1));
  return pairs.map((pair, i) => {
    if (pair.p === null) return pair;
    const p = raised[i]!;
    return {
      ...pair,
      p_holm: p,
      verdict: pair.verdict === 'same' ? 'same' : p < 1 - confidence ? 'different' : 'open',
    };
  });
}

function pairOf(first: Sample, second: Sample, confidence: number): ComparedPair {
  const both = first.values.flatMap((a, i) => {
    const b = second.values[i] ?? null;
    return a === null || b === null ? [] : [{ a, b }];
  });
  const names = { a: first.allocator, b: second.allocator, p_holm: null };
  if (both.length === 0) {
    return { ...names, difference: null, unpaired_half_width: null, ratio: null, p: null, verdict: 'open' };
  }
  const [a, b] = [both.map((pair) => pair.a), both.map((pair) => pair.b)];
  const { mean, halfWidth, unpairedHalfWidth, p } = pairedDifference(a, b, confidence);
  const isSame = both.every((pair) => pair.a === pair.b);
  return {
    ...names,
    difference: { mean, half_width: halfWidth },
    unpaired_half_width: unpairedHalfWidth,
    ratio: isSame ? null : ratioOfMeans(a, b, confidence),
    p,
    verdict: isSame ? 'same' : 'open',
  };
}
