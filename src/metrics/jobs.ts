import { grown } from '../base/grow.ts';
import type { FrameworkId } from '../base/ids.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import type { JobStatus } from '../simulation/job-outcome.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

const PARTS = ['submitted', 'completed', 'failed', 'rejected', 'unfinished'] as const;

/** Which count a status adds to, beside that of all jobs. */
const COLUMN: Readonly<Record<JobStatus, number>> = { completed: 1, killed: 1, failed: 2, rejected: 3, unfinished: 4 };

/** What became of the jobs of each framework. */
export const jobs: MetricDefinition = {
  name: 'jobs',
  parts: PARTS,
  unit: 'jobs',
  better: null,
  scopes: ['framework'],
  summary: 'jobs by how they ended; submitted is the sum of the others',
  formula: '#{jobs}',
  source: 'own',
  edges: 'of the whole run, whatever the warm-up; killed jobs count as completed',
  create: () => new Jobs(),
};

class Jobs implements Metric {
  /** Stride: the parts. */
  #counts = new Float64Array(0);

  readFacts({ count, kind, framework, status }: FactLog): void {
    for (let row = 0; row < count; row++) {
      const what = kind[row]!;
      if (what !== FactKind.jobEnded && what !== FactKind.rejected && what !== FactKind.unfinished) continue;
      const at = framework[row]! * PARTS.length;
      if (at + PARTS.length > this.#counts.length) this.#counts = grown(this.#counts, at + PARTS.length);
      const ended = at + COLUMN[status[row]!];
      this.#counts[at] = this.#counts[at]! + 1;
      this.#counts[ended] = this.#counts[ended]! + 1;
    }
  }

  values(): readonly MetricValue[] {
    return [];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    const at = framework * PARTS.length;
    return PARTS.map((part, i) => ({ name: `jobs.${part}`, value: this.#counts[at + i] ?? 0 }));
  }
}
