import type { JobId, NodeId } from '../../../base/ids.ts';
import type { Bundle } from '../resources/bundle.ts';
import type { FrameworkParty } from './framework-party.ts';
import type { MasterBooks } from './master-books.ts';
import type { RunningTask } from './running-task.ts';

/** Takes in what becomes of tasks: gives back what they held, and tells their frameworks. */
export class TaskDesk {
  readonly #books: MasterBooks;
  readonly #mind: (party: FrameworkParty) => void;
  /** What tasks held that have finished on nodes that are unreachable. */
  readonly #unheard = new Map<NodeId, { party: FrameworkParty; bundle: Bundle }[]>();

  /** @param mind sees whether the framework still has something to start. */
  constructor(books: MasterBooks, mind: (party: FrameworkParty) => void) {
    this.#books = books;
    this.#mind = mind;
  }

  /** @param givesBack false where what it held comes back later. */
  end(running: RunningTask, outcome: 'finished' | 'lost', givesBack = true): void {
    const books = this.#books;
    const { task, job, party, node, bundle, kept, demand } = running;
    if (!books.running.delete(running)) return;
    party.untold.delete(task);
    party.countRunning(job, -1);
    if (kept !== null) {
      for (let r = 0; r < demand.length; r++) kept.left[r] = kept.left[r]! + demand[r]!;
      kept.tasks--;
    } else if (givesBack) books.recoverUsed(party, node, bundle!);
    if (party.standing === 'removed' || party.scheduler === undefined) return;
    books.tell(party, () => party.scheduler.onTaskEnded?.(task, job, node, outcome));
    this.#mind(party);
  }

  /** A task has finished; on a node that nobody hears of, what it held comes back when that is over. */
  takeEnd(running: RunningTask): void {
    const { node, party, bundle } = running;
    if (this.#books.view.nodeState(node) !== 'unreachable' || bundle === null) {
      this.end(running, 'finished');
      return;
    }
    const unheard = this.#unheard.get(node) ?? [];
    unheard.push({ party, bundle });
    this.#unheard.set(node, unheard);
    this.end(running, 'finished', false);
  }

  /** What has finished on a node that was not heard of is known at last. */
  hear(node: NodeId): void {
    const unheard = this.#unheard.get(node) ?? [];
    this.#unheard.delete(node);
    for (const { party, bundle } of unheard) this.#books.recoverUsed(party, node, bundle);
  }

  /** What was to start with it, of a gang, on nodes that are there has not started either. */
  lose(running: RunningTask): void {
    const { job, party } = running;
    this.end(running, 'lost');
    if (party.untold.size === 0) return;
    for (const task of [...party.untold]) {
      const mate = this.#books.running.get(task);
      if (mate !== undefined && mate.job === job && this.#isGang(job) && this.isGangElsewhere(mate))
        this.end(mate, 'lost');
    }
  }

  #isGang(job: JobId): boolean {
    const { view } = this.#books;
    return view.isGang(job) && view.taskCount(job) > 1;
  }

  /** A task of a gang that another node has taken along: its own node is there and tells at once. */
  isGangElsewhere({ node }: RunningTask): boolean {
    const state = this.#books.view.nodeState(node);
    return state === 'up' || state === 'draining';
  }
}
