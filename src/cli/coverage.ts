import type { Scenario } from '../scenario/schema.ts';
import { readDuration } from '../scenario/values.ts';
import type { RunState } from '../simulation/pacer.ts';
import { type SourceAccount, total } from '../workload/workload-source.ts';

/** How much of a run lies behind, each from 0 to 1; null where nothing tells. */
export interface Covered {
  /** Of the workload: what was submitted or skipped; or of the time until the run is cut. */
  readonly workload: number | null;
  /** Of the work: a job counts half when it is submitted and half when it is over. */
  readonly work: number | null;
}

type Item = Scenario['workload'][number];

/** Tells how far a run is, from what its scenario says of its length and from how far its traces have been read. */
export class Coverage {
  readonly #items: readonly Item[];
  readonly #until: number | null;
  readonly #readShare: (trace: string) => number | null;

  constructor({ workload, until }: Scenario, readShare: (trace: string) => number | null) {
    this.#items = workload;
    this.#until = until === undefined ? null : readDuration(until);
    this.#readShare = readShare;
  }

  of({ now, arrived, ended, accounts }: RunState): Covered {
    const time = this.#until === null ? null : shareOf(now, this.#until);
    let done = 0;
    let all: number | null = 0;
    for (const [i, account] of accounts.entries()) {
      const handled = account.replayed + account.rejected + total(account.skipped);
      const expected = this.#expected(this.#items[i]!, account, handled, now);
      done += handled;
      all = expected === null || all === null ? null : all + Math.max(expected, handled);
    }
    const records = all === null ? null : shareOf(done, all);
    const work = records === null ? null : (records * (1 + (arrived === 0 ? 0 : ended / arrived))) / 2;
    return { workload: larger(records, time), work: larger(work, time) };
  }

  /** How many records an item will have given at its end. */
  #expected(item: Item, { read }: SourceAccount, handled: number, now: number): number | null {
    if ('trace' in item) {
      const share = this.#readShare(item.trace.file);
      return share === null || share === 0 ? null : read / share;
    }
    if (!('generate' in item)) return item.jobs;
    if (item.generate.jobs !== undefined) return item.generate.jobs;
    const until = item.generate.until === undefined ? null : readDuration(item.generate.until);
    const share = until === null ? 0 : shareOf(now, until);
    return share === 0 ? null : handled / share;
  }
}

function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
}

function larger(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
