import type { ByteSource } from '../../base/byte-source.ts';
import { ScenarioError } from '../../base/errors.ts';
import type { Interner } from '../../base/interner.ts';
import { readSideTable } from './side-table.ts';

/** Step times of one application on one placement, seconds, by samples a GPU in rising order. */
interface StepTimes {
  readonly batch: number[];
  readonly step: number[];
  readonly sync: number[];
}

const PLACEMENT = /^[1-9]{1,16}$/;

/**
 * How long a training step takes, as measured: by application, number of GPUs, and samples a GPU.
 *
 * Of the placements of so many GPUs, the one on the fewest nodes counts, and of those the one with the fullest node.
 *
 * @see Subramanya et al., Sia: heterogeneity-aware, goodput-optimized ML-cluster scheduling, SOSP 2023
 */
export class SiaPlacements {
  /** By application and number of GPUs; the placement, and its times. */
  readonly #times = new Map<string, { readonly placement: string; readonly times: StepTimes }>();

  /** Reads the table of placements; rows of other variants are passed over. */
  async read(bytes: ByteSource, variant: string, names: Interner): Promise<void> {
    const columns = ['application', 'variant', 'placement', 'local_bsz', 'step_time', 'sync_time'];
    let found = false;
    const fail = refuse(bytes);
    await readSideTable(bytes, { name: 'app_placements', columns }, names, {
      take: (row) => {
        if (row.text('variant') !== variant) return null;
        found = true;
        const placement = row.text('placement');
        if (!PLACEMENT.test(placement)) return 'not a placement, such as 44 for four GPUs on each of two nodes';
        const [batch, step, sync] = [row.number('local_bsz'), row.number('step_time'), row.number('sync_time')];
        if (!(batch > 0 && step > 0 && sync >= 0 && sync <= step && step < Number.POSITIVE_INFINITY)) {
          return 'local_bsz and step_time are to be above 0, and sync_time from 0 to step_time';
        }
        this.#add(row.text('application'), placement, batch, step, sync);
        return null;
      },
      skip: fail,
    });
    if (!found) throw new ScenarioError(`no row of the variant ${JSON.stringify(variant)}`, { file: bytes.name });
  }

  #add(application: string, placement: string, batch: number, step: number, sync: number): void {
    const key = `${application} ${gpusOf(placement)}`;
    let entry = this.#times.get(key);
    if (entry === undefined || isTighter(placement, entry.placement)) {
      entry = { placement, times: { batch: [], step: [], sync: [] } };
      this.#times.set(key, entry);
    }
    if (entry.placement !== placement) return;
    const { times } = entry;
    let at = times.batch.length;
    while (at > 0 && times.batch[at - 1]! >= batch) at--;
    const isAgain = times.batch[at] === batch ? 1 : 0;
    times.batch.splice(at, isAgain, batch);
    times.step.splice(at, isAgain, step);
    times.sync.splice(at, isAgain, sync);
  }

  /**
   * Gives the seconds of one step of `samples` on so many GPUs, or null where the application was not measured on as many.
   *
   * Between two batch sizes the time is interpolated; below the least, it is that of the least. What does not fit on a
   * GPU at once is computed in the fewest equal parts that do, and synchronised with the last.
   */
  stepTime(application: string, gpus: number, samples: number): number | null {
    const times = this.#times.get(`${application} ${gpus}`)?.times;
    if (times === undefined) return null;
    const each = samples / gpus;
    const parts = Math.max(1, Math.ceil(each / times.batch.at(-1)!));
    const step = interpolated(times.batch, times.step, each / parts);
    return step + (parts - 1) * Math.max(0, step - interpolated(times.batch, times.sync, each / parts));
  }
}

/** How many steps a training takes, as measured: by application and samples a step. */
export class SiaSteps {
  readonly #steps = new Map<string, number>();

  /** Reads the table of validations, whose `variant` is the number of samples a step. */
  async read(bytes: ByteSource, names: Interner): Promise<void> {
    const layout = { name: 'app_validation', columns: ['application', 'variant', 'iteration'] };
    await readSideTable(bytes, layout, names, {
      take: (row) => {
        const samples = row.number('variant');
        const iteration = row.number('iteration');
        if (!(samples > 0 && iteration >= 0)) return 'variant is to be above 0, and iteration 0 or more';
        const key = `${row.text('application')} ${samples}`;
        this.#steps.set(key, Math.max(this.#steps.get(key) ?? 0, iteration));
        return null;
      },
      skip: refuse(bytes),
    });
  }

  /** Gives the last iteration of the training at that batch size, or null where it was not measured. */
  steps(application: string, samples: number): number | null {
    return this.#steps.get(`${application} ${samples}`) ?? null;
  }
}

function refuse(bytes: ByteSource): (reason: string, line: number) => never {
  return (reason, line) => {
    throw new ScenarioError(reason, { file: bytes.name, line });
  };
}

function gpusOf(placement: string): number {
  let gpus = 0;
  for (const digit of placement) gpus += Number(digit);
  return gpus;
}

function isTighter(a: string, b: string): boolean {
  if (a.length !== b.length) return a.length < b.length;
  return Math.max(...[...a].map(Number)) > Math.max(...[...b].map(Number));
}

function interpolated(at: readonly number[], values: readonly number[], x: number): number {
  const above = at.findIndex((each) => each >= x);
  if (above < 0) return values.at(-1)!;
  if (above === 0) return values[0]!;
  const part = (x - at[above - 1]!) / (at[above]! - at[above - 1]!);
  return values[above - 1]! + part * (values[above]! - values[above - 1]!);
}
