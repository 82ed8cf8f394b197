import type { TaskId } from '../base/ids.ts';
import { PlacementIndexChanges } from './placement-index-changes.ts';
import { PlacementIndexFailures } from './placement-index-failures.ts';
import { PlacementIndexThresholds, type ThresholdLimits } from './placement-index-thresholds.ts';
import type { ClusterView } from './view.ts';

/** Vain looks, as a multiple of the number of nodes, after which cutting amounts anew pays at the latest. */
const MOST_PATIENCE = 64;

/**
 * What an index does around each search, whatever its structure: notice which nodes changed, know which demands must
 * fail, and learn the sizes that are demanded.
 *
 * Turn of calls: {@link begin}, repair of the index, {@link isFutile}, the search, {@link end}.
 */
export class PlacementIndexSearch {
  /** What the task demands, one amount a resource. */
  readonly need: Float64Array;
  readonly changes: PlacementIndexChanges;
  readonly thresholds: PlacementIndexThresholds;
  /** How many nodes changed since the search before: the first ones of `changes.nodes`. */
  changed = 0;
  /** Nodes that were looked at in vain since the thresholds were last chosen. */
  wasted = 0;
  #constraint = 0;
  #patience = 1;
  readonly #view: ClusterView;
  readonly #failures: PlacementIndexFailures;

  /** `spare` columns of the rows of nodes are left to the index. */
  constructor(view: ClusterView, limits: ThresholdLimits, spare = 0) {
    this.#view = view;
    const resources = view.resources.length;
    this.need = new Float64Array(resources);
    this.changes = new PlacementIndexChanges(view, spare);
    this.thresholds = new PlacementIndexThresholds(resources, limits);
    this.#failures = new PlacementIndexFailures(resources);
  }

  begin(task: TaskId): void {
    const { need } = this;
    for (let r = 0; r < need.length; r++) need[r] = this.#view.demand(task, r);
    this.#constraint = this.#view.constraint(task);
    this.changed = this.changes.take();
  }

  /** Says whether no less was sought in vain since something last came back. */
  isFutile(): boolean {
    if (this.#failures.covers(this.need, this.#constraint, this.#view.releases + this.changes.returns)) return true;
    this.thresholds.record(this.need);
    return false;
  }

  /** Takes note of how the search went; true if the thresholds are others now and the index must be built anew. */
  end(failed: boolean): boolean {
    if (failed) this.#failures.add(this.need, this.#constraint);
    if (this.wasted <= this.#patience * this.#view.nodeCount) return false;
    this.wasted = 0;
    this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2);
    return this.thresholds.revise(this.changes.rows, this.changes.width);
  }
}
