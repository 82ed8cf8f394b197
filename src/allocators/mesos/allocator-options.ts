import type { Random } from '../../base/random.ts';
import { SECOND, type Time } from '../../base/time.ts';
import type { Clock } from './clock.ts';
import type { Amounts } from './resources/resource-catalog.ts';
import type { FairOrder } from './run/shuffle.ts';

export type SorterName = 'drf' | 'random';

/** How an allocator is set up; the defaults are those of Mesos. */
export interface HierarchicalAllocatorOptions {
  readonly clock: Clock;
  /** Draws the order of nodes, of objects that are cut, and of random sorters. */
  readonly random: Random;
  /** Time between the end of a batch and the next, and the least that an offer filter holds; 1 s. */
  readonly allocationInterval?: Time;
  /** Alternatives of which a bundle must meet one to be worth an offer; cpus 0.01 or mem 32. */
  readonly minAllocatable?: readonly Amounts[];
  /** Hides nodes with gpus from frameworks without GPU_RESOURCES; true. */
  readonly filterGpus?: boolean;
  /** Resources that shares leave out; none. */
  readonly excludedFromShares?: readonly string[];
  readonly roleSorter?: SorterName;
  readonly frameworkSorter?: SorterName;
  /** The region of the master; frameworks without REGION_AWARE are offered no nodes of others. */
  readonly region?: string | null;
  /** Runs at once what an event asks for, rather than behind what else is due; false. */
  readonly isEager?: boolean;
  /** How long a run over so many nodes takes, microseconds; none. */
  readonly runCost?: (nodes: number) => Time;
  /** Puts the nodes of a stage in order; at random. */
  readonly order?: FairOrder;
}

export const DEFAULT_INTERVAL: Time = SECOND;

export const DEFAULT_MIN_ALLOCATABLE: readonly Amounts[] = [{ cpus: 0.01 }, { mem: 32 }];
