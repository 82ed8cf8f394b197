import type { Pacer, RunState } from '../simulation/pacer.ts';
import type { Coverage } from './coverage.ts';
import { Interruption } from './interruption.ts';
import type { Progress } from './progress.ts';

/** Milliseconds that a run may go on before it is looked after: signals reach a process only between two stretches. */
const STRETCH = 40;
/** A longer stretch than the last at most by this factor, as one round may cost far more than those before it. */
const GROWTH = 4;

/** Looks after a run: lets the process breathe, shows how far it is, and ends it early where that was asked for. */
export class AttendedRun implements Pacer {
  readonly #coverage: Coverage;
  readonly #progress: Progress;
  readonly #began = performance.now();
  #asked = this.#began;
  #breathed = this.#began;
  #roundsThen = 0;
  #stretch = 1;
  #stopped = false;
  #share: number | null = null;

  constructor(coverage: Coverage, progress: Progress) {
    this.#coverage = coverage;
    this.#progress = progress;
  }

  /** Ends the run at the next turn. */
  stop(): void {
    this.#stopped = true;
  }

  /** Which part of the workload had come when the run was stopped, 0 to 1; null where nothing tells. */
  get share(): number | null {
    return this.#share;
  }

  turn(state: RunState): number | Promise<number> {
    const now = performance.now();
    this.#stretch = this.#fitStretch(state.rounds - this.#roundsThen, now - this.#asked);
    this.#roundsThen = state.rounds;
    this.#asked = now;
    if (now - this.#breathed < STRETCH / 2) return this.#answer(state);
    this.#progress.update(now - this.#began, () => ({
      share: this.#coverage.of(state).work,
      jobs: state.ended,
      tasks: state.tasksEnded,
      now: state.now,
      elapsed: now - this.#began,
    }));
    return this.#breathe(state);
  }

  async #breathe(state: RunState): Promise<number> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#asked = performance.now();
    this.#breathed = this.#asked;
    return this.#answer(state);
  }

  #answer(state: RunState): number {
    if (!this.#stopped) return this.#stretch;
    if (state.rounds === 0) throw new Interruption();
    this.#share = this.#coverage.of(state).workload;
    return 0;
  }

  /** Gives the rounds that will take about as long as a stretch should. */
  #fitStretch(rounds: number, took: number): number {
    if (rounds === 0) return this.#stretch;
    const fitting = Math.floor((rounds / Math.max(took, 0.01)) * STRETCH);
    return Math.max(1, Math.min(fitting, this.#stretch * GROWTH));
  }
}
