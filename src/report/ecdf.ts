/** Points of a distribution: what part of the values is at most `value`. */
export interface Ecdf {
  /** How many values there are. */
  readonly count: number;
  readonly values: Float64Array;
  readonly parts: Float64Array;
}

/**
 * Gives the empirical distribution of the values that are defined, at its steps.
 *
 * Beyond `limit` different values it is given at `limit` of them, equally far apart in rank, so that each step is too
 * low by less than 1 / limit; the least and the greatest are among them.
 */
export function ecdf(all: Float64Array, limit = 1_000): Ecdf {
  const sorted = all.filter((value) => !Number.isNaN(value)).sort();
  const count = sorted.length;
  // The last row of each run of equal values.
  const steps: number[] = [];
  for (let i = 0; i < count; i++) if (i === count - 1 || sorted[i + 1] !== sorted[i]) steps.push(i);
  const kept = steps.length <= limit ? steps : thinned(steps, count, limit);
  return {
    count,
    values: Float64Array.from(kept, (i) => sorted[i]!),
    parts: Float64Array.from(kept, (i) => (i + 1) / count),
  };
}

function thinned(steps: readonly number[], count: number, limit: number): number[] {
  const kept = [steps[0]!];
  for (const step of steps) if (step - kept.at(-1)! >= count / (limit - 1)) kept.push(step);
  if (kept.at(-1) !== steps.at(-1)) kept.push(steps.at(-1)!);
  return kept;
}

/** Gives the least value that at least this part of all do not exceed; NaN without values. */
export function quantileOf({ values, parts }: Ecdf, part: number): number {
  const at = parts.findIndex((reached) => reached >= part);
  return at < 0 ? Number.NaN : values[at]!;
}
