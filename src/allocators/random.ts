import { type JobId, NONE } from '../base/ids.ts';
import { below, type Random } from '../base/random.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { placementOption } from './common-options.ts';
import { JobStarter } from './job-starter.ts';

/** Takes the queued jobs in an order that is drawn anew at each pass. */
class RandomOrder implements Allocator {
  readonly name = 'random';
  readonly #starter: JobStarter;
  readonly #random: Random;
  #fresh: JobId[] = [];
  #releases = -1;

  constructor(starter: JobStarter, random: Random) {
    this.#starter = starter;
    this.#random = random;
  }

  onJobQueued(job: JobId): void {
    this.#fresh.push(job);
  }

  allocate(view: ClusterView, decide: Decisions): void {
    let jobs = this.#fresh;
    this.#fresh = [];
    if (view.releases !== this.#releases || view.unevenGangs > 0) {
      jobs = [];
      for (let job = view.firstQueuedJob(); job !== NONE; job = view.nextQueuedJob(job)) jobs.push(job);
    }
    this.#releases = view.releases;
    for (let left = jobs.length; left > 0; left--) {
      const drawn = below(this.#random, left);
      this.#starter.startAll(jobs[drawn]!, decide);
      jobs[drawn] = jobs[left - 1]!;
    }
  }
}

export const random: AllocatorDefinition = {
  name: 'random',
  summary: 'queued jobs in random order, each job as likely as any other; what does not fit is skipped',
  source: 'a baseline; Knuth, The art of computer programming, volume 2, 3.4.2 (random sampling without replacement)',
  options: { placement: placementOption },
  create: (options, { view, placement, stream }) =>
    new RandomOrder(new JobStarter(view, placement(options.text('placement'))), stream('order')),
};
