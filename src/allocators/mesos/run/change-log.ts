import type { Subscription } from '../subscription.ts';

/** Beyond that many entries the log begins anew, and what was known is looked at once more. */
const LONGEST = 1024;

/**
 * Which frameworks might since have begun to take what they refused: those that were activated, revived or changed.
 *
 * A node that nobody would take notes how far the log was; while nothing of the node changes, only the frameworks that
 * the log names since then need to be asked again.
 */
export class ChangeLog {
  #entries: Subscription[] = [];
  #start = 0;

  /** Number of entries so far. */
  get end(): number {
    return this.#start + this.#entries.length;
  }

  append(subscription: Subscription): void {
    if (this.#entries.length >= LONGEST) {
      this.#start += LONGEST;
      this.#entries = [];
    }
    this.#entries.push(subscription);
  }

  /** Gives the entries from number `from` on, or null where they are no longer known. */
  since(from: number): readonly Subscription[] | null {
    if (from < this.#start) return null;
    return from === this.end ? NONE : this.#entries.slice(from - this.#start);
  }
}

const NONE: readonly Subscription[] = [];
