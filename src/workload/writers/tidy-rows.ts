import { toUnits } from '../../base/amounts.ts';
import { toSeconds } from '../../base/time.ts';
import { writeConstraint, writeSpeeds } from '../constraint-text.ts';
import { type JobBatch, JobFlag } from '../job-batch.ts';
import type { JobStages } from '../job-stages.ts';
import { eachTaskRun } from '../task-runs.ts';
import { demandColumn, TIDY_COLUMNS } from '../tidy-columns.ts';
import type { WorkloadTables } from '../workload-digest.ts';

/** One cell of a tidy file; null where it is empty. */
export type TidyCell = string | number | boolean | null;

/** Turns jobs into the rows of a tidy file. */
export class TidyRows {
  /** Names of the columns. */
  readonly names: readonly string[];
  readonly #tables: WorkloadTables;
  #jobs = 0;

  constructor(tables: WorkloadTables) {
    this.#tables = tables;
    this.names = [...TIDY_COLUMNS, ...tables.resources.map(demandColumn)];
  }

  /** Gives the cells of each row of the jobs of a batch, in the order of the columns. */
  each(batch: JobBatch, take: (cells: readonly TidyCell[]) => void): void {
    for (let job = 0; job < batch.jobs; job++) {
      const head = this.#head(batch, job);
      const stages = batch.stages[job];
      eachTaskRun(batch, job, (stage, task, count) => {
        const parents = stage < 0 ? null : parentsOf(stages!, stage);
        const demand = this.#tables.resources.map((of, r) => toUnits(batch.demand[task * batch.resources + r]!, of));
        take([...head, stage < 0 ? null : stage, parents, count, toSeconds(batch.run[task]!), ...demand]);
      });
    }
  }

  #head(batch: JobBatch, job: number): TidyCell[] {
    const { frameworks, wishes, weight } = this.#tables;
    const flags = batch.flags[job]!;
    const estimate = batch.estimate[job]!;
    const row = batch.constraint[job]!;
    const wanted = row === 0 ? null : wishes(row);
    return [
      this.#jobs++,
      String(batch.name[job]!),
      frameworks.name(batch.framework[job]!),
      toSeconds(batch.submit[job]!),
      Number.isNaN(estimate) ? null : toSeconds(estimate),
      batch.priority[job]!,
      weight(batch.weight[job]!),
      (flags & JobFlag.gang) !== 0,
      (flags & JobFlag.killed) !== 0,
      (wanted && writeConstraint(wanted)) || null,
      (wanted && writeSpeeds(wanted)) || null,
    ];
  }
}

function parentsOf({ parents, parentStart }: JobStages, stage: number): string | null {
  const own = parents.slice(parentStart[stage], parentStart[stage + 1]).sort();
  return own.length === 0 ? null : own.join(' ');
}
