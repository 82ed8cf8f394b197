import type { NodeId, TaskId } from '../../base/ids.ts';
import type { Random } from '../../base/random.ts';
import type { ClusterView } from '../../cluster/view.ts';

/** Chooses the node for one task, among those where it fits now. */
export interface Placement {
  readonly name: string;
  /** Gives a node where the task fits, or -1 when there is none; changes nothing. */
  find(task: TaskId): NodeId;
  /** Which of the node's devices the task of the last search takes its share of; -1 for the one with the least left. */
  device?(task: TaskId, node: NodeId): number;
  /** Is told that the task of the last search goes there (round-robin moves on). */
  placed?(node: NodeId): void;
  /** Where the next search begins, for placements that remember; put back when what was placed on trial is given up. */
  cursor?: number;
}

/** What a placement's file exports; `registry.ts` lists them. */
export interface PlacementDefinition {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  create(view: ClusterView, random: Random): Placement;
}
