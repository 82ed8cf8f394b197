import { type Amount, type ResourceCatalog, toUnits } from '../base/amounts.ts';
import type { ConstraintTable } from './constraints.ts';
import type { NodeGroup } from './node-table.ts';
import { pack } from './packing.ts';

/** One job as far as it matters for whether it could ever run: demands of its tasks, stride one column a resource. */
export interface JobDemand {
  readonly demand: Float64Array;
  /** First and end row of the job's tasks. */
  readonly from: number;
  readonly end: number;
  readonly gang: boolean;
  readonly constraint: number;
}

/** Answers whether a job could run if the cluster were empty. */
export class Feasibility {
  readonly #resources: ResourceCatalog;
  readonly #groups: readonly NodeGroup[];
  /** The groups, those that are alike as one: a list of nodes in a file gives a group a node. */
  readonly #kinds: readonly NodeGroup[];
  readonly #constraints: ConstraintTable;
  /** What a node of the first group has; a task without constraint that demands no more can run. */
  readonly #ample: Float64Array;

  constructor(resources: ResourceCatalog, groups: readonly NodeGroup[], constraints: ConstraintTable) {
    this.#resources = resources;
    this.#groups = groups;
    this.#kinds = kindsOf(groups);
    this.#constraints = constraints;
    this.#ample = Float64Array.from(resources, (each, r) => (each.devices ? 0 : (groups[0]?.capacity[r] ?? 0)));
  }

  /**
   * Gives why the job can never run, or null when it can.
   *
   * @param nodesChange true if nodes may go down: a task that demands nothing would fit on those too.
   */
  reason(job: JobDemand, nodesChange = false): string | null {
    if (nodesChange && this.#hasWeightless(job)) return 'a task demands nothing, and nodes of this cluster go down';
    if (job.end === job.from + 1 && job.constraint === 0 && this.#isAmple(job)) return null;
    const stride = this.#resources.length;
    for (let task = job.from; task < job.end; task++) {
      const at = task * stride;
      if (task > job.from && same(job.demand, at, at - stride, stride)) continue;
      if (!this.#kinds.some((group) => this.#most(group, job, at) >= 1)) return this.#explain(job, at);
    }
    return job.gang ? this.#gangReason(job) : null;
  }

  #hasWeightless({ demand, from, end }: JobDemand): boolean {
    const stride = this.#resources.length;
    for (let task = from; task < end; task++) {
      if (demand.subarray(task * stride, (task + 1) * stride).every((amount) => amount === 0)) return true;
    }
    return false;
  }

  /** True if the job's only task fits on an empty node of the first group; says nothing where it is false. */
  #isAmple({ demand, from }: JobDemand): boolean {
    const ample = this.#ample;
    const at = from * ample.length;
    for (let r = 0; r < ample.length; r++) if (demand[at + r]! > ample[r]!) return false;
    return true;
  }

  /** How many tasks with the demand at `at` an empty node of the group holds. */
  #most(group: NodeGroup, job: JobDemand, at: number): number {
    if (job.constraint !== 0 && !this.#constraints.satisfies(group, job.constraint)) return 0;
    let most = Number.POSITIVE_INFINITY;
    for (let r = 0; r < this.#resources.length; r++) {
      const demand = job.demand[at + r]!;
      if (demand > 0) most = Math.min(most, this.#holds(r, group.capacity[r]!, demand));
    }
    return most;
  }

  #holds(r: number, capacity: Amount, demand: Amount): number {
    const { devices, scale } = this.#resources[r]!;
    if (devices && demand < scale) return (capacity / scale) * Math.floor(scale / demand);
    return Math.floor(capacity / demand);
  }

  #explain(job: JobDemand, at: number): string {
    const allowed = this.#kinds.filter((group) => this.#constraints.satisfies(group, job.constraint));
    if (allowed.length === 0) return `no node has ${this.#constraints.describe(job.constraint)}`;
    for (const [r, resource] of this.#resources.entries()) {
      const demand = job.demand[at + r]!;
      const largest = Math.max(...allowed.map((group) => group.capacity[r]!));
      if (demand > largest) {
        return `a task needs ${toUnits(demand, resource)} ${resource.name}, the largest node has ${toUnits(largest, resource)}`;
      }
    }
    return 'no single node has everything that a task needs';
  }

  /** A gang of like tasks fits if the nodes hold enough of them; for an uneven one a packing must be found. */
  #gangReason(job: JobDemand): string | null {
    const stride = this.#resources.length;
    const count = job.end - job.from;
    const at = job.from * stride;
    let even = true;
    for (let task = job.from + 1; even && task < job.end; task++) even = same(job.demand, task * stride, at, stride);
    if (even) {
      let room = 0;
      for (const group of this.#kinds) room += this.#most(group, job, at) * group.count;
      return room >= count ? null : `its ${count} tasks start together, the cluster holds ${room} of them at once`;
    }
    return this.#packs(job) ? null : `its ${count} tasks start together and find no room side by side`;
  }

  #packs(job: JobDemand): boolean {
    const nodes = this.#groups.flatMap((group) => {
      const allowed = this.#constraints.satisfies(group, job.constraint);
      const node = { capacity: group.capacity, allowed };
      return Array.from({ length: Math.min(group.count, job.end - job.from) }, () => node);
    });
    return pack(this.#resources, nodes, job.demand, job.from, job.end) !== null;
  }
}

function kindsOf(groups: readonly NodeGroup[]): NodeGroup[] {
  const kinds = new Map<string, NodeGroup>();
  for (const group of groups) {
    const attributes = Object.entries(group.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([group.capacity, attributes]);
    const like = kinds.get(key);
    kinds.set(key, like === undefined ? group : { ...like, count: like.count + group.count });
  }
  return [...kinds.values()];
}

function same(demand: Float64Array, a: number, b: number, stride: number): boolean {
  for (let r = 0; r < stride; r++) if (demand[a + r] !== demand[b + r]) return false;
  return true;
}
