import { type ResourceCatalog, toUnits } from '../../base/amounts.ts';
import type { JobId, TaskId } from '../../base/ids.ts';
import type { Random } from '../../base/random.ts';
import { type Time, toSeconds } from '../../base/time.ts';

/** Gives amounts in units of their resources, by name. */
export function unitsOf(resources: ResourceCatalog, amount: (resource: number) => number): Record<string, number> {
  return Object.fromEntries(resources.map((resource, r) => [resource.name, toUnits(amount(r), resource)]));
}

/** Gives amounts for an error: `cpus 2 of 1`, those that do not suffice alone. */
export function lacking(
  resources: ResourceCatalog,
  needed: (resource: number) => number,
  there: (resource: number) => number,
): string {
  return resources
    .flatMap((resource, r) =>
      needed(r) > there(r)
        ? [`${toUnits(needed(r), resource)} ${resource.name} of ${toUnits(there(r), resource)}`]
        : [],
    )
    .join(', ');
}

/** Says how each resource is counted. */
export function describeResources(resources: ResourceCatalog): object[] {
  return resources.map(({ name, unit, scale, devices }) => ({
    name,
    ...(unit !== '' && { unit }),
    step: 1 / scale,
    ...(devices && { devices }),
  }));
}

/** Draws a seed for a party: another one for each, the same for the same seed of the run. */
export function drawSeed(stream: Random): number {
  return Math.floor(stream() * Number.MAX_SAFE_INTEGER);
}

/** What tells of a job, whoever sees it. */
export interface JobFacts {
  submission(job: JobId): number;
  submitTime(job: JobId): Time;
  estimate(job: JobId): Time;
  priority(job: JobId): number;
  isGang(job: JobId): boolean;
  firstTask(job: JobId): TaskId;
  taskCount(job: JobId): number;
  isWaiting(task: TaskId): boolean;
  demand(task: TaskId, resource: number): number;
}

/** Tells of a job and its tasks; `where` adds where a task may run, for those that may not run everywhere. */
export function describeJob(
  job: JobId,
  facts: JobFacts,
  resources: ResourceCatalog,
  where: (task: TaskId) => object,
): object {
  const first = facts.firstTask(job);
  const number = facts.submission(job);
  return {
    job: number,
    submit: toSeconds(facts.submitTime(job)),
    estimate: toSeconds(facts.estimate(job)),
    priority: facts.priority(job),
    gang: facts.isGang(job) && facts.taskCount(job) > 1,
    tasks: Array.from({ length: facts.taskCount(job) }, (_, position) => ({
      task: `${number}/${position}`,
      demand: unitsOf(resources, (r) => facts.demand(first + position, r)),
      ...(facts.isWaiting(first + position) && { waits: true }),
      ...where(first + position),
    })),
  };
}
