import type { ResolvedAllocator } from '../allocators/create.ts';
import type { JobStatus } from '../simulation/job-outcome.ts';
import type { Range, Ranged } from '../simulation/ranged.ts';
import type { ToldReason } from '../simulation/wait-reason.ts';

/** Why jobs of one run waited; `allot explain --json` prints it. Times in seconds, amounts in units of the resource. */
export interface Explanation {
  readonly schema: 'allot.explanation/1';
  readonly scenario: string;
  readonly seed: string;
  readonly allocator: ResolvedAllocator['options'] & { readonly name: string };
  readonly digest: string;
  readonly jobs: readonly ExplainedJob[];
  /** Jobs of those names beyond the ones listed. */
  readonly unlisted: number;
}

/** Amounts by resource. */
export type Amounts = Readonly<Record<string, number>>;

export interface ExplainedJob {
  readonly job: string;
  /** Position in the sequence of all submissions, from 0. */
  readonly index: number;
  readonly framework: string;
  readonly status: JobStatus;
  /** Why it was rejected or given up; absent otherwise. */
  readonly rejection?: string;
  readonly submit_s: number;
  readonly start_s: number | null;
  readonly end_s: number | null;
  readonly wait_s: number | null;
  readonly estimate_s: number | null;
  readonly tasks: number;
  readonly gang: boolean;
  /** Of its first task. */
  readonly demand: Amounts;
  readonly timeline: readonly ExplainedSpan[];
  readonly left_out: { readonly spans: number; readonly time_s: number };
  readonly events: readonly {
    readonly time_s: number;
    readonly what: 'started' | 'preempted' | 'lost';
    readonly tasks: number;
    readonly node: string;
  }[];
  readonly remedies: readonly Remedy[];
}

/** A time over which a job waited for one reason; numbers that moved are ranges over the passes in it. */
export interface ExplainedSpan {
  readonly from_s: number;
  readonly to_s: number;
  readonly passes: number;
  /** How many jobs or parties in turn the one in the reason stands for, as there were too many spans; the first is told. */
  readonly in_turn: number;
  /** What its next task found on the nodes. */
  readonly room: {
    /** At times: only where spans with and without room were joined. */
    readonly has_room: boolean | 'at times';
    readonly nodes: number;
    readonly fitting: Range;
    readonly away: Range;
    readonly forbidden: Range;
    readonly short: Readonly<Record<string, Range>>;
    readonly scattered: Range;
    readonly together?: { readonly tasks: Range; readonly found: Range };
  };
  readonly reason: Ranged<ToldReason> | null;
  /** The node that lacked least, and when. */
  readonly nearest: { readonly time_s: number; readonly node: string; readonly lacks: Amounts } | null;
}

/** What would have changed something; each is true of the run as it was up to that time. */
export type Remedy =
  /** So much more free on a node would have made room for its next task. */
  | { readonly kind: 'room'; readonly time_s: number; readonly node: string; readonly lacks: Amounts }
  /** Expected to take no longer than that, it would have started. */
  | { readonly kind: 'shorter'; readonly time_s: number; readonly at_most_s: number }
  /** With another setting of the scenario it starts then; found by running that. */
  | { readonly kind: 'setting'; readonly set: string; readonly start_s: number | null };
