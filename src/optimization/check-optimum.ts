import type { LinearModel } from './linear-model.ts';
import type { Scaling } from './scaling.ts';

/** How far from its limits a solution may be, as part of the numbers that were summed up. */
const TOLERANCE = 1e-7;

/**
 * Gives what is wrong with a solution that claims to be optimal, or null.
 *
 * It must keep every limit, and, where there are duals, cost no more than the duals prove to be needed (weak duality). The
 * books are kept here, apart from the solver's.
 *
 * @param activities each row's a·x at the values.
 * @see Chvatal, Linear Programming, 1983, chapter 5
 */
export function flawOf(
  model: LinearModel,
  { rows: rowScale, objective: scale }: Scaling,
  values: Float64Array,
  activities: Float64Array,
  duals: Float64Array | null,
): string | null {
  const { columns, limits } = model;
  for (let v = 0; v < model.variables; v++) {
    const away = beyond(values[v]!, columns.lower[v]!, columns.upper[v]!);
    if (!(away <= TOLERANCE * Math.max(1, Math.abs(values[v]!)))) return `variable ${v} is ${away} out of its limits`;
  }
  const sizes = magnitudes(model, values);
  for (let r = 0; r < model.rows; r++) {
    const away = beyond(activities[r]!, limits.lower[r]!, limits.upper[r]!) * rowScale[r]!;
    if (!(away <= TOLERANCE * Math.max(1, sizes[r]! * rowScale[r]!))) return `row ${r} is ${away} out of its limits`;
  }
  return duals === null ? null : gapFlaw(model, scale, values, duals);
}

/** Compares the objective with what the duals prove: no solution can be better. */
function gapFlaw(model: LinearModel, scale: number, values: Float64Array, duals: Float64Array): string | null {
  const { columns, limits } = model;
  let proven = 0;
  let size = 0;
  const add = (dual: number, lower: number, upper: number) => {
    // The limit that the sign of the price points at; the other one cannot prove anything.
    const limit = dual > 0 === (model.sense === 'minimize') ? lower : upper;
    if (dual === 0 || !Number.isFinite(limit)) return Math.abs(dual);
    proven += dual * limit;
    size += Math.abs(dual * limit);
    return 0;
  };
  const prices = pricesAt(model, duals);
  let unproven = 0;
  for (let r = 0; r < model.rows; r++)
    unproven = Math.max(unproven, add(duals[r]!, limits.lower[r]!, limits.upper[r]!));
  for (let v = 0; v < model.variables; v++) {
    unproven = Math.max(unproven, add(prices[v]!, columns.lower[v]!, columns.upper[v]!));
  }
  const objective = model.objectiveAt(values);
  const gap = Math.abs(objective - proven);
  if (!(gap * scale <= TOLERANCE * Math.max(1, (size + Math.abs(objective)) * scale))) {
    return `the objective is ${objective}, its proof ${proven}`;
  }
  return unproven * scale > TOLERANCE * 10 ? `a price of ${unproven} has no limit behind it` : null;
}

/** Gives what each variable costs beyond what its rows pay for it. */
function pricesAt({ columns, terms, variables, size }: LinearModel, duals: Float64Array): Float64Array {
  const prices = columns.cost.slice(0, variables);
  const { row, variable, value } = terms;
  for (let k = 0; k < size; k++) prices[variable[k]!] = prices[variable[k]!]! - value[k]! * duals[row[k]!]!;
  return prices;
}

/** Gives, of each row, the sum of |a·x| of its terms. */
function magnitudes(model: LinearModel, values: Float64Array): Float64Array {
  const { row, variable, value } = model.terms;
  const sums = new Float64Array(model.rows);
  for (let k = 0; k < model.size; k++) sums[row[k]!] = sums[row[k]!]! + Math.abs(value[k]! * values[variable[k]!]!);
  return sums;
}

/** How far a number is out of its limits; zero inside. */
function beyond(value: number, lower: number, upper: number): number {
  if (value < lower) return lower - value;
  return value > upper ? value - upper : value >= lower ? 0 : Number.NaN;
}
