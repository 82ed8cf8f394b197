import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Decisions } from './allocator.ts';
import type { ExpectedRunTime } from './expected-run-time.ts';
import type { SortedTasks } from './sorted-tasks.ts';

/**
 * Moves the expected ends of running tasks that have exceeded what was predicted of them, and asks for a pass at the
 * next end that may prove wrong.
 */
export class EndCorrection {
  readonly #view: ClusterView;
  readonly #ends: SortedTasks;
  readonly #expected: ExpectedRunTime;
  #wake: Time = Number.NEGATIVE_INFINITY;

  constructor(view: ClusterView, ends: SortedTasks, expected: ExpectedRunTime) {
    this.#view = view;
    this.#ends = ends;
    this.#expected = expected;
  }

  /** Corrects what is due by now; true if any end has moved. */
  correct(): boolean {
    const view = this.#view;
    const ends = this.#ends;
    let moved = false;
    for (let i = 0; i < ends.size && ends.key(i) <= view.now; ) {
      const task = ends.task(i);
      const start = view.startTime(task);
      const end = start + this.#expected.corrected(view.jobOf(task), view.now - start);
      if (end <= ends.key(i)) {
        i++;
        continue;
      }
      ends.remove(task);
      ends.add(task, end);
      moved = true;
    }
    return moved;
  }

  /** Asks for a pass at the first expected end to come; after each pass. */
  wakeAtNextEnd(decide: Decisions): void {
    const { now } = this.#view;
    const next = this.#ends.countUpTo(now);
    if (next === this.#ends.size) return;
    const end = this.#ends.key(next);
    if (end < this.#wake || this.#wake <= now) decide.wakeAt(end);
    this.#wake = this.#wake <= now ? end : Math.min(this.#wake, end);
  }
}
