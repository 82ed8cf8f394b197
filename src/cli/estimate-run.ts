import { measureRun } from '../experiment/measure-run.ts';
import type { PlannedRun } from '../experiment/planned-run.ts';
import type { Pacer, RunState } from '../simulation/pacer.ts';
import { Coverage } from './coverage.ts';
import { nodeServices } from './services.ts';

/** Milliseconds that an estimate may take. */
const PATIENCE = 3_000;
/** Rounds between two looks at the clock. */
const ROUNDS = 200;

/** Gives how many seconds a run takes: from the whole of it, or from its beginning; null where that tells nothing. */
export async function estimateRun({ scenario }: PlannedRun, folder: string): Promise<number | null> {
  const services = nodeServices(folder);
  const stop = new StopEarly(new Coverage(scenario, services.readShare));
  const { interrupted } = await measureRun(scenario, services, {}, stop);
  if (!interrupted) return stop.elapsed / 1_000;
  return stop.share === null || stop.share === 0 ? null : stop.elapsed / 1_000 / stop.share;
}

/** Ends a run when it has taken too long, and notes how far it was. */
class StopEarly implements Pacer {
  share: number | null = null;
  readonly #coverage: Coverage;
  readonly #began = performance.now();

  constructor(coverage: Coverage) {
    this.#coverage = coverage;
  }

  get elapsed(): number {
    return performance.now() - this.#began;
  }

  turn(state: RunState): number {
    if (this.elapsed < PATIENCE || state.rounds === 0) return ROUNDS;
    this.share = this.#coverage.of(state).work;
    return 0;
  }
}
