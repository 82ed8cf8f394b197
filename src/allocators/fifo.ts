import { type JobId, NONE } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { placementOption, queueOption } from './common-options.ts';
import { JobStarter } from './job-starter.ts';
import type { WaitingReason } from './waiting-reason.ts';

/** First come, first served: jobs in order of submission. */
export class Fifo implements Allocator {
  readonly name = 'fifo';
  readonly #view: ClusterView;
  readonly #starter: JobStarter;
  readonly #skip: boolean;
  /** Jobs that came since the last pass; with nothing freed since, only they can fit. */
  #fresh: JobId[] = [];
  #releases = -1;

  constructor(view: ClusterView, starter: JobStarter, skip: boolean) {
    this.#view = view;
    this.#starter = starter;
    this.#skip = skip;
  }

  onJobQueued(job: JobId): void {
    if (this.#skip) this.#fresh.push(job);
  }

  allocate(view: ClusterView, decide: Decisions): void {
    if (this.#skip) {
      this.#passOver(view, decide);
      return;
    }
    for (let head = view.firstQueuedJob(); head !== NONE; head = view.firstQueuedJob()) {
      if (!this.#starter.startAll(head, decide)) return;
    }
  }

  whyWaiting(job: JobId): WaitingReason | null {
    return this.#skip ? null : behindHead(this.#view, job);
  }

  #passOver(view: ClusterView, decide: Decisions): void {
    const fresh = this.#fresh;
    this.#fresh = [];
    if (view.releases === this.#releases && view.unevenGangs === 0) {
      for (const job of fresh) this.#starter.startAll(job, decide);
      return;
    }
    this.#releases = view.releases;
    for (let job = view.firstQueuedJob(); job !== NONE; ) {
      const next = view.nextQueuedJob(job);
      this.#starter.startAll(job, decide);
      job = next;
    }
  }
}

/** Null for the head. */
function behindHead(view: ClusterView, job: JobId): WaitingReason | null {
  const head = view.firstQueuedJob();
  let ahead = 0;
  for (let each = head; each !== job; each = view.nextQueuedJob(each)) ahead++;
  return ahead === 0 ? null : { kind: 'behind-head', job: head, order: 'submission', ahead };
}

export const fifo: AllocatorDefinition = {
  name: 'fifo',
  summary: 'first come, first served; jobs in order of submission, ties by position in the workload',
  source: 'Feitelson, Rudolph, Schwiegelshohn, Parallel job scheduling: a status report, JSSPP 2004, section 2',
  options: { queue: queueOption, placement: placementOption },
  startsOnly: () => true,
  create: (options, { view, placement }) =>
    new Fifo(view, new JobStarter(view, placement(options.text('placement'))), options.text('queue') === 'skip'),
};
