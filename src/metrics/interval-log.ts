import { grown } from '../base/grow.ts';
import type { Time } from '../base/time.ts';

/** Reads the intervals of a log, a block at a time. */
export interface IntervalReader {
  readIntervals(log: IntervalLog): void;
}

/** Intervals in a block: few enough that its columns stay in a processor's cache. */
const BLOCK = 1_024;
/** A block ends early when it holds so many changes; a change of capacity touches every framework. */
const CHANGES = 16_384;

/**
 * What stood in each interval between two instants, as columns that are read in blocks.
 *
 * Metrics of time go through a block in a tight loop; asking each of them at each instant costs several times as much.
 * Row i is one interval, in order of time. What frameworks and roles are doing is written down where it changes: the
 * changes at the beginning of interval i are rows `frameworkEnd[i - 1]` (0 for the first) to `frameworkEnd[i] - 1` of
 * the framework columns, and likewise for roles.
 */
export class IntervalLog {
  count = 0;
  readonly since = new Float64Array(BLOCK);
  readonly until = new Float64Array(BLOCK);
  /** 1 if a job was submitted at the beginning. */
  readonly submitted = new Uint8Array(BLOCK);
  /** Jobs of which no task has started. */
  readonly waitingJobs = new Float64Array(BLOCK);
  readonly queuedTasks = new Float64Array(BLOCK);
  /** By resource; stride `resources`. */
  readonly used: Float64Array;
  readonly capacity: Float64Array;

  // Of the dominant shares over weights of the users that have queued tasks.
  readonly backlogged = new Float64Array(BLOCK);
  readonly shareSum = new Float64Array(BLOCK);
  readonly shareSquares = new Float64Array(BLOCK);
  readonly shareLeast = new Float64Array(BLOCK);
  readonly shareGreatest = new Float64Array(BLOCK);

  readonly frameworkEnd = new Int32Array(BLOCK);
  readonly roleEnd = new Int32Array(BLOCK);
  readonly frameworks: Standings;
  readonly roles: Standings;
  readonly resources: number;
  readonly #readers: IntervalReader[] = [];

  constructor(resources: number) {
    this.resources = resources;
    this.used = new Float64Array(BLOCK * resources);
    this.capacity = new Float64Array(BLOCK * resources);
    this.frameworks = new Standings(resources);
    // What a role holds of a resource is the sum over its frameworks.
    this.roles = new Standings(0);
  }

  addReader(reader: IntervalReader): void {
    this.#readers.push(reader);
  }

  /** Opens the next row, having passed on a full block; the caller fills the row and what has changed. */
  open(since: Time, until: Time): number {
    if (this.count === BLOCK || this.frameworks.count >= CHANGES || this.roles.count >= CHANGES) this.pass();
    const row = this.count++;
    this.since[row] = since;
    this.until[row] = until;
    return row;
  }

  /** Gives the rows to all readers, in the order in which they were added, and begins anew. */
  pass(): void {
    for (const reader of this.#readers) reader.readIntervals(this);
    this.count = 0;
    this.frameworks.count = 0;
    this.roles.count = 0;
  }
}

/** What frameworks, or roles with all below them, do from some instant on. */
export class Standings {
  count = 0;
  /** Framework or role. */
  who = new Int32Array(0);
  /** 1 if it has queued tasks and no running one. */
  starving = new Uint8Array(0);
  dominantShare = new Float64Array(0);
  /** Fraction of each resource that is held; stride `resources`. */
  share = new Float64Array(0);
  readonly #resources: number;

  constructor(resources: number) {
    this.#resources = resources;
  }

  /** Opens the next row; the caller fills the shares. */
  open(who: number, starving: boolean): number {
    if (this.count === this.who.length) this.#grow();
    const row = this.count++;
    this.who[row] = who;
    this.starving[row] = starving ? 1 : 0;
    return row;
  }

  #grow(): void {
    this.who = grown(this.who, this.count + 1);
    const rows = this.who.length;
    this.starving = grown(this.starving, rows);
    this.dominantShare = grown(this.dominantShare, rows);
    this.share = grown(this.share, rows * this.#resources);
  }
}
