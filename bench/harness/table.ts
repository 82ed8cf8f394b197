import { type Outcome, spread, standing, type Verdict } from './compare.ts';
import type { Figure } from './contest.ts';

/** What became of one bench: what its contests gave, or why it gave nothing. */
export interface BenchResult {
  readonly name: string;
  readonly verdicts: readonly Verdict[];
  readonly reason: string | null;
  /** True if it broke; then what had been measured of it is not shown. */
  readonly failed?: boolean;
}

const HEAD = ['bench', 'figure', 'median (min to max)', 'must', 'aim', 'met', 'median CPU seconds of a run'];

/** Gives the rows of the table, its head first; `judge` says whether bounds are met. */
export function tableOf(results: readonly BenchResult[], { judge }: { judge: boolean }): string[][] {
  return [HEAD, ...results.flatMap((result) => rowsOf(result, judge))];
}

function rowsOf({ name, verdicts, reason }: BenchResult, judge: boolean): string[][] {
  if (reason !== null) return [[name, `not run: ${reason}`, '', '', '', '', '']];
  return verdicts.flatMap((verdict) => {
    const { contest, outcomes, disagreement } = verdict;
    if (disagreement !== null) return [[contest.name, `THE SIDES DIFFER: ${disagreement}`, '', '', '', 'missed', '']];
    return contest.figures.map((figure, i) => {
      const outcome = outcomes.find((one) => one.figure === figure);
      if (outcome === undefined) return [contest.name, labelOf(figure), 'no C++ compiler', '', '', '', ''];
      return rowOf(contest.name, outcome, judge, i === 0 ? costs(verdict) : '');
    });
  });
}

function labelOf({ label, note, unit }: Figure): string {
  return note === undefined ? `${label}, ${unit}` : `${label}; ${note}, ${unit}`;
}

function rowOf(name: string, outcome: Outcome, judge: boolean, cost: string): string[] {
  const { figure, median, least, most } = outcome;
  const sign = figure.better === 'less' ? '≤' : '≥';
  const bound = (value: number | undefined) => (value === undefined ? '' : `${sign} ${digits(value)}`);
  const range = least === most ? digits(median) : `${digits(median)} (${digits(least)} to ${digits(most)})`;
  return [name, labelOf(figure), range, bound(figure.must), bound(figure.aim), judge ? met(outcome) : '', cost];
}

/** Says what was met, and by which factor the must was missed. */
function met(outcome: Outcome): string {
  const { figure, median } = outcome;
  const stands = standing(outcome);
  if (stands !== 'missed') return stands;
  const factor = figure.better === 'less' ? median / figure.must! : figure.must! / median;
  return `**no**, ${digits(factor)} times`;
}

function costs({ contest, rounds }: Verdict): string {
  return contest.sides
    .map(({ name }) => `${name} ${digits(spread(rounds.map((round) => round[name]!.cpu)).median)}`)
    .join(', ');
}

/** Rounds to three digits, large numbers to whole ones. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(value !== 0 && Math.abs(value) < 0.01 ? 2 : 3)));
}

/** Gives rows as a table of Markdown, columns aligned. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, c) => cell.padEnd(widths[c]!)).join(' | ')} |`;
  return [line(rows[0]!), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n');
}
