import type { Distribution } from '../base/distributions.ts';
import type { Time } from '../base/time.ts';
import { drawsSingleTasks, inBatches, JobDrawer, type JobTemplate } from './job-template.ts';
import { openAccount, type WorkloadContext, type WorkloadSource } from './workload-source.ts';

/** Jobs that a scenario lists itself. */
export interface InlineJobs {
  readonly label: string;
  /** Name of the only job, or what the numbered ones begin with. */
  readonly name: string;
  readonly framework: string;
  readonly jobs: number;
  readonly submit: Time;
  /** Microseconds from one job to the next. */
  readonly every: Distribution;
  readonly template: JobTemplate;
}

/** Gives a number of like jobs, one after the other at stated gaps. */
export function inlineJobs(item: InlineJobs, context: WorkloadContext): WorkloadSource {
  const account = openAccount(item.label, 'inline');
  return {
    name: item.label,
    account,
    isOfSingleTasks: drawsSingleTasks(item.template),
    async *batches() {
      const drawer = new JobDrawer(item.template, context, account);
      const gaps = context.stream('arrivals');
      const framework = context.frameworks.id(item.framework);
      let submit = item.submit;
      let drawn = 0;
      yield* inBatches(context.resources.length, (batch) => {
        if (drawn === item.jobs) return false;
        drawn++;
        drawer.draw(batch, item.jobs === 1 ? item.name : `${item.name}-${drawn}`, framework, submit);
        submit += Math.max(0, Math.round(item.every.draw(gaps)));
        return true;
      });
    },
  };
}
