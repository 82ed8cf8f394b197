/** An exact number; the bottom is above zero. */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** max c·x, A x <= b, x >= 0, in whole numbers; b may be negative. */
export interface ExactModel {
  readonly costs: readonly number[];
  readonly rows: readonly (readonly number[])[];
  readonly limits: readonly number[];
}

export type ExactOutcome =
  | { readonly status: 'optimal'; readonly objective: Rational; readonly values: readonly Rational[] }
  | { readonly status: 'infeasible' | 'unbounded' };

/** Solves by the tableau method in two phases with Bland's rule, in fractions, from the textbook. */
export function exactSimplex({ costs, rows, limits }: ExactModel): ExactOutcome {
  const [n, m] = [costs.length, rows.length];
  // Columns: variables, slacks, artificials, limit. A row with a negative limit is negated and needs an artificial.
  const width = n + 2 * m + 1;
  const tableau = rows.map((row, i) => {
    const sign = limits[i]! < 0 ? -1 : 1;
    const line = new Array<Rational>(width).fill(ZERO);
    row.forEach((value, j) => {
      line[j] = whole(sign * value);
    });
    line[n + i] = whole(sign);
    if (sign < 0) line[n + m + i] = whole(1);
    line[width - 1] = whole(sign * limits[i]!);
    return line;
  });
  const basis = rows.map((_, i) => (limits[i]! < 0 ? n + m + i : n + i));
  const artificial = (j: number) => j >= n + m && j < n + 2 * m;
  const phaseOne = (j: number) => whole(artificial(j) ? -1 : 0);
  if (run(tableau, basis, n + 2 * m, phaseOne) === 'unbounded') throw new Error('phase one cannot be unbounded');
  if (basis.some((j, i) => artificial(j) && tableau[i]!.at(-1)!.top !== 0n)) return { status: 'infeasible' };
  // An artificial that stays in the basis at zero is pivoted out, or its row says nothing.
  basis.forEach((j, i) => {
    if (!artificial(j)) return;
    const column = tableau[i]!.findIndex((value, k) => k < n + m && value.top !== 0n);
    if (column >= 0) pivot(tableau, basis, i, column);
  });
  const phaseTwo = (j: number) => (j < n ? whole(costs[j]!) : ZERO);
  if (run(tableau, basis, n + m, phaseTwo) === 'unbounded') return { status: 'unbounded' };
  const values = costs.map((_, j) => {
    const row = basis.indexOf(j);
    return row < 0 ? ZERO : tableau[row]!.at(-1)!;
  });
  const objective = values.reduce((sum, value, j) => plus(sum, times(whole(costs[j]!), value)), ZERO);
  return { status: 'optimal', objective, values };
}

export function toNumber({ top, bottom }: Rational): number {
  return Number(top) / Number(bottom);
}

const ZERO: Rational = { top: 0n, bottom: 1n };

function run(
  tableau: Rational[][],
  basis: number[],
  columns: number,
  cost: (j: number) => Rational,
): 'optimal' | 'unbounded' {
  for (;;) {
    // Bland: the first column that betters, the first row by number of its variable among the tightest.
    let column = -1;
    for (let j = 0; j < columns && column < 0; j++) {
      if (basis.includes(j)) continue;
      const price = tableau.reduce((sum, row, i) => minus(sum, times(cost(basis[i]!), row[j]!)), cost(j));
      if (price.top > 0n) column = j;
    }
    if (column < 0) return 'optimal';
    let leaving = -1;
    let best = ZERO;
    tableau.forEach((row, i) => {
      if (row[column]!.top <= 0n) return;
      const ratio = over(row.at(-1)!, row[column]!);
      const order = leaving < 0 ? -1 : compare(ratio, best);
      if (order < 0 || (order === 0 && basis[i]! < basis[leaving]!)) [leaving, best] = [i, ratio];
    });
    if (leaving < 0) return 'unbounded';
    pivot(tableau, basis, leaving, column);
  }
}

function pivot(tableau: Rational[][], basis: number[], row: number, column: number): void {
  const divisor = tableau[row]![column]!;
  tableau[row] = tableau[row]!.map((value) => over(value, divisor));
  tableau.forEach((line, i) => {
    const factor = line[column]!;
    if (i === row || factor.top === 0n) return;
    tableau[i] = line.map((value, j) => minus(value, times(factor, tableau[row]![j]!)));
  });
  basis[row] = column;
}

function whole(value: number): Rational {
  return { top: BigInt(value), bottom: 1n };
}

function reduced(top: bigint, bottom: bigint): Rational {
  let [a, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
  while (b > 0n) [a, b] = [b, a % b];
  const divisor = bottom < 0n ? -a : a;
  return { top: top / divisor, bottom: bottom / divisor };
}

const plus = (a: Rational, b: Rational) => reduced(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
const minus = (a: Rational, b: Rational) => reduced(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
const times = (a: Rational, b: Rational) => reduced(a.top * b.top, a.bottom * b.bottom);
const over = (a: Rational, b: Rational) => reduced(a.top * b.bottom, a.bottom * b.top);
const compare = (a: Rational, b: Rational) => Number(minus(a, b).top > 0n) - Number(minus(a, b).top < 0n);
