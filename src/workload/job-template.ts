import type { Resource, ResourceCatalog } from '../base/amounts.ts';
import { toSteps } from '../base/amounts.ts';
import type { Distribution } from '../base/distributions.ts';
import { ScenarioError } from '../base/errors.ts';
import type { Random } from '../base/random.ts';
import { SECOND, type Time } from '../base/time.ts';
import { JobBatch, JobFlag, WIDEST_JOB } from './job-batch.ts';
import { jobStages } from './job-stages.ts';
import { type SourceAccount, tally, type WorkloadContext } from './workload-source.ts';

/** What one stage of the jobs is like. */
export interface StageTemplate {
  readonly name: string;
  /** The stages that it waits for, by position, each once and in no circle. */
  readonly parents: readonly number[];
  readonly tasks: Distribution;
  readonly duration: Distribution;
  readonly demand: readonly (Distribution | null)[];
}

/** What the jobs of one workload item are like; every number may be drawn. */
export interface JobTemplate {
  /** Tasks of a job. */
  readonly tasks: Distribution;
  /** Units of each resource that one task demands, in order of the catalog; null for none. */
  readonly demand: readonly (Distribution | null)[];
  /** Microseconds that one task runs. */
  readonly duration: Distribution;
  /** Absent where no task waits for another. Else stages say what tasks are like, and what stands beside them here is not used. */
  readonly stages?: readonly StageTemplate[] | undefined;
  /** Microseconds that the user expects the job to run. */
  readonly estimate: Distribution | null;
  readonly priority: number;
  /** Row of the run's weights. */
  readonly weight: number;
  readonly gang: boolean;
  /** Row of the run's constraints. */
  readonly constraint: number;
}

/** Says whether every job of a template is one task that may run on any node. */
export function drawsSingleTasks({
  tasks,
  stages,
  constraint,
}: Pick<JobTemplate, 'stages' | 'constraint'> & { readonly tasks: Distribution | null }): boolean {
  return tasks !== null && tasks.quantile(1) <= 1 && stages === undefined && constraint === 0;
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
  readonly #tasks: TaskDrawer;
  readonly #stages: readonly TaskDrawer[];
  readonly #parents: readonly (readonly number[])[];
  readonly #estimates: Random;

  constructor(template: JobTemplate, context: WorkloadContext, account: SourceAccount) {
    this.#template = template;
    this.#context = context;
    this.#account = account;
    this.#tasks = new TaskDrawer(template, '', context, account);
    const stages = template.stages ?? [];
    this.#stages = stages.map((stage) => new TaskDrawer(stage, `stages/${stage.name}/`, context, account));
    this.#parents = stages.map(({ parents }) => parents);
    this.#estimates = context.stream('estimates');
  }

  /** Appends one job to the batch. */
  draw(batch: JobBatch, name: string, framework: number, submit: number): void {
    const { estimate, priority, weight, gang, constraint } = this.#template;
    const { source } = this.#context;
    const job = batch.addJob(name, framework, submit, source);
    batch.priority[job] = priority;
    batch.weight[job] = weight;
    batch.constraint[job] = constraint;
    batch.flags[job] = gang ? JobFlag.gang : JobFlag.none;
    if (this.#stages.length === 0) this.#tasks.draw(batch);
    else {
      const widths = this.#stages.map((stage) => stage.draw(batch));
      if (this.#parents.some((parents) => parents.length > 0)) batch.stages[job] = jobStages(widths, this.#parents);
    }
    if (estimate !== null) batch.estimate[job] = drawTime(estimate, this.#estimates, this.#account);
    this.#account.read++;
  }
}

/** Draws the tasks of a job, or of one stage of it. */
class TaskDrawer {
  readonly #of: Pick<StageTemplate, 'tasks' | 'duration' | 'demand'>;
  readonly #resources: ResourceCatalog;
  readonly #account: SourceAccount;
  readonly #tasks: Random;
  readonly #durations: Random;
  readonly #demands: readonly Random[];

  /** @param streams what the names of its streams begin with. */
  constructor(
    of: Pick<StageTemplate, 'tasks' | 'duration' | 'demand'>,
    streams: string,
    context: WorkloadContext,
    account: SourceAccount,
  ) {
    this.#of = of;
    this.#resources = context.resources;
    this.#account = account;
    this.#tasks = context.stream(`${streams}tasks`);
    this.#durations = context.stream(`${streams}durations`);
    this.#demands = context.resources.map(({ name }) => context.stream(`${streams}demand/${name}`));
  }

  /** Appends the tasks to the last job of the batch, and gives how many. */
  draw(batch: JobBatch): number {
    const { tasks, duration, demand } = this.#of;
    const resources = this.#resources;
    const count = Math.max(1, Math.round(tasks.draw(this.#tasks)));
    if (count > WIDEST_JOB) throw new ScenarioError(`a job would have ${count} tasks; ${WIDEST_JOB} are the most`);
    for (let i = 0; i < count; i++) {
      const task = batch.addTask(drawTime(duration, this.#durations, this.#account));
      for (let r = 0; r < resources.length; r++) {
        batch.demand[task * resources.length + r] = this.#amount(demand[r]!, resources[r]!, r);
      }
    }
    return count;
  }

  #amount(demand: Distribution | null, resource: Resource, r: number): number {
    if (demand === null) return 0;
    const { amount, exact } = toSteps(Math.max(0, demand.draw(this.#demands[r]!)), resource, 'demand');
    if (!exact) tally(this.#account.notes, `${resource.name} rounded up to 1/${resource.scale}`);
    if (resource.devices && amount > resource.scale) return Math.ceil(amount / resource.scale) * resource.scale;
    return amount;
  }
}

function drawTime(law: Distribution, random: Random, account: SourceAccount): Time {
  const drawn = Math.round(law.draw(random));
  if (drawn <= LONGEST) return drawn;
  tally(account.notes, 'time cut to 100 years');
  return LONGEST;
}
