import { type FrameworkId, type JobId, NONE, type TaskId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { placementOption } from './common-options.ts';
import { JobStarter } from './job-starter.ts';
import { type Hierarchy, ShareTree, type Ties } from './share-tree.ts';

/** Weighted, task-granular progressive filling of dominant shares over a tree of roles. */
class Drf implements Allocator {
  readonly name = 'drf';
  readonly #view: ClusterView;
  readonly #starter: JobStarter;
  readonly #tree: ShareTree;
  readonly #changed = new Set<FrameworkId>();
  #releases = -1;

  constructor(view: ClusterView, starter: JobStarter, tree: ShareTree) {
    this.#view = view;
    this.#starter = starter;
    this.#tree = tree;
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

  onNodeChanged(): void {
    this.#tree.countCapacity();
  }

  allocate(view: ClusterView, decide: Decisions): void {
    const tree = this.#tree;
    tree.grow();
    for (const framework of this.#changed) tree.changed(framework);
    this.#changed.clear();
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
}

export const drf: AllocatorDefinition = {
  name: 'drf',
  summary: 'dominant resource fairness: the role with the least dominant share / weight whose next task fits is next',
  source: 'Ghodsi et al., Dominant resource fairness, NSDI 2011, section 4; Bhattacharya et al., SoCC 2013, section 4',
  options: {
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
    placement: placementOption,
  },
  create: (options, { view, placement }) => {
    const tree = new ShareTree(view, options.text('hierarchy') as Hierarchy, options.text('ties') as Ties);
    return new Drf(view, new JobStarter(view, placement(options.text('placement'))), tree);
  },
};
