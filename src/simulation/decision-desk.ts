import type { Decisions } from '../allocators/allocator.ts';
import { AllocatorError } from '../base/errors.ts';
import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';

/** What the desk may do once a decision is found good. */
export interface Clerk {
  start(task: TaskId, node: NodeId): void;
  wakeAt(time: Time): void;
}

/** Checks what an allocator decides and has it done at once; the only way from an allocator to the cluster. */
export class DecisionDesk implements Decisions {
  readonly #allocator: string;
  readonly #cluster: Cluster;
  readonly #clerk: Clerk;
  #launches = 0;
  #wokenAt: Time = Number.NaN;
  #launchesWhenWoken = -1;

  constructor(allocator: string, cluster: Cluster, clerk: Clerk) {
    this.#allocator = allocator;
    this.#cluster = cluster;
    this.#clerk = clerk;
  }

  /** Tasks launched so far. */
  get launches(): number {
    return this.#launches;
  }

  launch(task: TaskId, node: NodeId): void {
    if (!this.#cluster.isQueued(task)) this.#refuse(`${this.#name(task)} is not queued`);
    const job = this.#cluster.jobOf(task);
    if (this.#cluster.isGang(job) && this.#cluster.taskCount(job) > 1) {
      this.#refuse(`${this.#name(task)} belongs to a gang; launchGang starts all of it or nothing`);
    }
    this.#check(task, node);
    this.#launches++;
    this.#clerk.start(task, node);
  }

  launchGang(job: JobId, nodes: readonly NodeId[]): void {
    const cluster = this.#cluster;
    const count = cluster.taskCount(job);
    if (nodes.length !== count) this.#refuse(`a gang of ${count} tasks was launched on ${nodes.length} nodes`);
    const first = cluster.jobs.firstTask[job]!;
    for (let i = 0; i < count; i++)
      if (!cluster.isQueued(first + i)) this.#refuse(`${this.#name(first + i)} is not queued`);
    try {
      for (let i = 0; i < count; i++) {
        this.#check(first + i, nodes[i]!);
        cluster.trial.take(first + i, nodes[i]!);
      }
    } finally {
      cluster.trial.rollback();
    }
    for (let i = 0; i < count; i++) this.#clerk.start(first + i, nodes[i]!);
    this.#launches += count;
  }

  wakeAt(time: Time): void {
    const { now } = this.#cluster;
    if (!(time >= now)) this.#refuse(`asked to be woken at ${time} us, but it is ${now} us`);
    if (time === now) {
      if (this.#wokenAt === now && this.#launchesWhenWoken === this.#launches) {
        this.#refuse(`asked for a pass at once twice running without launching anything, at ${now} us`);
      }
      this.#wokenAt = now;
      this.#launchesWhenWoken = this.#launches;
    }
    this.#clerk.wakeAt(Math.ceil(time));
  }

  #check(task: TaskId, node: NodeId): void {
    const cluster = this.#cluster;
    if (!(Number.isInteger(node) && node >= 0 && node < cluster.nodeCount))
      this.#refuse(`${this.#name(task)} was launched on node ${node}, which does not exist`);
    if (cluster.fits(task, node)) return;
    const lacking = cluster.resources
      .map(({ name }, r) => ({ name, needs: cluster.demand(task, r), free: cluster.free(node, r) }))
      .filter(({ needs, free }) => needs > free)
      .map(({ name, needs, free }) => `${name}: needs ${needs}, free ${free}`);
    this.#refuse(
      `${this.#name(task)} does not fit on node ${cluster.nodes.name(node)} (${lacking.join('; ') || 'its devices or constraints'})`,
    );
  }

  #name(task: TaskId): string {
    const { jobs } = this.#cluster;
    const job = this.#cluster.jobOf(task);
    const position = task - (jobs.firstTask[job] ?? Number.NaN);
    if (!(position >= 0 && position < jobs.taskCount[job]!)) return `row ${task}, which is no task of any job,`;
    return `task ${position} of job ${jobs.name[job]}`;
  }

  #refuse(problem: string): never {
    throw new AllocatorError(this.#allocator, problem);
  }
}
