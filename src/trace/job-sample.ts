import { ScenarioError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { openStream, type Random } from '../base/random.ts';
import type { Time } from '../base/time.ts';
import { JobBatch } from '../workload/job-batch.ts';

/** Which jobs of a workload are kept; what is left out does not matter. */
export interface SampleRules {
  readonly seed: string;
  /** So many jobs, each set of them as likely as any other. */
  readonly jobs?: number | undefined;
  /** Each job, or each framework, with this probability. */
  readonly share?: number | undefined;
  /** What `share` draws: jobs on their own, or frameworks with all their jobs. */
  readonly by: 'job' | 'framework';
  /** Jobs submitted from here on, which then is time 0. */
  readonly from?: Time | undefined;
  /** Jobs submitted before. */
  readonly until?: Time | undefined;
  readonly frameworks?: readonly string[] | undefined;
}

/**
 * Draws jobs from a workload, in its order.
 *
 * A share keeps the shape of arrivals in expectation, as each job is kept or not whatever the others are; a share of
 * frameworks keeps each user's own pattern instead. A number of jobs is drawn by selection sampling, which needs to know
 * how many there are; so the workload is read twice, and {@link count}ed first.
 *
 * @see Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm S
 */
export class JobSample {
  readonly #rules: SampleRules;
  readonly #names: { name(id: number): string };
  readonly #draws: Random;
  readonly #wanted: ReadonlySet<string> | null;
  readonly #seen = new Set<string>();
  /** By framework: whether its jobs are kept. */
  readonly #kept: boolean[] = [];
  #candidates: number;
  #passed = 0;
  #chosen = 0;

  /** `candidates` is how many jobs there are to draw a number of jobs from, as another one has counted them. */
  constructor(rules: SampleRules, frameworks: { name(id: number): string }, candidates = 0) {
    this.#rules = rules;
    this.#candidates = candidates;
    this.#names = frameworks;
    this.#draws = openStream(rules.seed, 'sample/jobs');
    this.#wanted = rules.frameworks === undefined ? null : new Set(rules.frameworks);
  }

  /** Jobs that there are to draw from. */
  get candidates(): number {
    return this.#candidates;
  }

  /** Counts the jobs that there are to draw from. */
  count(batch: JobBatch): void {
    for (let job = 0; job < batch.jobs; job++) if (this.#passes(batch, job)) this.#candidates++;
  }

  /** Gives the jobs of a batch that are drawn, on the clock of the sample. */
  take(batch: JobBatch): JobBatch {
    const { jobs, share, by, from = 0 } = this.#rules;
    const drawn = new JobBatch(batch.resources);
    for (let job = 0; job < batch.jobs; job++) {
      if (!this.#passes(batch, job)) continue;
      if (share !== undefined && by === 'job' && this.#draws() >= share) continue;
      if (jobs !== undefined && !this.#isChosen(jobs)) continue;
      const row = drawn.copyJob(batch, job);
      drawn.submit[row]! -= from;
    }
    return drawn;
  }

  /** Throws a ScenarioError for frameworks asked for that no job was of; after the last batch. */
  checkNames(): void {
    for (const name of this.#wanted ?? []) {
      if (this.#seen.has(name)) continue;
      const suggestion = didYouMean(name, [...this.#seen]);
      const message = `no job is of the framework \`${name}\``;
      throw new ScenarioError([{ path: 'frameworks', message, ...(suggestion !== undefined && { suggestion }) }]);
    }
  }

  #passes(batch: JobBatch, job: number): boolean {
    const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = this.#rules;
    const submit = batch.submit[job]!;
    const framework = batch.framework[job]!;
    this.#kept[framework] ??= this.#keeps(this.#names.name(framework));
    return this.#kept[framework] && submit >= from && submit < until;
  }

  /** A framework's fate hangs on its name alone, not on who comes before. */
  #keeps(name: string): boolean {
    const { seed, share, by } = this.#rules;
    this.#seen.add(name);
    if (this.#wanted !== null && !this.#wanted.has(name)) return false;
    return share === undefined || by === 'job' || openStream(seed, `sample/framework/${name}`)() < share;
  }

  /** Of those that are left, chooses as many as are still wanted, each with the same chance. */
  #isChosen(jobs: number): boolean {
    const left = this.#candidates - this.#passed++;
    if (left * this.#draws() >= jobs - this.#chosen) return false;
    this.#chosen++;
    return true;
  }
}
