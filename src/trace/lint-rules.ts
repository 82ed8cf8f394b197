import type { ResourceCatalog } from '../base/amounts.ts';
import { formatDuration, SECOND, type Time } from '../base/time.ts';
import type { JobBatch } from '../workload/job-batch.ts';
import { runTimeOf } from '../workload/job-size.ts';
import { TraceBatch } from '../workload/trace-batch.ts';
import type { Findings } from './findings.ts';

const DAY: Time = 86_400 * SECOND;
/** A job that runs longer than any limit of a public log allows. */
const LONG_RUN: Time = 30 * DAY;
/** A guess so far off that it tells nothing: a year, or the greatest number that the form would take. */
const LONG_ESTIMATE: Time = 366 * DAY;
/** Submissions of one framework within the window that make a flurry. */
const FLURRY = 1_000;
const WINDOW: Time = 3_600 * SECOND;
/** A part of the span without any submission, beside the least length that is looked at. */
const GAP_SHARE = 0.1;
const GAP: Time = DAY;

/** What jobs are held against. */
export interface LintWorld {
  readonly resources: ResourceCatalog;
  readonly frameworks: { name(id: number): string };
  /** What the machine has of each resource in its units; null where nobody said. */
  readonly capacity: readonly number[] | null;
}

/**
 * Looks for records that are replayed but are no usual jobs: what logs are cleaned of before they are used.
 *
 * @see Feitelson, Tsafrir and Krakov, Experience with using the Parallel Workloads Archive, JPDC 74(10), 2014, section 4
 */
export class LintRules {
  readonly #world: LintWorld;
  readonly #findings: Findings;
  readonly #names = new Set<string | number>();
  readonly #recent: Flurry[] = [];
  #last: Time = Number.NaN;
  #first: Time = Number.NaN;
  #gap: Time = 0;
  #gapLine = 0;

  constructor(world: LintWorld, findings: Findings) {
    this.#world = world;
    this.#findings = findings;
  }

  take(batch: JobBatch): void {
    for (let job = 0; job < batch.jobs; job++) this.#takeJob(batch, job);
  }

  /** Judges what only the whole trace shows. */
  finish(): void {
    const span = this.#last - this.#first;
    if (this.#gap >= GAP && this.#gap > GAP_SHARE * span) {
      const detail = `nothing for ${formatDuration(this.#gap)} before it`;
      this.#findings.add('gap of more than a tenth of the log', 'warning', this.#gapLine, detail);
    }
  }

  #takeJob(batch: JobBatch, job: number): void {
    const line = batch instanceof TraceBatch ? batch.line[job]! : 0;
    const submit = batch.submit[job]!;
    const name = batch.name[job]!;
    const tell = (rule: string, severity: 'warning' | 'note', detail: string) =>
      this.#findings.add(rule, severity, line, `job ${name}: ${detail}`);
    if (this.#names.has(name)) tell('job name that an earlier record has', 'warning', 'again');
    else if (this.#names.size < NAMES) this.#names.add(name);
    if (Number.isNaN(this.#first)) this.#first = submit;
    else if (submit - this.#last > this.#gap) {
      this.#gap = submit - this.#last;
      this.#gapLine = line;
    }
    this.#last = submit;
    const longest = runTimeOf(batch, job);
    const estimate = batch.estimate[job]!;
    const times = `runs ${formatDuration(longest)}`;
    if (longest > LONG_RUN) tell('runs for more than 30 days', 'warning', times);
    if (longest > 0 && longest < SECOND) tell('runs for less than a second', 'note', times);
    if (estimate < longest) tell('runs past its estimate', 'warning', `${times}, estimate ${formatDuration(estimate)}`);
    if (estimate > LONG_ESTIMATE) tell('estimate of more than a year', 'warning', `${formatDuration(estimate)}`);
    this.#lookForFlurry(batch.framework[job]!, submit, line);
    this.#lookForSize(batch, job, tell);
  }

  /** Tells once, when a framework's submissions within an hour come to so many, and again after a quiet hour. */
  #lookForFlurry(framework: number, submit: Time, line: number): void {
    this.#recent[framework] ??= new Flurry();
    if (!this.#recent[framework].isFlurryAt(submit)) return;
    const name = this.#world.frameworks.name(framework);
    this.#findings.add('flurry of one framework', 'warning', line, `${FLURRY} jobs of ${name} within an hour`);
  }

  #lookForSize(batch: JobBatch, job: number, tell: (rule: string, severity: 'warning', detail: string) => void): void {
    const { capacity, resources } = this.#world;
    if (capacity === null) return;
    for (const [r, { name, scale }] of resources.entries()) {
      let together = 0;
      for (let t = batch.taskStart[job]!; t < batch.taskStart[job + 1]!; t++) {
        together += batch.demand[t * batch.resources + r]! / scale;
      }
      if (together > capacity[r]!) {
        tell(`demands more ${name} than there is`, 'warning', `${together} of ${capacity[r]!}`);
      }
    }
  }
}

/** Names that are remembered; beyond that many, none is called a second one. */
const NAMES = 4_000_000;

/** The submissions of one framework before the next, as a ring. */
class Flurry {
  readonly #times = new Float64Array(FLURRY - 1).fill(Number.NEGATIVE_INFINITY);
  #at = 0;
  #toldAt: Time = Number.NEGATIVE_INFINITY;

  isFlurryAt(submit: Time): boolean {
    const oldest = this.#times[this.#at]!;
    this.#times[this.#at] = submit;
    this.#at = (this.#at + 1) % this.#times.length;
    if (submit - oldest > WINDOW) return false;
    const again = submit - this.#toldAt <= WINDOW;
    this.#toldAt = submit;
    return !again;
  }
}
