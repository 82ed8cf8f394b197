import type { Pacer, RunState } from '../simulation/pacer.ts';
import { Interruption } from './interruption.ts';

/** Milliseconds that a run may go on before it looks whether it shall end. */
const STRETCH = 100;
/** A longer stretch than the last at most by this factor, as one round may cost far more than those before it. */
const GROWTH = 4;

/** Ends a run when another thread says so. */
export class StopWatch implements Pacer {
  readonly #stop: Int32Array;
  #asked = performance.now();
  #rounds = 1;

  /** @param stop shared; its first number becomes 1. */
  constructor(stop: Int32Array) {
    this.#stop = stop;
  }

  turn(state: RunState): number {
    if (Atomics.load(this.#stop, 0) === 1) {
      if (state.rounds === 0) throw new Interruption();
      return 0;
    }
    const now = performance.now();
    const took = Math.max(now - this.#asked, 0.01);
    this.#asked = now;
    const fitting = Math.floor((this.#rounds / took) * STRETCH);
    this.#rounds = Math.max(1, Math.min(fitting, this.#rounds * GROWTH));
    return this.#rounds;
  }
}
