import type { Resource } from '../base/amounts.ts';
import { toSteps } from '../base/amounts.ts';
import type { Distribution } from '../base/distributions.ts';
import type { Random } from '../base/random.ts';
import { SECOND, type Time } from '../base/time.ts';
import { JobBatch, JobFlag } from './job-batch.ts';
import { type SourceAccount, tally, type WorkloadContext } from './workload-source.ts';

/** What the jobs of one workload item are like; every number may be drawn. */
export interface JobTemplate {
  /** Tasks of a job. */
  readonly tasks: Distribution;
  /** Units of each resource that one task demands, in order of the catalog; null for none. */
  readonly demand: readonly (Distribution | null)[];
  /** Microseconds that one task runs. */
  readonly duration: Distribution;
  /** Microseconds that the user expects the job to run. */
  readonly estimate: Distribution | null;
  readonly priority: number;
  /** Row of the run's weights. */
  readonly weight: number;
  readonly gang: boolean;
  /** Row of the run's constraints. */
  readonly constraint: number;
}

const BATCH = 8_192;

/** Hands jobs on in batches; `next` appends one, or says false when there are no more. */
export function* inBatches(resources: number, next: (batch: JobBatch) => boolean): Generator<JobBatch> {
  let batch = new JobBatch(resources);
  while (next(batch)) {
    if (batch.jobs < BATCH) continue;
    yield batch;
    batch = new JobBatch(resources);
  }
  if (batch.jobs > 0) yield batch;
}

/** A heavy tail may draw more than the clock can hold. */
export const LONGEST: Time = 100 * 365 * 86_400 * SECOND;

/** Draws jobs from a template, each quantity from a stream of its own. */
export class JobDrawer {
  readonly #template: JobTemplate;
  readonly #context: WorkloadContext;
  readonly #account: SourceAccount;
  readonly #tasks: Random;
  readonly #durations: Random;
  readonly #estimates: Random;
  readonly #demands: readonly Random[];

  constructor(template: JobTemplate, context: WorkloadContext, account: SourceAccount) {
    this.#template = template;
    this.#context = context;
    this.#account = account;
    this.#tasks = context.stream('tasks');
    this.#durations = context.stream('durations');
    this.#estimates = context.stream('estimates');
    this.#demands = context.resources.map(({ name }) => context.stream(`demand/${name}`));
  }

  /** Appends one job to the batch. */
  draw(batch: JobBatch, name: string, framework: number, submit: number): void {
    const { tasks, duration, estimate, priority, weight, gang, constraint } = this.#template;
    const { resources, source } = this.#context;
    const job = batch.addJob(name, framework, submit, source);
    batch.priority[job] = priority;
    batch.weight[job] = weight;
    batch.constraint[job] = constraint;
    batch.flags[job] = gang ? JobFlag.gang : JobFlag.none;
    const count = Math.max(1, Math.round(tasks.draw(this.#tasks)));
    for (let i = 0; i < count; i++) {
      const task = batch.addTask(this.#time(duration, this.#durations));
      for (let r = 0; r < resources.length; r++) {
        batch.demand[task * resources.length + r] = this.#amount(this.#template.demand[r]!, resources[r]!, r);
      }
    }
    if (estimate !== null) batch.estimate[job] = this.#time(estimate, this.#estimates);
    this.#account.read++;
  }

  #time(law: Distribution, random: Random): Time {
    const drawn = Math.round(law.draw(random));
    if (drawn <= LONGEST) return drawn;
    tally(this.#account.notes, 'time cut to 100 years');
    return LONGEST;
  }

  #amount(demand: Distribution | null, resource: Resource, r: number): number {
    if (demand === null) return 0;
    const { amount, exact } = toSteps(Math.max(0, demand.draw(this.#demands[r]!)), resource, 'demand');
    if (!exact) tally(this.#account.notes, `${resource.name} rounded up to 1/${resource.scale}`);
    if (resource.devices && amount > resource.scale) return Math.ceil(amount / resource.scale) * resource.scale;
    return amount;
  }
}
