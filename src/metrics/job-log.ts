import { grown } from '../base/grow.ts';
import type { FactLog } from '../simulation/fact-log.ts';
import type { Observer } from '../simulation/observer.ts';
import type { Windows } from './windows.ts';

/** Up to how many jobs the percentiles of a run and its frameworks are exact. */
export const EXACT_JOBS = 1_000_000;

/** Takes the jobs of a log, a block at a time; rows `starts[f]` to `starts[f + 1] - 1` are those of framework f. */
export interface JobReader {
  /** Is given all rows of the log; `only` if no other block came before or will come. */
  read(log: JobLog, only: boolean): void;
}

/**
 * Keeps the jobs that count, as columns, until they are read: when the run has ended, or in blocks if there are many.
 *
 * Noting a job is a few stores in a row; what is computed of jobs is computed of whole columns, of one
 * framework after the other. Row i is one job; times are microseconds.
 */
export class JobLog implements Observer {
  count = 0;
  /** First start - submit. */
  wait = new Float64Array(0);
  /** Last end - submit. */
  response = new Float64Array(0);
  run = new Float64Array(0);
  width = new Float64Array(0);
  area = new Float64Array(0);
  #framework = new Int32Array(0);

  /** How many rows belong to frameworks before f; one entry more than there are frameworks. Valid while a block is read. */
  starts = new Int32Array(1);
  frameworks = 0;

  readonly #windows: Windows;
  readonly #limit: number;
  readonly #readers: JobReader[] = [];
  #blocks = 0;

  constructor(windows: Windows, limit = EXACT_JOBS) {
    this.#windows = windows;
    this.#limit = limit;
  }

  /** Adds a reader; readers are told in the order in which they were added. */
  addReader(reader: JobReader): void {
    this.#readers.push(reader);
  }

  readFacts(facts: FactLog): void {
    const windows = this.#windows;
    for (let i = 0; i < facts.count; i++) {
      if (!windows.counts(facts, i)) continue;
      if (this.count === this.#limit) this.#pass(false);
      const row = this.count++;
      if (row === this.wait.length) this.#grow(row + 1);
      const submit = facts.submit[i]!;
      this.wait[row] = facts.start[i]! - submit;
      this.response[row] = facts.time[i]! - submit;
      this.run[row] = facts.run[i]!;
      this.width[row] = facts.width[i]!;
      this.area[row] = facts.area[i]!;
      const framework = facts.framework[i]!;
      this.#framework[row] = framework;
      if (framework >= this.frameworks) this.frameworks = framework + 1;
    }
  }

  onEnd(): void {
    this.#pass(this.#blocks === 0);
  }

  #pass(only: boolean): void {
    this.#sortByFramework();
    for (const reader of this.#readers) reader.read(this, only);
    this.#blocks++;
    this.count = 0;
  }

  /** Puts the rows of each framework side by side, in order of end. */
  #sortByFramework(): void {
    this.starts = new Int32Array(this.frameworks + 1);
    for (let row = 0; row < this.count; row++) {
      const next = this.#framework[row]! + 1;
      this.starts[next] = this.starts[next]! + 1;
    }
    for (let f = 0; f < this.frameworks; f++) this.starts[f + 1] = this.starts[f + 1]! + this.starts[f]!;
    const next = this.starts.slice();
    const to = new Int32Array(this.count);
    for (let row = 0; row < this.count; row++) {
      const own = this.#framework[row]!;
      to[row] = next[own]!;
      next[own] = to[row]! + 1;
    }
    this.wait = moved(this.wait, to);
    this.response = moved(this.response, to);
    this.run = moved(this.run, to);
    this.width = moved(this.width, to);
    this.area = moved(this.area, to);
  }

  #grow(length: number): void {
    this.wait = grown(this.wait, length);
    const rows = this.wait.length;
    this.response = grown(this.response, rows);
    this.run = grown(this.run, rows);
    this.width = grown(this.width, rows);
    this.area = grown(this.area, rows);
    this.#framework = grown(this.#framework, rows);
  }
}

/** Gives a column of the same length in which row i stands at `to[i]`. */
function moved(column: Float64Array<ArrayBuffer>, to: Int32Array): Float64Array<ArrayBuffer> {
  const sorted = new Float64Array(column.length);
  for (let row = 0; row < to.length; row++) sorted[to[row]!] = column[row]!;
  return sorted;
}
