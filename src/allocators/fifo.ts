import { type JobId, NONE } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { placementOption, queueOption } from './common-options.ts';
import { JobStarter } from './job-starter.ts';

/** First come, first served: jobs in order of submission. */
class Fifo implements Allocator {
  readonly name = 'fifo';
  readonly #starter: JobStarter;
  readonly #skip: boolean;
  /** Jobs that came since the last pass; with nothing freed since, only they can fit. */
  #fresh: JobId[] = [];
  #releases = -1;

  constructor(starter: JobStarter, skip: boolean) {
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

export const fifo: AllocatorDefinition = {
  name: 'fifo',
  summary: 'first come, first served; jobs in order of submission, ties by position in the workload',
  source: 'Feitelson, Rudolph, Schwiegelshohn, Parallel job scheduling: a status report, JSSPP 2004, section 2',
  options: { queue: queueOption, placement: placementOption },
  create: (options, { view, placement }) =>
    new Fifo(new JobStarter(view, placement(options.text('placement'))), options.text('queue') === 'skip'),
};
