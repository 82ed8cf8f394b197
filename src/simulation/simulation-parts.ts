import type { Allocator } from '../allocators/allocator.ts';
import type { OutsideEvent } from '../allocators/outside-event.ts';
import type { Interner } from '../base/interner.ts';
import type { Time } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { InstantOrder } from '../kernel/kernel.ts';
import type { WorkloadSource } from '../workload/workload-source.ts';
import type { Observer } from './observer.ts';
import type { Pacer } from './pacer.ts';

/** What one run is made of. */
export interface SimulationParts {
  readonly cluster: Cluster;
  /** Names that the sources' framework columns refer to. */
  readonly frameworks: Interner;
  /** Gives the role path that a framework submits under. */
  readonly roleOf: (framework: string) => string;
  /** Those that are there from the start; others come with their first job. */
  readonly initialFrameworks?: readonly string[];
  readonly sources: readonly WorkloadSource[];
  readonly allocator: Allocator;
  readonly observers?: readonly Observer[];
  /** The run is cut after the last round at this time. */
  readonly until?: Time;
  /** Metrics count from this long after the first submit on. */
  readonly warmup?: Time;
  /** The order inside one instant; rounds where left out. */
  readonly order?: InstantOrder;
  /** What happens to nodes, the master, frameworks and roles, in order of time. */
  readonly events?: readonly OutsideEvent[];
  readonly pacer?: Pacer;
}

/** What happened, in numbers; submitted = completed + failed + rejected + unfinished. */
export interface RunCounts {
  readonly jobs: { submitted: number; completed: number; failed: number; rejected: number; unfinished: number };
  readonly tasks: {
    submitted: number;
    started: number;
    completed: number;
    failed: number;
    preempted: number;
    unfinished: number;
  };
  /** First submit of a job that was replayed, last end (or `until`), microseconds. */
  readonly start: Time;
  readonly end: Time;
  /** True if `until` came before everything had ended. */
  readonly cut: boolean;
  /** True if the pacer ended the run before that. */
  readonly interrupted: boolean;
  readonly events: number;
  readonly passes: number;
}
