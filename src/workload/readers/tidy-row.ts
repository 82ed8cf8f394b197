import { toSteps } from '../../base/amounts.ts';
import { NONE } from '../../base/ids.ts';
import { fromSeconds, SECOND, type Time } from '../../base/time.ts';
import { readConstraint, readSpeeds } from '../constraint-text.ts';
import { JobFlag } from '../job-batch.ts';
import { jobName } from '../job-name.ts';
import type { TidyColumn } from '../tidy-columns.ts';
import type { WorkloadContext } from '../workload-source.ts';
import { type Cells, TextCells } from './cells.ts';

/** What a file's columns mean to the run. */
export interface TidyLayout {
  /** By resource of the run: the column of its demand. */
  readonly columns: readonly (string | undefined)[];
  readonly context: WorkloadContext;
  readonly hasFramework: boolean;
}

/** What a row says of its job. */
export interface TidyJob {
  readonly name: string | number;
  readonly framework: number;
  readonly submit: Time;
  /** NaN for none. */
  readonly estimate: Time;
  readonly priority: number;
  readonly weight: number;
  readonly flags: number;
  readonly constraint: number;
}

/** What a row says of tasks of its job. */
export interface TidyTasks {
  /** Empty where the tasks are of no stage. */
  readonly stage: string;
  readonly parents: readonly string[];
  readonly width: number;
  readonly run: Time;
  /** Whole steps, by resource of the run. */
  readonly demand: Float64Array;
  readonly isRounded: boolean;
  readonly line: number;
}

const YES = new Set(['true', '1']);
const NO = new Set(['false', '0', '']);

/** One row of a tidy file. */
export class TidyRow {
  /** Where it stands in the file, from 1. */
  line = 0;
  cells: Cells = new TextCells({} as never);
  readonly #width: number;
  readonly #places: ReadonlyMap<string, number>;
  readonly #layout: TidyLayout;

  constructor(names: readonly string[], layout: TidyLayout) {
    this.#width = names.length;
    this.#places = new Map(names.map((name, i) => [name, i]));
    this.#layout = layout;
  }

  /** What ties rows of one job together; the empty string where the row is a job of its own. */
  get index(): string {
    return this.#text('index');
  }

  /** Reads what the row says of its job, or gives the reason why it cannot be read. */
  job(record: number): TidyJob | string {
    if (this.cells.count !== this.#width) return 'wrong number of cells';
    const { context, hasFramework } = this.#layout;
    const submit = microseconds(this.#number('submit_s'));
    if (Number.isNaN(submit)) return this.#fault('submit_s');
    const estimate = this.#isEmpty('estimate_s') ? Number.NaN : microseconds(this.#number('estimate_s'));
    if (!this.#isEmpty('estimate_s') && !(estimate >= 0)) return this.#fault('estimate_s');
    const priority = this.#isEmpty('priority') ? 0 : this.#number('priority');
    if (!Number.isFinite(priority)) return this.#fault('priority');
    const given = this.#isEmpty('weight') ? null : this.#number('weight');
    if (given !== null && !(given >= 0 && given < Number.POSITIVE_INFINITY)) return this.#fault('weight');
    const gang = this.#flag('gang', JobFlag.gang);
    const killed = this.#flag('killed', JobFlag.killed);
    if (gang === null || killed === null) return `neither true nor false: ${gang === null ? 'gang' : 'killed'}`;
    const wanted = readConstraint(this.#text('constraint'));
    if (wanted === null) return 'not a constraint: constraint';
    const speeds = readSpeeds(this.#text('speeds'));
    if (speeds === null) return 'not a list of speeds: speeds';
    const isPlain = Object.keys(wanted).length === 0 && Object.keys(speeds).length === 0;
    const name = this.#text('job');
    return {
      name: name === '' ? record : jobName(name),
      framework: hasFramework ? this.#framework() : context.frameworks.id('all'),
      submit,
      estimate: estimate > 0 ? estimate : Number.NaN,
      priority,
      weight: given === null ? 0 : context.weight(given, priority),
      flags: gang | killed,
      constraint: isPlain ? 0 : context.constraint(wanted, speeds),
    };
  }

  /** Reads what the row says of its tasks, or gives the reason why it cannot be read. */
  tasks(): TidyTasks | string {
    if (this.cells.count !== this.#width) return 'wrong number of cells';
    const run = microseconds(this.#number('run_s'));
    if (Number.isNaN(run)) return this.#fault('run_s');
    const width = this.#isEmpty('tasks') ? 1 : this.#number('tasks');
    if (!Number.isInteger(width)) return 'not a whole number: tasks';
    const { columns, context } = this.#layout;
    const demand = new Float64Array(columns.length);
    let isRounded = false;
    let isNothing = true;
    for (const [r, column] of columns.entries()) {
      if (column === undefined || this.#isEmpty(column)) continue;
      const quantity = this.#number(column);
      if (Number.isNaN(quantity)) return this.#fault(column);
      if (quantity < 0) return `negative: ${column}`;
      const { amount, exact } = toSteps(quantity, context.resources[r]!, 'demand');
      if (amount > Number.MAX_SAFE_INTEGER) return 'out of range';
      demand[r] = amount;
      if (amount > 0) isNothing = false;
      if (!exact) isRounded = true;
    }
    if (isNothing) return 'no demand';
    const parents = this.#text('parents')
      .split(/\s+/)
      .filter((parent) => parent !== '');
    return { stage: this.#text('stage'), parents, width, run, demand, isRounded, line: this.line };
  }

  #framework(): number {
    const id = this.cells.nameId(this.#places.get('framework')!);
    return id === NONE ? this.#layout.context.frameworks.id('unknown') : id;
  }

  #flag(column: TidyColumn, flag: number): number | null {
    const text = this.#text(column).toLowerCase();
    if (YES.has(text)) return flag;
    return NO.has(text) ? 0 : null;
  }

  #text(column: string): string {
    const place = this.#places.get(column);
    return place === undefined || place >= this.cells.count ? '' : this.cells.text(place);
  }

  #number(column: string): number {
    const place = this.#places.get(column);
    return place === undefined ? Number.NaN : this.cells.number(place);
  }

  #isEmpty(column: string): boolean {
    const place = this.#places.get(column);
    return place === undefined || this.cells.isEmpty(place);
  }

  #fault(column: string): string {
    return `${this.#isEmpty(column) ? 'missing' : 'not a number'}: ${column}`;
  }
}

/**
 * Gives the microseconds that were written as these seconds, to the last one.
 *
 * Beyond 71 years the product of the doubles may be one off, where the quotient is not.
 */
function microseconds(seconds: number): Time {
  const near = fromSeconds(seconds);
  return [near, near + 1, near - 1].find((time) => time / SECOND === seconds) ?? near;
}
