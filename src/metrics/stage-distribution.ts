import { grown } from '../base/grow.ts';
import type { FactLog } from '../simulation/fact-log.ts';
import { Distribution, SUMMARY } from './distribution.ts';
import { EXACT_JOBS } from './job-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';
import type { Windows } from './windows.ts';

/** What differs from one distribution over jobs with stages to the next. */
interface Spec extends Pick<MetricDefinition, 'name' | 'unit' | 'better' | 'summary' | 'formula' | 'source'> {
  /** The value of the job whose end stands in a row, zero or more; NaN for one that is left out. */
  of(facts: FactLog, row: number): number;
}

/** Defines a metric that is the distribution of one quantity over the jobs with stages that count. */
export function stageDistribution({ of, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    parts: SUMMARY,
    scopes: ['run'],
    edges: 'of jobs with stages alone; a critical path of zero is left out; absent where no job has stages',
    create: ({ windows }) => new StageDistribution(about.name, of, windows),
  };
}

class StageDistribution implements Metric {
  readonly #names: readonly string[];
  readonly #of: Spec['of'];
  readonly #windows: Windows;
  readonly #distribution = new Distribution();
  #values = new Float64Array(0);
  #count = 0;
  #isOnly = true;
  #hasAny = false;

  constructor(name: string, of: Spec['of'], windows: Windows) {
    this.#names = SUMMARY.map((part) => `${name}.${part}`);
    this.#of = of;
    this.#windows = windows;
  }

  readFacts(facts: FactLog): void {
    if (facts.stagedEnds === 0) return;
    this.#hasAny = true;
    for (let row = 0; row < facts.count; row++) {
      if (!this.#windows.counts(facts, row) || Number.isNaN(facts.work[row]!)) continue;
      const value = this.#of(facts, row);
      if (Number.isNaN(value)) continue;
      if (this.#count === EXACT_JOBS) this.#pass(false);
      this.#values = grown(this.#values, this.#count + 1);
      this.#values[this.#count++] = value;
    }
  }

  onEnd(): void {
    this.#pass(this.#isOnly);
  }

  #pass(only: boolean): void {
    this.#isOnly = only;
    this.#distribution.take(this.#values, 0, this.#count, only);
    this.#count = 0;
  }

  values(): readonly MetricValue[] {
    if (!this.#hasAny) return [];
    const { approximate } = this.#distribution;
    return this.#distribution.summary().map((value, i) => ({
      name: this.#names[i]!,
      value,
      ...(approximate !== undefined && SUMMARY[i]!.startsWith('p') && { approximate }),
    }));
  }
}
