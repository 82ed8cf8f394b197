import type { Random } from '../../base/random.ts';
import { NEVER, type Time } from '../../base/time.ts';
import { inBatches, JobDrawer, type JobTemplate } from '../job-template.ts';
import { openAccount, type WorkloadContext, type WorkloadSource } from '../workload-source.ts';

/** A stream of jobs that arrive at random, independently of each other. */
export interface PoissonJobs {
  readonly label: string;
  /** What the numbered jobs' names begin with. */
  readonly name: string;
  /** Who submits, each with the weight that it is drawn by. */
  readonly frameworks: readonly { readonly name: string; readonly weight: number }[];
  /** Jobs per microsecond. */
  readonly rate: number;
  /** The stream ends after so many jobs, or with the last arrival before `until`. */
  readonly jobs: number;
  readonly until: Time;
  readonly template: JobTemplate;
}

/** Gives jobs with exponential gaps. */
export function poisson(item: PoissonJobs, context: WorkloadContext): WorkloadSource {
  const account = openAccount(item.label, 'poisson');
  return {
    name: item.label,
    account,
    async *batches() {
      const drawer = new JobDrawer(item.template, context, account);
      const arrivals = context.stream('arrivals');
      const choose = chooser(item, context);
      let clock = 0;
      let drawn = 0;
      yield* inBatches(context.resources.length, (batch) => {
        if (drawn === item.jobs) return false;
        clock -= Math.log(1 - arrivals()) / item.rate;
        const submit = Math.round(clock);
        if (submit > item.until || submit === NEVER) return false;
        drawn++;
        drawer.draw(batch, `${item.name}-${drawn}`, choose(), submit);
        return true;
      });
    },
  };
}

/** Draws who submits the next job; a single framework needs no draw. */
function chooser(item: PoissonJobs, context: WorkloadContext): () => number {
  const ids = item.frameworks.map(({ name }) => context.frameworks.id(name));
  if (ids.length === 1) return () => ids[0]!;
  const random: Random = context.stream('framework');
  const sum = item.frameworks.reduce((all, { weight }) => all + weight, 0);
  return () => {
    let left = random() * sum;
    for (const [i, { weight }] of item.frameworks.entries()) {
      left -= weight;
      if (left < 0) return ids[i]!;
    }
    return ids.at(-1)!;
  };
}
