import { type Resource, toSteps } from '../../base/amounts.ts';
import { ScenarioError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { type JobBatch, JobFlag } from '../job-batch.ts';
import { jobStages } from '../job-stages.ts';
import { LONGEST } from '../job-template.ts';
import { type SourceAccount, tally, type WorkloadContext } from '../workload-source.ts';
import type { DrawJob, DrawnGroup, GivenTemplate } from './generator.ts';

/**
 * Writes the jobs that a model draws; what the scenario says in place of the model is drawn from streams of its own, while
 * the model still draws as if nothing had been said, so that one replaced law moves no other quantity.
 */
export class ModelDrawer {
  readonly #draw: DrawJob;
  readonly #template: GivenTemplate;
  readonly #context: WorkloadContext;
  readonly #account: SourceAccount;
  readonly #counts: Random;
  readonly #durations: Random;
  readonly #estimates: Random;
  readonly #demands: readonly Random[];

  constructor(draw: DrawJob, template: GivenTemplate, context: WorkloadContext, account: SourceAccount) {
    this.#draw = draw;
    this.#template = template;
    this.#context = context;
    this.#account = account;
    this.#counts = context.stream('given/tasks');
    this.#durations = context.stream('given/durations');
    this.#estimates = context.stream('estimates');
    this.#demands = context.resources.map(({ name }) => context.stream(`given/demand/${name}`));
  }

  /** Appends one job to the batch. */
  draw(batch: JobBatch, name: string, framework: number, submit: number): void {
    const { estimate, priority, weight, constraint, as } = this.#template;
    const job = batch.addJob(name, framework, submit, this.#context.source);
    batch.priority[job] = priority;
    batch.weight[job] = weight;
    batch.constraint[job] = constraint;
    batch.flags[job] = as === 'gang' || this.#template.gang ? JobFlag.gang : JobFlag.none;
    const groups = this.#draw();
    const widths = groups.map((group) => this.#writeGroup(batch, group));
    if (groups.length > 1 && groups.some(({ parents }) => parents !== undefined && parents.length > 0)) {
      batch.stages[job] = jobStages(
        widths,
        groups.map(({ parents }) => parents ?? []),
      );
    }
    if (estimate !== null) batch.estimate[job] = this.#time(estimate.draw(this.#estimates));
    this.#account.read++;
  }

  /** Gives how many task rows the group has become. */
  #writeGroup(batch: JobBatch, group: DrawnGroup): number {
    const { tasks, duration, as } = this.#template;
    const width = tasks === null ? group.tasks : Math.max(1, Math.round(tasks.draw(this.#counts)));
    const [rows, times] = as === 'pool' ? [1, width] : [width, 1];
    const { resources } = this.#context;
    for (let i = 0; i < rows; i++) {
      const run = duration === null ? group.run : duration.draw(this.#durations);
      const task = batch.addTask(this.#time(run));
      let isNothing = true;
      for (const [r, resource] of resources.entries()) {
        const amount = this.#amount(group, resource, r) * times;
        batch.demand[task * resources.length + r] = amount;
        if (amount > 0) isNothing = false;
      }
      if (isNothing && this.#template.demand === null) throw this.#foreign(group);
    }
    return rows;
  }

  #time(drawn: number): number {
    const time = Math.round(drawn);
    if (time <= LONGEST) return time;
    tally(this.#account.notes, 'time cut to 100 years');
    return LONGEST;
  }

  #amount(group: DrawnGroup, resource: Resource, r: number): number {
    const { demand } = this.#template;
    const given = demand === null ? undefined : demand[r];
    const quantity = demand === null ? (group.demand[resource.name] ?? 0) : (given?.draw(this.#demands[r]!) ?? 0);
    const { amount, exact } = toSteps(Math.max(0, quantity), resource, 'demand');
    if (!exact) tally(this.#account.notes, `${resource.name} rounded up to 1/${resource.scale}`);
    if (resource.devices && amount > resource.scale) return Math.ceil(amount / resource.scale) * resource.scale;
    return amount;
  }

  #foreign({ demand }: DrawnGroup): ScenarioError {
    const wanted = Object.keys(demand).join(', ');
    const known = this.#context.resources.map(({ name }) => name).join(', ');
    const message = `the jobs of ${this.#account.format} ask for ${wanted}, and the cluster has ${known}`;
    return new ScenarioError([{ path: '', message, suggestion: 'say with `demand` what a task asks for' }]);
  }
}
