import type { ResourceCatalog } from '../base/amounts.ts';
import { Sum } from '../base/sum.ts';
import { SECOND, type Time, toSeconds } from '../base/time.ts';
import type { JobBatch } from '../workload/job-batch.ts';
import { runTimeOf } from '../workload/job-size.ts';
import type { SourceAccount } from '../workload/workload-source.ts';
import { Spread, type SpreadSummary } from './spread.ts';

/** What the jobs of a trace demand of one resource. */
export interface ResourceSurvey {
  /** Sum over tasks of demand times run time, in units of the resource times seconds. */
  readonly unit_seconds: number;
  /** What a job's tasks demand together: mean over jobs, and greatest. */
  readonly mean: number;
  readonly max: number;
  /** Jobs that demand any. */
  readonly jobs: number;
  /** unit_seconds over capacity times the span of submissions; null without a cluster or a span. */
  readonly offered_load: number | null;
}

/** What one framework submits. */
export interface FrameworkSurvey {
  readonly name: string;
  readonly jobs: number;
  /** Part of all unit-seconds of the first resource that has any. */
  readonly share: number;
}

/** What a trace holds, as far as it would be replayed. Times in seconds on the trace's own clock. */
export interface Survey {
  readonly schema: 'allot.trace-inspect/1';
  readonly source: string;
  readonly format: string;
  readonly records: Pick<SourceAccount, 'read' | 'skipped' | 'notes' | 'rules'>;
  readonly jobs: number;
  readonly tasks: number;
  readonly frameworks: number;
  readonly first_submit_s: number | null;
  readonly last_submit_s: number | null;
  readonly span_s: number | null;
  readonly resources: Readonly<Record<string, ResourceSurvey>>;
  readonly spreads: Readonly<Record<string, SpreadSummary>>;
  /** Jobs submitted in equal slices of the span. */
  readonly arrivals: readonly number[];
  /** Jobs by hour of day, of the trace's clock; whether that is the day of anybody is for the trace to say. */
  readonly by_hour: readonly number[];
  readonly top: readonly FrameworkSurvey[];
  /** Where jobs have stages. */
  readonly stages: {
    readonly jobs: number;
    readonly stages: number;
    readonly dependencies: number;
    readonly deepest_s: number;
  } | null;
}

/** Slices of the span that arrivals are counted in. */
const SLICES = 40;
const FRAMEWORKS = 10;
const HOUR: Time = 3_600 * SECOND;

/** Looks at the jobs of one source, batch by batch, in memory that does not grow with them. */
export class TraceSurvey {
  readonly #resources: ResourceCatalog;
  readonly #frameworks: { name(id: number): string };
  readonly #area: Sum[];
  readonly #demand: Spread[];
  readonly #demanding: number[];
  readonly #spreads = {
    interarrival: new Spread(),
    run: new Spread(),
    tasks: new Spread(),
    'estimate / run': new Spread(),
  };
  readonly #jobsOf: number[] = [];
  readonly #areaOf: number[] = [];
  readonly #hours = new Array<number>(24).fill(0);
  readonly #arrivals = new ArrivalSlices(SLICES);
  #stages = { jobs: 0, stages: 0, dependencies: 0, deepest_s: 0 };
  #jobs = 0;
  #tasks = 0;
  #first: Time = Number.NaN;
  #last: Time = Number.NaN;

  constructor(resources: ResourceCatalog, frameworks: { name(id: number): string }) {
    this.#resources = resources;
    this.#frameworks = frameworks;
    this.#area = resources.map(() => new Sum());
    this.#demand = resources.map(() => new Spread());
    this.#demanding = resources.map(() => 0);
  }

  take(batch: JobBatch): void {
    for (let job = 0; job < batch.jobs; job++) this.#takeJob(batch, job);
  }

  #takeJob(batch: JobBatch, job: number): void {
    const submit = batch.submit[job]!;
    if (this.#jobs === 0) this.#first = submit;
    else this.#spreads.interarrival.add(toSeconds(submit - this.#last));
    this.#last = submit;
    this.#jobs++;
    this.#arrivals.add(submit - this.#first);
    const hour = Math.floor(submit / HOUR) % 24;
    this.#hours[hour < 0 ? hour + 24 : hour]!++;
    const [from, end] = [batch.taskStart[job]!, batch.taskStart[job + 1]!];
    this.#tasks += end - from;
    this.#spreads.tasks.add(end - from);
    const longest = runTimeOf(batch, job);
    const stages = batch.stages[job];
    if (stages !== undefined) {
      this.#stages.jobs++;
      this.#stages.stages += stages.count;
      this.#stages.dependencies += stages.parents.length;
      this.#stages.deepest_s = Math.max(this.#stages.deepest_s, toSeconds(longest));
    }
    this.#spreads.run.add(toSeconds(longest));
    const estimate = batch.estimate[job]!;
    if (estimate >= 0 && longest > 0) this.#spreads['estimate / run'].add(estimate / longest);
    this.#takeDemands(batch, job, from, end);
  }

  #takeDemands(batch: JobBatch, job: number, from: number, end: number): void {
    const framework = batch.framework[job]!;
    this.#jobsOf[framework] = (this.#jobsOf[framework] ?? 0) + 1;
    let counted = false;
    for (const [r, { scale }] of this.#resources.entries()) {
      let together = 0;
      let area = 0;
      for (let task = from; task < end; task++) {
        const amount = batch.demand[task * batch.resources + r]! / scale;
        together += amount;
        area += amount * toSeconds(batch.run[task]!);
      }
      this.#area[r]!.add(area);
      this.#demand[r]!.add(together);
      if (together === 0) continue;
      this.#demanding[r]!++;
      if (!counted) this.#areaOf[framework] = (this.#areaOf[framework] ?? 0) + area;
      counted = true;
    }
  }

  /** Gives what was seen; `capacity` is what a cluster has of each resource in its units, null where there is none. */
  result(account: SourceAccount, capacity: readonly number[] | null): Survey {
    const none = this.#jobs === 0;
    const span = none ? null : toSeconds(this.#last - this.#first);
    const spreads: Record<string, SpreadSummary> = {};
    for (const [name, spread] of Object.entries(this.#spreads))
      if (spread.count > 0 && !(name === 'tasks' && this.#tasks === this.#jobs)) spreads[name] = spread.summary();
    for (const [r, { name }] of this.#resources.entries()) {
      if (this.#demanding[r]! > 0) spreads[`${name} of a job`] = this.#demand[r]!.summary();
    }
    return {
      schema: 'allot.trace-inspect/1',
      source: account.source,
      format: account.format,
      records: { read: account.read, skipped: account.skipped, notes: account.notes, rules: account.rules },
      jobs: this.#jobs,
      tasks: this.#tasks,
      frameworks: this.#jobsOf.filter((count) => count > 0).length,
      first_submit_s: none ? null : toSeconds(this.#first),
      last_submit_s: none ? null : toSeconds(this.#last),
      span_s: span,
      resources: Object.fromEntries(this.#resources.map((of, r) => [of.name, this.#resource(r, span, capacity)])),
      spreads,
      arrivals: this.#arrivals.counts(this.#last - this.#first),
      by_hour: this.#hours,
      top: this.#top(),
      stages: this.#stages.jobs > 0 ? this.#stages : null,
    };
  }

  #resource(r: number, span: number | null, capacity: readonly number[] | null): ResourceSurvey {
    const area = this.#area[r]!.value;
    const { mean, max } = this.#demand[r]!.summary();
    const offered = capacity !== null && span !== null && span > 0 && capacity[r]! > 0;
    return {
      unit_seconds: area,
      mean: mean ?? 0,
      max: max ?? 0,
      jobs: this.#demanding[r]!,
      offered_load: offered ? area / (capacity[r]! * span) : null,
    };
  }

  #top(): FrameworkSurvey[] {
    const all = this.#areaOf.reduce((sum, area) => sum + (area ?? 0), 0);
    return this.#jobsOf
      .flatMap((jobs, framework) => (jobs > 0 ? [{ jobs, framework, area: this.#areaOf[framework] ?? 0 }] : []))
      .sort((a, b) => b.jobs - a.jobs || a.framework - b.framework)
      .slice(0, FRAMEWORKS)
      .map(({ jobs, framework, area }) => ({
        name: this.#frameworks.name(framework),
        jobs,
        share: all > 0 ? area / all : 0,
      }));
  }
}

/** Counts arrivals in equal slices of a span that is not known before its end: slices double in length as it grows. */
class ArrivalSlices {
  readonly #slices: number;
  /** Slices that are kept: more than are shown, as those in use may be little more than half of them. */
  readonly #counts: Float64Array;
  #length: Time = SECOND;

  constructor(slices: number) {
    this.#slices = slices;
    this.#counts = new Float64Array(64 * slices);
  }

  add(since: Time): void {
    const counts = this.#counts;
    while (since >= this.#length * counts.length) {
      for (let i = 0; i < counts.length; i++) {
        counts[i] = 2 * i < counts.length ? counts[2 * i]! + counts[2 * i + 1]! : 0;
      }
      this.#length *= 2;
    }
    counts[Math.floor(since / this.#length)]!++;
  }

  counts(span: Time): number[] {
    const result = new Array<number>(this.#slices).fill(0);
    const each = span / this.#slices;
    for (const [i, count] of this.#counts.entries()) {
      if (count === 0) continue;
      const middle = (i + 0.5) * this.#length;
      result[each > 0 ? Math.min(this.#slices - 1, Math.floor(middle / each)) : 0]! += count;
    }
    return result;
  }
}
