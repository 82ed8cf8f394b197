import { type Resource, resource } from '../../src/base/amounts.ts';
import type { FrameworkId, JobId, NodeId, TaskId } from '../../src/base/ids.ts';
import { Cluster } from '../../src/cluster/cluster.ts';
import type { Constraint } from '../../src/cluster/constraints.ts';
import type { NodeGroup } from '../../src/cluster/node-table.ts';
import type { StageGraph } from '../../src/cluster/stage-progress.ts';

/** What a job of a test says of itself; one task of nothing at all unless said otherwise. */
export interface SmallJob {
  readonly framework?: string;
  /** One list a task, in units of each resource. */
  readonly demands?: readonly (readonly number[])[];
  readonly gang?: boolean;
  readonly constraint?: Constraint;
  /** Which of its tasks wait for which. */
  readonly stages?: StageGraph;
}

/** A cluster with cpus and gpus (devices), whose amounts a test writes in units. */
export class SmallCluster {
  readonly cluster: Cluster;
  readonly #frameworks = new Map<string, number>();
  #submitted = 0;

  constructor(
    nodes: readonly (readonly number[])[],
    attributes: readonly Readonly<Record<string, string>>[] = [],
    resources: readonly Resource[] = [resource('cpus'), resource('gpus', { devices: true })],
  ) {
    this.cluster = new Cluster(resources, groupsOf(nodes, attributes));
  }

  /** The framework of that name, which is added where it is new. */
  framework(name: string): FrameworkId {
    const known = this.#frameworks.get(name);
    if (known !== undefined) return known;
    const framework = this.cluster.addFramework(name, name);
    this.#frameworks.set(name, framework);
    return framework;
  }

  submit(job: SmallJob = {}): JobId {
    const { framework = 'a', demands = [[0, 0]], gang = false, constraint = {}, stages } = job;
    const { cluster } = this;
    const entry = {
      index: this.#submitted,
      name: this.#submitted++,
      framework: this.framework(framework),
      submit: cluster.now,
      estimate: Number.NaN,
      runTime: 1,
      width: 0,
      area: 0,
      priority: 0,
      weight: 0,
      flags: gang ? 1 : 0,
      constraint: cluster.constraints.add(constraint),
      source: 0,
      taskCount: demands.length,
      stages,
    };
    const steps = Float64Array.from(demands.flat(), (units) => units * 1000);
    return cluster.submit(entry, new Float64Array(demands.length).fill(1), steps, 0);
  }

  /** Submits a job of one task and gives the task. */
  task(demand: readonly number[], constraint: Constraint = {}): TaskId {
    return this.cluster.firstQueuedTask(this.submit({ demands: [demand], constraint }));
  }

  /** Starts a new task on a node. */
  run(demand: readonly number[], node: NodeId): TaskId {
    const task = this.task(demand);
    this.cluster.start(task, node);
    return task;
  }

  /** Ends a task; its job goes too when it was the last. */
  end(task: TaskId): void {
    const job = this.cluster.jobOf(task);
    this.cluster.end(task);
    if (this.cluster.finish(task)) this.cluster.remove(job);
  }

  /** The jobs in the queue, by their position among all submissions. */
  queue(framework?: string): number[] {
    const { cluster } = this;
    const id = framework === undefined ? -1 : this.#frameworks.get(framework)!;
    const jobs: number[] = [];
    const first = id < 0 ? cluster.firstQueuedJob() : cluster.firstQueuedJobOf(id);
    for (let job = first; job >= 0; job = id < 0 ? cluster.nextQueuedJob(job) : cluster.nextQueuedJobOf(job)) {
      jobs.push(cluster.submission(job));
    }
    return jobs;
  }

  /** The queued tasks of a job, by position. */
  tasksOf(job: JobId): number[] {
    const { cluster } = this;
    const tasks: number[] = [];
    for (let task = cluster.firstQueuedTask(job); task >= 0; task = cluster.nextQueuedTask(task)) {
      tasks.push(task - cluster.firstTask(job));
    }
    return tasks;
  }
}

/** Groups of one node each, `n0`, `n1`, …, with capacities in units. */
export function groupsOf(
  nodes: readonly (readonly number[])[],
  attributes: readonly Readonly<Record<string, string>>[] = [],
): NodeGroup[] {
  return nodes.map((units, n) => ({
    name: `n${n}`,
    count: 1,
    capacity: units.map((amount) => amount * 1000),
    attributes: attributes[n] ?? {},
  }));
}
