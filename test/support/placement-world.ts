import { resource } from '../../src/base/amounts.ts';
import type { NodeId, TaskId } from '../../src/base/ids.ts';
import { Cluster } from '../../src/cluster/cluster.ts';
import { ConstraintTable } from '../../src/cluster/constraints.ts';

/** Some like nodes, amounts in whole steps. */
export interface WorldNodes {
  readonly count: number;
  readonly capacity: readonly number[];
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A cluster to place single tasks in: resources are `r0`, `r1`, …; those listed in `devices` hold devices of 1000 steps. */
export class PlacementWorld {
  readonly cluster: Cluster;
  #submitted = 0;

  constructor(groups: readonly WorldNodes[], devices: readonly number[] = []) {
    const width = groups[0]!.capacity.length;
    const resources = Array.from({ length: width }, (_, r) => resource(`r${r}`, { devices: devices.includes(r) }));
    const nodes = groups.map((group, g) => ({ name: `g${g}`, attributes: {}, ...group }));
    this.cluster = new Cluster(resources, nodes, new ConstraintTable());
    this.cluster.addFramework('all', 'all');
  }

  /** Queues a task; its constraint is on the attributes of nodes. */
  task(demand: readonly number[], constraint: Readonly<Record<string, readonly string[]>> = {}): TaskId {
    const job = this.cluster.submit(
      {
        index: this.#submitted,
        name: this.#submitted++,
        framework: 0,
        submit: 0,
        estimate: 1,
        runTime: 0,
        width: 0,
        area: 0,
        priority: 0,
        weight: 0,
        flags: 0,
        constraint: this.cluster.constraints.add(constraint),
        source: 0,
        taskCount: 1,
      },
      Float64Array.of(1),
      Float64Array.from(demand),
      0,
    );
    return this.cluster.firstQueuedTask(job);
  }

  /** Starts a new task of that demand on the node. */
  run(demand: readonly number[], node: NodeId): TaskId {
    const task = this.task(demand);
    this.cluster.start(task, node);
    return task;
  }

  end(task: TaskId): void {
    this.cluster.end(task);
    this.cluster.remove(this.cluster.jobOf(task));
  }
}
