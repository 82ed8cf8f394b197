import { parseQuantity, type Resource } from '../../base/amounts.ts';
import type { Place, Problem } from '../../base/errors.ts';
import { NONE } from '../../base/ids.ts';
import type { Interner } from '../../base/interner.ts';
import { didYouMean } from '../../base/nearest.ts';
import { DURATION_UNITS, parseDuration, SECOND } from '../../base/time.ts';
import type { Cells } from './cells.ts';
import type { ColumnSpec } from './reader.ts';

/** One number of every record: what a cell says, or a constant. One class, so that reading it can be inlined. */
export class NumberColumn {
  /** Its key in `columns`, such as `demand.cpus`. */
  readonly key: string;
  /** Negative for a constant. */
  readonly #index: number;
  readonly #plan: NumberPlan;

  constructor(key: string, index: number, plan: NumberPlan) {
    this.key = key;
    this.#index = index;
    this.#plan = plan;
  }

  /** False for a constant. */
  get isCell(): boolean {
    return this.#index >= 0;
  }

  isEmpty(cells: Cells): boolean {
    return this.#index >= 0 && cells.isEmpty(this.#index);
  }

  /** Writes the number to `into[place]`, as one given back would be boxed; NaN where the cell holds no such number. */
  read(cells: Cells, into: Float64Array, place: number): void {
    const { scale, factor, rounds } = this.#plan;
    const value = cells.number(this.#index);
    if (Number.isNaN(value)) into[place] = this.#asWritten(cells);
    else if (rounds) into[place] = Math.floor(value * scale + 0.5);
    else into[place] = factor === null ? value * scale : decimalProduct(value, factor) * scale;
  }

  /** The value of a constant. */
  get constant(): number {
    return this.#plan.scale;
  }

  #asWritten(cells: Cells): number {
    return this.#plan.parse?.(cells.text(this.#index)) ?? Number.NaN;
  }
}

/** What the number in a cell is multiplied with; for a constant, `scale` is its value. */
interface NumberPlan {
  readonly scale: number;
  readonly factor: number | null;
  /** Whether to the nearest whole number; then `factor` is part of `scale`. */
  readonly rounds: boolean;
  /** Reads what is no plain number, such as `90s`. */
  readonly parse: ((text: string) => number | null) | null;
}

/** One text of every record. */
export type TextColumn = (cells: Cells) => string;

/** One name of every record that many share: its number; -1 where there is none. */
export type NameColumn = (cells: Cells) => number;

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Turns column specs into columns of one file, and collects what is wrong with them. */
export class ColumnFinder {
  readonly problems: Problem[] = [];
  /** Names of the columns; null where the file begins with data. */
  readonly #names: readonly string[] | null;
  readonly #width: number;
  readonly #place: Place;

  /** `width` is how many columns there are, `place` where the first record stands. */
  constructor(names: readonly string[] | null, width: number, place: Place) {
    this.#names = names;
    this.#width = width;
    this.#place = place;
  }

  get hasNames(): boolean {
    return this.#names !== null;
  }

  /** Gives microseconds; numbers are seconds, or what `unit` or `factor` (in seconds) say. */
  time(key: string, spec: ColumnSpec): NumberColumn {
    if (isConstant(spec)) return this.#constant(key, parseDuration(spec.value), spec.value, 'a duration, such as 90s');
    const { index, unit, factor } = this.#cell(key, spec);
    const known = unit === undefined || DURATION_UNITS.includes(unit);
    if (!known) this.#wrongUnit(key, unit, DURATION_UNITS);
    const scale = (known && unit !== undefined ? parseDuration(`1${unit}`)! : SECOND) * (factor ?? 1);
    const parse = unit === undefined && factor === undefined ? parseDuration : null;
    return new NumberColumn(key, index, { scale, factor: null, rounds: true, parse });
  }

  /** Gives units of a resource; numbers count that unit, or what `unit` or `factor` say. */
  quantity(key: string, spec: ColumnSpec, of: Resource): NumberColumn {
    if (isConstant(spec)) return this.#constant(key, parseQuantity(spec.value, of), spec.value, 'an amount, such as 2');
    const { index, unit, factor } = this.#cell(key, spec);
    const units = of.unit === '' ? [] : BYTE_UNITS;
    const scale = unit === undefined ? 1 : units.length > 0 ? parseQuantity(`1${unit}`, of) : null;
    if (scale === null) this.#wrongUnit(key, unit!, units);
    const parse = unit === undefined && factor === undefined ? (text: string) => parseQuantity(text, of) : null;
    return new NumberColumn(key, index, { scale: scale ?? 1, factor: factor ?? null, rounds: false, parse });
  }

  /** Gives the number as it stands. */
  number(key: string, spec: ColumnSpec): NumberColumn {
    if (isConstant(spec)) {
      const value = Number(spec.value);
      return this.#constant(key, Number.isNaN(value) ? null : value, spec.value, 'a number');
    }
    const { index, unit, factor } = this.#cell(key, spec);
    if (unit !== undefined) this.#wrongUnit(key, unit, []);
    return new NumberColumn(key, index, { scale: 1, factor: factor ?? null, rounds: false, parse: null });
  }

  text(key: string, spec: ColumnSpec): TextColumn {
    if (isConstant(spec)) return () => `${spec.value}`;
    const { index } = this.#cell(key, spec);
    return (cells) => cells.text(index);
  }

  name(key: string, spec: ColumnSpec, names: Interner): NameColumn {
    if (isConstant(spec)) return constantName(`${spec.value}`, names);
    const { index } = this.#cell(key, spec);
    return (cells) => cells.nameId(index);
  }

  /** Says whether there is a column of that name. */
  has(name: string): boolean {
    return this.#names?.includes(name) ?? false;
  }

  problem(path: string, message: string, suggestion?: string): void {
    this.problems.push({ path, message, place: this.#place, ...(suggestion !== undefined && { suggestion }) });
  }

  #cell(key: string, spec: CellSpec) {
    const { column, unit, factor } = typeof spec === 'object' ? spec : { column: spec };
    return { index: this.#index(key, column), unit, factor };
  }

  #index(key: string, column: string | number): number {
    const path = key === 'framework-by' ? key : `columns.${key}`;
    if (typeof column === 'number') {
      if (column < this.#width) return column;
      this.problem(path, `no column ${column}: there are ${this.#width}, counted from 0`);
      return 0;
    }
    const names = this.#names ?? [];
    const index = names.indexOf(column);
    if (index < 0) {
      this.problem(path, `no column \`${column}\`; the file has ${names.join(', ')}`, didYouMean(column, names));
    } else if (names.includes(column, index + 1)) {
      this.problem(path, `two columns are called \`${column}\``, 'give its number, counted from 0');
    }
    return Math.max(index, 0);
  }

  #constant(key: string, value: number | null, given: string | number, expected: string): NumberColumn {
    if (value === null) this.problem(`columns.${key}`, `got ${JSON.stringify(given)}, expected ${expected}`);
    return new NumberColumn(key, -1, { scale: value ?? Number.NaN, factor: null, rounds: false, parse: null });
  }

  #wrongUnit(key: string, unit: string, units: readonly string[]): void {
    const message =
      units.length === 0
        ? `\`${unit}\` is no unit of this; \`factor\` turns any count into another`
        : `unknown unit \`${unit}\`; expected ${units.join(', ')}`;
    this.problem(`columns.${key}`, message, didYouMean(unit, units));
  }
}

/** Gives a name that is numbered when it is first asked for, and so stands behind those met before. */
export function constantName(name: string, names: Interner): NameColumn {
  let id = NONE;
  return () => {
    if (id === NONE) id = names.id(name || 'unknown');
    return id;
  };
}

type CellSpec = Exclude<ColumnSpec, { readonly value: unknown }>;

function isConstant(spec: ColumnSpec): spec is { readonly value: string | number } {
  return typeof spec === 'object' && 'value' in spec;
}

/** Multiplies as one would on paper: 57 x 0.001 is 0.057, not a neighbour of it, which would round up a step. */
function decimalProduct(value: number, factor: number): number {
  return Number((value * factor).toPrecision(15));
}
