import { grown } from '../base/grow.ts';
import type { FactLog } from '../simulation/fact-log.ts';
import type { Observer } from '../simulation/observer.ts';
import type { Windows } from './windows.ts';

/** Up to how many jobs the percentiles of a run and its frameworks are exact. */
export const EXACT_JOBS = 1_000_000;

/** Jobs in a block: few enough that its columns stay in a processor's cache. */
const BLOCK = 1_024;

/** Takes the jobs of a log, a block at a time. */
export interface JobReader {
  /** Takes the rows of the log. */
  read(log: JobLog): void;
  /**
   * All jobs of a part of the run have been read; `only` if there is no other part.
   *
   * Parts are there for percentiles, which are exact within one.
   */
  finishPart?(part: JobPart, only: boolean): void;
}

/** The jobs of a part, put in order of frameworks. */
export interface JobPart {
  readonly count: number;
  readonly frameworks: number;
  /** Where each row, in order of end, goes so that frameworks stand one behind the other, each in order of end. */
  readonly place: Int32Array;
  /** How many rows belong to frameworks before f; one entry more than there are frameworks. */
  readonly starts: Int32Array;
}

/**
 * Keeps the jobs that count, as columns, a block at a time, until they are read.
 *
 * Noting a job is a few stores in a row; what is computed of jobs is computed of whole columns, by loops that are
 * compiled while the run goes on. Row i is one job, in order of end; times are microseconds.
 */
export class JobLog implements Observer {
  count = 0;
  /** First start - submit. */
  readonly wait = new Float64Array(BLOCK);
  /** Last end - submit. */
  readonly response = new Float64Array(BLOCK);
  readonly run = new Float64Array(BLOCK);
  readonly width = new Float64Array(BLOCK);
  readonly area = new Float64Array(BLOCK);
  readonly framework = new Int32Array(BLOCK);
  frameworks = 0;

  readonly #windows: Windows;
  readonly #limit: number;
  readonly #readers: JobReader[] = [];
  /** Of all jobs of the part. */
  #frameworkOf = new Int32Array(0);
  #inPart = 0;
  #parts = 0;

  /** @param limit most jobs in a part. */
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
      if (this.#inPart + this.count === this.#limit) this.#finishPart(false);
      else if (this.count === BLOCK) this.#pass();
      const row = this.count++;
      const submit = facts.submit[i]!;
      this.wait[row] = facts.start[i]! - submit;
      this.response[row] = facts.time[i]! - submit;
      this.run[row] = facts.run[i]!;
      this.width[row] = facts.width[i]!;
      this.area[row] = facts.area[i]!;
      const framework = facts.framework[i]!;
      this.framework[row] = framework;
      if (framework >= this.frameworks) this.frameworks = framework + 1;
    }
  }

  onEnd(): void {
    this.#finishPart(this.#parts === 0);
  }

  #pass(): void {
    for (const reader of this.#readers) reader.read(this);
    this.#frameworkOf = grown(this.#frameworkOf, this.#inPart + this.count);
    this.#frameworkOf.set(this.framework.subarray(0, this.count), this.#inPart);
    this.#inPart += this.count;
    this.count = 0;
  }

  #finishPart(only: boolean): void {
    this.#pass();
    const part = partOf(this.#frameworkOf.subarray(0, this.#inPart), this.frameworks);
    for (const reader of this.#readers) reader.finishPart?.(part, only);
    this.#parts++;
    this.#inPart = 0;
  }
}

function partOf(frameworkOf: Int32Array, frameworks: number): JobPart {
  const starts = new Int32Array(frameworks + 1);
  for (let row = 0; row < frameworkOf.length; row++) {
    const next = frameworkOf[row]! + 1;
    starts[next] = starts[next]! + 1;
  }
  for (let f = 0; f < frameworks; f++) starts[f + 1] = starts[f + 1]! + starts[f]!;
  const next = starts.slice();
  const place = new Int32Array(frameworkOf.length);
  for (let row = 0; row < place.length; row++) {
    const at = next[frameworkOf[row]!]!;
    next[frameworkOf[row]!] = at + 1;
    place[row] = at;
  }
  return { count: frameworkOf.length, frameworks, place, starts };
}
