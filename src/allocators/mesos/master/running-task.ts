import type { JobId, NodeId, TaskId } from '../../../base/ids.ts';
import type { Bundle } from '../resources/bundle.ts';
import type { FrameworkParty } from './framework-party.ts';
import type { HeldOffer } from './held-offer.ts';

/** A task that the master counts as running. */
export interface RunningTask {
  readonly task: TaskId;
  readonly job: JobId;
  readonly party: FrameworkParty;
  readonly node: NodeId;
  /** What comes back with its end; null where it runs on what its framework keeps. */
  readonly bundle: Bundle | null;
  readonly kept: HeldOffer<FrameworkParty> | null;
  /** Whole steps, one a resource. */
  readonly demand: Float64Array;
}
