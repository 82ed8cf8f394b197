import { type FrameworkId, type JobId, NONE, type TaskId } from '../base/ids.ts';
import type { OptionReader, OptionSpecs } from '../base/options.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, Decisions } from './allocator.ts';
import { behindOwn } from './behind-own.ts';
import type { JobStarter } from './job-starter.ts';
import type { Hierarchy, ShareTree, Ties } from './share-tree.ts';
import type { WaitingReason } from './waiting-reason.ts';

/** What all allocators take that descend a tree of roles. */
export const shareOptions = {
  hierarchy: {
    kind: 'choice',
    of: ['hdrf', 'sorter', 'flat'],
    default: 'hdrf',
    summary:
      'how a role with roles below it is counted: rescaled (hdrf), by all that runs below (sorter), or not at all (flat)',
  },
  ties: {
    kind: 'choice',
    of: ['listed', 'fewest-allocations', 'name'],
    default: 'listed',
    summary: 'who goes first at equal shares: order of first appearance, fewest tasks given so far, or name',
  },
} as const satisfies OptionSpecs;

/** Gives what the options of {@link shareOptions} say. */
export function readShareOptions(options: OptionReader): [Hierarchy, Ties] {
  return [options.text('hierarchy') as Hierarchy, options.text('ties') as Ties];
}

/**
 * Weighted, task-granular progressive filling over a tree of roles: whoever has the least share / weight is given its next
 * task; what a share is, the tree says.
 */
export class ShareAllocator implements Allocator {
  readonly name: string;
  protected readonly view: ClusterView;
  protected readonly tree: ShareTree;
  /** Frameworks that have changed since the last pass. */
  protected readonly changed: Set<FrameworkId> = new Set();
  readonly #starter: JobStarter;
  #releases = -1;

  constructor(name: string, view: ClusterView, starter: JobStarter, tree: ShareTree) {
    this.name = name;
    this.view = view;
    this.#starter = starter;
    this.tree = tree;
  }

  onJobQueued(job: JobId): void {
    this.changed.add(this.view.frameworkOf(job));
  }

  onTaskEnded(_task: TaskId, job: JobId): void {
    this.changed.add(this.view.frameworkOf(job));
  }

  onTaskPreempted(_task: TaskId, job: JobId): void {
    this.changed.add(this.view.frameworkOf(job));
  }

  onTasksReady(job: JobId): void {
    this.changed.add(this.view.frameworkOf(job));
  }

  onNodeChanged(): void {
    this.tree.countCapacity();
  }

  allocate(view: ClusterView, decide: Decisions): void {
    const { tree } = this;
    tree.grow();
    this.prepare?.();
    for (const framework of this.changed) tree.changed(framework);
    this.changed.clear();
    if (view.releases !== this.#releases || view.unevenGangs > 0) tree.unblock();
    this.#releases = view.releases;
    tree.watchExhaustion();
    for (let framework = tree.next(); framework !== NONE; framework = tree.next()) {
      if (this.#starter.startNext(view.firstQueuedJobOf(framework), decide)) {
        tree.allocated(framework);
        tree.watchExhaustion();
      } else {
        tree.block(framework);
      }
    }
  }

  whyWaiting(job: JobId): WaitingReason | null {
    const own = behindOwn(this.view, job);
    if (own !== null) return own;
    const less = this.tree.whoHasLess(this.view.frameworkOf(job));
    return less === null ? null : { kind: 'less-share', ...less };
  }

  /** Is called at the beginning of a pass, when the tree knows all frameworks and `changed` those that differ. */
  protected prepare?(): void;
}
