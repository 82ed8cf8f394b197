import type { FrameworkId, JobId, NodeId, TaskId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { behindOwn } from './behind-own.ts';
import { JobStarter } from './job-starter.ts';
import { readShareOptions, shareOptions } from './share-allocator.ts';
import { ShareTree } from './share-tree.ts';
import type { WaitingReason } from './waiting-reason.ts';

/** Nodes of one class, and who is next on them. */
interface Pool {
  readonly nodes: readonly NodeId[];
  readonly tree: ShareTree;
}

/**
 * Progressive filling by virtual shares: on each class of nodes a share is counted of what that class has, whatever nodes the
 * tasks run on.
 */
class PsDsf implements Allocator {
  readonly name = 'ps-dsf';
  readonly #view: ClusterView;
  /** Starts gangs, which may need nodes of several classes. */
  readonly #gangs: JobStarter;
  readonly #pools: readonly Pool[];
  readonly #changed = new Set<FrameworkId>();
  #releases = -1;

  constructor(view: ClusterView, gangs: JobStarter, pools: readonly Pool[]) {
    this.#view = view;
    this.#gangs = gangs;
    this.#pools = pools;
  }

  onJobQueued(job: JobId): void {
    this.#changed.add(this.#view.frameworkOf(job));
  }

  onTaskEnded(_task: TaskId, job: JobId): void {
    this.#changed.add(this.#view.frameworkOf(job));
  }

  onTaskPreempted(_task: TaskId, job: JobId): void {
    this.#changed.add(this.#view.frameworkOf(job));
  }

  onTasksReady(job: JobId): void {
    this.#changed.add(this.#view.frameworkOf(job));
  }

  onNodeChanged(node: NodeId): void {
    this.#pools[this.#view.nodeClass(node)]!.tree.countCapacity();
  }

  allocate(view: ClusterView, decide: Decisions): void {
    const isFreed = view.releases !== this.#releases || view.unevenGangs > 0;
    this.#releases = view.releases;
    for (const { tree } of this.#pools) {
      tree.grow();
      for (const framework of this.#changed) tree.changed(framework);
      if (isFreed) tree.unblock();
    }
    for (const framework of this.#changed) this.#shutOut(framework);
    this.#changed.clear();
    for (const { tree } of this.#pools) tree.watchExhaustion();
    for (let pool = this.#next(); pool !== null; pool = this.#next()) this.#give(pool, view, decide);
  }

  whyWaiting(job: JobId): WaitingReason | null {
    return behindOwn(this.#view, job);
  }

  /**
   * The class on which someone has the least virtual share; of several the one on which those behind have most, so that
   * nobody takes from others what it can have alone; then the first listed.
   */
  #next(): Pool | null {
    let least = Number.POSITIVE_INFINITY;
    let behind = Number.NEGATIVE_INFINITY;
    let best: Pool | null = null;
    for (const pool of this.#pools) {
      const share = pool.tree.leastShare;
      if (share === Number.POSITIVE_INFINITY || share > least) continue;
      const runnerUp = pool.tree.runnerUpShare;
      if (share === least && runnerUp <= behind) continue;
      least = share;
      behind = runnerUp;
      best = pool;
    }
    return best;
  }

  /** Gives a task to who is next on the class, or passes it over there. */
  #give(pool: Pool, view: ClusterView, decide: Decisions): void {
    const framework = pool.tree.next();
    const job = view.firstQueuedJobOf(framework);
    const task = view.firstQueuedTask(job);
    if (view.isGang(job) && view.taskCount(job) > 1) {
      if (!this.#gangs.startNext(job, decide)) {
        for (const { tree } of this.#pools) tree.block(framework);
        return;
      }
    } else {
      const node = pool.nodes.find((each) => view.fits(task, each));
      if (node === undefined) {
        pool.tree.block(framework);
        return;
      }
      decide.launch(task, node);
    }
    const isOther = !this.#isNextLike(framework, task);
    for (const { tree } of this.#pools) {
      tree.allocated(framework);
      if (isOther) tree.reopen(framework);
    }
    if (isOther) this.#shutOut(framework);
    for (const { tree } of this.#pools) tree.watchExhaustion();
  }

  /** Passes a framework over on classes whose nodes could not hold its next task if they were empty. */
  #shutOut(framework: FrameworkId): void {
    const view = this.#view;
    if (view.frameworkQueuedTasks(framework) === 0) return;
    const job = view.firstQueuedJobOf(framework);
    // Where the tasks of a gang go is not up to one class.
    if (view.isGang(job) && view.taskCount(job) > 1) return;
    const task = view.firstQueuedTask(job);
    for (const { nodes, tree } of this.#pools) {
      const [node] = nodes;
      const isAllowed = view.classSatisfies(view.nodeClass(node!), view.constraint(task));
      const isHeld = view.resources.every((_, r) => view.demand(task, r) <= view.capacity(node!, r));
      if (!isAllowed || !isHeld) tree.shut(framework);
    }
  }

  /** Says whether the framework has a next task, and it fits wherever this one would and nowhere else. */
  #isNextLike(framework: FrameworkId, task: TaskId): boolean {
    const view = this.#view;
    if (view.frameworkQueuedTasks(framework) === 0) return false;
    const job = view.firstQueuedJobOf(framework);
    const next = view.firstQueuedTask(job);
    if (view.isGang(job) || view.isGang(view.jobOf(task))) return false;
    if (view.constraint(next) !== view.constraint(task)) return false;
    return view.resources.every((_, r) => view.demand(next, r) === view.demand(task, r));
  }
}

export const psDsf: AllocatorDefinition = {
  name: 'ps-dsf',
  summary:
    'per-server dominant-share fairness: on each class of nodes the role with the least virtual share / weight whose next task fits there is next',
  source: 'Khamse-Ashari et al., Per-server dominant-share fairness (PS-DSF), IEEE ICC 2017, section III',
  options: shareOptions,
  create: (options, { view, placement }) => {
    const classes = Array.from({ length: view.nodeClassCount }, (): NodeId[] => []);
    for (let node = 0; node < view.nodeCount; node++) classes[view.nodeClass(node)]!.push(node);
    const pools = classes.map((nodes) => {
      const totalOf = (r: number) =>
        nodes.reduce((sum, node) => (view.nodeState(node) === 'down' ? sum : sum + view.capacity(node, r)), 0);
      return { nodes, tree: new ShareTree(view, ...readShareOptions(options), 'dominant', totalOf) };
    });
    return new PsDsf(view, new JobStarter(view, placement('first-fit')), pools);
  },
};
