import type { NoOptimum, Optimal } from '../optimization/outcome.ts';
import type { OpenModel } from '../optimization/solver.ts';

/** A row of a model, share - weight x level >= -held, whose share shall rise with the level. */
export interface RisingRow {
  readonly row: number;
  /** Above zero; the row has -weight as its term of the level. */
  readonly weight: number;
  /** Share that it has already. */
  readonly held: number;
}

/** Where all stopped: the last optimum and the level of each row, in order. */
export interface Raised {
  readonly status: 'optimal';
  readonly last: Optimal | null;
  readonly levels: readonly number[];
  readonly solves: number;
}

/**
 * A row stops when its part of the price of the level is above this; the parts sum to 1.
 *
 * What is zero comes out of the solver as about 1e-16.
 */
const LEAST_PART = 1e-8;

/**
 * Raises the shares of rows together until each is held back: lexicographic weighted max-min by a sequence of linear
 * programs.
 *
 * Each stage maximises the level of the rows that still rise. Rows with a dual above zero lie at the level in every
 * optimum, so they stop there; the part of a row is weight x dual, and the parts sum to 1, so at least one stops. A dual
 * of zero does not prove that a row could rise: where it could not, the next stage ends at the same level and stops it.
 * Hence there are at most as many stages as rows.
 *
 * @param level the variable that the model maximises.
 * @param rows rows that can rise for ever do not belong here; all others of the model may have any limits.
 * @see Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 4; Nace and Pioro, Max-Min Fairness and Its
 *   Applications to Routing and Load-Balancing, IEEE Communications Surveys and Tutorials 2008, section III
 */
export function raiseLevels(open: OpenModel, level: number, rows: readonly RisingRow[]): Raised | NoOptimum {
  const levels = rows.map(({ held, weight }) => held / weight);
  for (const { row, held } of rows) open.setRowLimits(row, -held, Number.POSITIVE_INFINITY);
  let rising = rows.map((_, i) => i);
  let last: Optimal | null = null;
  let solves = 0;
  while (rising.length > 0) {
    const outcome = open.solve();
    solves++;
    if (outcome.status === 'stopped') return { status: 'failed', reason: 'stopped before the optimum' };
    if (outcome.status !== 'optimal') return outcome;
    last = outcome;
    const { duals, values } = outcome;
    const part = (i: number) => rows[i]!.weight * Math.abs(duals[rows[i]!.row]!);
    const most = rising.reduce((greatest, i) => Math.max(greatest, part(i)), 0);
    const stops = (i: number) => part(i) >= Math.min(most, LEAST_PART);
    for (const i of rising) {
      if (!stops(i)) continue;
      const { row, weight, held } = rows[i]!;
      levels[i] = values[level]!;
      open.setTerm(row, level, 0);
      open.setRowLimits(row, weight * levels[i] - held, Number.POSITIVE_INFINITY);
    }
    rising = rising.filter((i) => !stops(i));
  }
  return { status: 'optimal', last, levels, solves };
}
