import type { Clock } from './clock.ts';
import type { NodeState } from './node-state.ts';

/**
 * Collects what asks for a run until it happens: the candidates are a union, and at most one run is pending.
 *
 * A run that is asked for happens behind what is due already. While paused, what is asked for is dropped.
 */
export class Candidates {
  readonly #clock: Clock;
  readonly #run: () => void;
  #nodes = new Set<NodeState>();
  #isAll = false;
  #isPending = false;
  #isPaused = false;

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
  }

  /**
   * Asks for a run.
   *
   * @param node what changed, or null for all nodes.
   * @param isNow runs at once with all that is pending.
   * @returns whether it was heard.
   */
  request(node: NodeState | null, isNow = false): boolean {
    if (this.#isPaused) return false;
    if (node === null) this.#isAll = true;
    else if (!this.#isAll) this.#nodes.add(node);
    if (isNow) {
      this.#isPending = true;
      this.#serve();
    } else if (!this.#isPending) {
      this.#isPending = true;
      this.#clock.schedule(this.#clock.now, () => this.#serve());
    }
    return true;
  }

  forget(node: NodeState): void {
    this.#nodes.delete(node);
  }

  /** Gives the nodes that were asked for, null for all, and begins anew. */
  take(): Set<NodeState> | null {
    const taken = this.#isAll ? null : this.#nodes;
    this.#isAll = false;
    this.#nodes = new Set();
    return taken;
  }

  #serve(): void {
    if (!this.#isPending) return;
    this.#isPending = false;
    this.#run();
  }
}
