import { type JobId, NONE, type TaskId } from '../base/ids.ts';
import type { OptionReader } from '../base/options.ts';
import { toSeconds } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorContext, AllocatorDefinition, Decisions } from './allocator.ts';
import { estimatesOption, placementOption, queueOption } from './common-options.ts';
import { JobStarter } from './job-starter.ts';
import { type PriorityFunction, priorityFunctions, type Scored } from './priority-functions.ts';
import { ScoreOrder } from './score-order.ts';
import { TimedOrder } from './timed-order.ts';
import type { WaitingReason } from './waiting-reason.ts';

/** Half a microsecond: what an estimate of zero counts as, so that ratios stay defined. */
const LEAST_ESTIMATE = 5e-7;

/** Reads a job for its score. */
class Scorer {
  readonly #view: ClusterView;
  readonly #exact: boolean;
  readonly #score: (job: Scored) => number;
  readonly #scored = { wait: 0, estimate: 0, width: 0, submit: 0, priority: 0 };

  constructor(order: PriorityFunction, view: ClusterView, exact: boolean) {
    this.#score = order.score;
    this.#view = view;
    this.#exact = exact;
  }

  score(job: JobId): number {
    const view = this.#view;
    const scored = this.#scored;
    const submit = view.submitTime(job);
    scored.wait = toSeconds(view.now - submit);
    scored.estimate = Math.max(LEAST_ESTIMATE, toSeconds(this.#exact ? view.runTime(job) : view.estimate(job)));
    scored.width = view.width(job);
    scored.submit = submit > 0 ? toSeconds(submit) : 0.1;
    scored.priority = view.priority(job);
    return this.#score(scored);
  }
}

/** Orders the queue by a score that does not move while a job waits. */
class StaticallyOrdered implements Allocator {
  readonly name: string;
  readonly #scorer: Scorer;
  readonly #view: ClusterView;
  readonly #starter: JobStarter;
  readonly #skip: boolean;
  readonly #order = new ScoreOrder();
  #fresh = new ScoreOrder();
  #releases = -1;

  constructor(name: string, scorer: Scorer, view: ClusterView, starter: JobStarter, skip: boolean) {
    this.name = name;
    this.#scorer = scorer;
    this.#view = view;
    this.#starter = starter;
    this.#skip = skip;
  }

  onJobQueued(job: JobId): void {
    const score = this.#scorer.score(job);
    this.#order.add(job, score, this.#view.submission(job));
    if (this.#skip) this.#fresh.add(job, score, this.#view.submission(job));
  }

  onTaskPreempted(_task: TaskId, job: JobId): void {
    // Its first lost task puts a job back into the order that it has left; one that is still there has more queued.
    if (this.#view.queuedTaskCount(job) > 1) return;
    this.#order.add(job, this.#scorer.score(job), this.#view.submission(job));
  }

  onTasksReady(job: JobId, _first: TaskId, count: number): void {
    if (this.#view.queuedTaskCount(job) > count) return;
    this.#order.add(job, this.#scorer.score(job), this.#view.submission(job));
  }

  allocate(view: ClusterView, decide: Decisions): void {
    if (this.#skip) {
      this.#passOver(view, decide);
      return;
    }
    while (this.#order.size > 0 && this.#starter.startAll(this.#order.at(0), decide)) this.#order.removeFirst();
  }

  whyWaiting(job: JobId): WaitingReason | null {
    if (this.#skip) return null;
    let ahead = 0;
    while (ahead < this.#order.size && this.#order.at(ahead) !== job) ahead++;
    return ahead === 0 ? null : { kind: 'behind-head', job: this.#order.at(0), order: 'score', ahead };
  }

  #passOver(view: ClusterView, decide: Decisions): void {
    const fresh = this.#fresh;
    if (fresh.size > 0) this.#fresh = new ScoreOrder();
    const freed = view.releases !== this.#releases || view.unevenGangs > 0;
    this.#releases = view.releases;
    const candidates = freed ? this.#order : fresh;
    let done = 0;
    for (let i = 0; i < candidates.size; i++) if (this.#starter.startAll(candidates.at(i), decide)) done++;
    if (done > 0) this.#order.filter((job) => view.queuedTaskCount(job) > 0);
  }
}

/** Orders the queue anew at each pass, by a score that moves with the wait. */
class TimeOrdered implements Allocator {
  readonly name: string;
  readonly #view: ClusterView;
  readonly #scorer: Scorer;
  readonly #starter: JobStarter;
  readonly #skip: boolean;
  readonly #order = new TimedOrder();
  #fresh: JobId[] = [];
  #releases = -1;

  constructor(name: string, scorer: Scorer, view: ClusterView, starter: JobStarter, skip: boolean) {
    this.name = name;
    this.#view = view;
    this.#scorer = scorer;
    this.#starter = starter;
    this.#skip = skip;
  }

  onJobQueued(job: JobId): void {
    if (this.#skip) this.#fresh.push(job);
  }

  allocate(view: ClusterView, decide: Decisions): void {
    const fresh = this.#fresh;
    if (fresh.length > 0) this.#fresh = [];
    this.#order.clear();
    if (this.#skip && view.releases === this.#releases && view.unevenGangs === 0) {
      for (const job of fresh) this.#add(job, view);
    } else {
      for (let job = view.firstQueuedJob(); job !== NONE; job = view.nextQueuedJob(job)) this.#add(job, view);
    }
    this.#releases = view.releases;
    this.#order.build();
    while (this.#order.size > 0) {
      const started = this.#starter.startAll(this.#order.takeLeast(), decide);
      if (!started && !this.#skip) return;
    }
  }

  whyWaiting(job: JobId): WaitingReason | null {
    if (this.#skip) return null;
    const view = this.#view;
    const score = this.#scorer.score(job);
    let head = job;
    let least = score;
    let ahead = 0;
    for (let each = view.firstQueuedJob(); each !== NONE; each = view.nextQueuedJob(each)) {
      const its = this.#scorer.score(each);
      if (isBefore(view, each, its, job, score)) ahead++;
      if (isBefore(view, each, its, head, least)) [head, least] = [each, its];
    }
    return ahead === 0 ? null : { kind: 'behind-head', job: head, order: 'score', ahead };
  }

  #add(job: JobId, view: ClusterView): void {
    this.#order.add(job, this.#scorer.score(job), view.submission(job));
  }
}

function isBefore(view: ClusterView, a: JobId, scoreA: number, b: JobId, scoreB: number): boolean {
  return scoreA < scoreB || (scoreA === scoreB && view.submission(a) < view.submission(b));
}

/** Makes the policy that goes by the score. */
export function createOrdered(order: PriorityFunction, options: OptionReader, context: AllocatorContext): Allocator {
  const { view } = context;
  const scorer = new Scorer(order, view, order.blind !== true && options.text('estimates') === 'exact');
  const starter = new JobStarter(view, context.placement(options.text('placement')));
  const skip = options.text('queue') === 'skip';
  if (order.timed) return new TimeOrdered(order.name, scorer, view, starter, skip);
  return new StaticallyOrdered(order.name, scorer, view, starter, skip);
}

/** One machine for every order that is a score; ties go by submission. */
export const ordered: readonly AllocatorDefinition[] = priorityFunctions.map((order) => ({
  name: order.name,
  summary: order.summary,
  source: order.source,
  options: {
    queue: queueOption,
    ...(order.blind !== true && { estimates: estimatesOption }),
    placement: placementOption,
  },
  startsOnly: () => true,
  create: (options, context) => createOrdered(order, options, context),
}));
