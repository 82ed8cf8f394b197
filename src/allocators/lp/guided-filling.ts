import { type FrameworkId, NONE } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { Decisions } from '../allocator.ts';
import type { JobStarter } from '../job-starter.ts';
import { ShareTree } from '../share-tree.ts';

/**
 * Fills roles by dominant share, task by task, as `drf` does; only where a task goes is left to a plan.
 *
 * So on one node, where there is nothing to choose, it starts what `drf` starts.
 */
export class GuidedFilling {
  readonly #view: ClusterView;
  readonly #starter: JobStarter;
  readonly #tree: ShareTree;
  readonly #changed = new Set<FrameworkId>();

  constructor(view: ClusterView, starter: JobStarter) {
    this.#view = view;
    this.#starter = starter;
    this.#tree = new ShareTree(view, 'hdrf', 'listed');
  }

  changed(framework: FrameworkId): void {
    this.#changed.add(framework);
  }

  countCapacity(): void {
    this.#tree.countCapacity();
  }

  fill(decide: Decisions): void {
    const tree = this.#tree;
    tree.grow();
    for (const framework of this.#changed) tree.changed(framework);
    this.#changed.clear();
    tree.unblock();
    tree.watchExhaustion();
    for (let framework = tree.next(); framework !== NONE; framework = tree.next()) {
      if (this.#starter.startNext(this.#view.firstQueuedJobOf(framework), decide)) {
        tree.allocated(framework);
        tree.watchExhaustion();
      } else {
        tree.block(framework);
      }
    }
  }
}
