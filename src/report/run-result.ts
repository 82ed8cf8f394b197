/** A number, or null where the quantity is not defined; never NaN. */
export type MetricValues = Readonly<Record<string, number | null>>;

/** What a framework's or role's running tasks hold when the run ends; amounts in the resource's unit. */
export interface Running {
  readonly tasks: number;
  readonly amounts: Readonly<Record<string, number>>;
  readonly dominantShare: number;
}

/** What became of the records of one workload source: read = replayed + rejected + skipped. */
export interface WorkloadAccount {
  readonly source: string;
  readonly format: string;
  readonly read: number;
  readonly replayed: number;
  readonly rejected: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** Records that were replayed with something filled in, cut or rounded. */
  readonly notes: Readonly<Record<string, number>>;
}

/** What became of the records of one list of nodes or events: read = used + skipped. */
export interface ListAccount {
  readonly source: string;
  readonly format: string;
  readonly read: number;
  readonly used: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** Records that were used with something left aside. */
  readonly notes: Readonly<Record<string, number>>;
}

/** One threshold of the scenario and how the run did. */
export interface ThresholdOutcome {
  readonly metric: string;
  readonly expected: string;
  readonly value: number | null;
  readonly pass: boolean;
}

/** One window of time and what was measured over it; bounds are null where no job was replayed. */
export interface WindowValues {
  readonly start_s: number | null;
  readonly end_s: number | null;
  readonly metrics: MetricValues;
}

/** Everything one run yields; `allot run --json` prints it. All but `engine` is reproducible. */
export interface RunResult {
  readonly schema: 'allot.result/1';
  readonly scenario: string;
  readonly seed: string;
  /** The allocator with every option. */
  readonly allocator: Readonly<Record<string, unknown>>;
  readonly digest: string;
  readonly schedule_digest: string;
  /** True if the run was stopped before its end: everything is told up to `time.end_s`. */
  readonly interrupted: boolean;
  /** False if the run went on after another program, which decided in it, had crashed, hung or broken its contract. */
  readonly reproducible: boolean;
  /** Seconds on the clock of the run; `window_s` is the length of the window that `metrics` are of. */
  readonly time: { readonly start_s: number; readonly end_s: number; readonly window_s: number };
  readonly jobs: Readonly<Record<'submitted' | 'completed' | 'failed' | 'rejected' | 'unfinished', number>>;
  readonly tasks: Readonly<
    Record<'submitted' | 'started' | 'completed' | 'failed' | 'preempted' | 'unfinished', number>
  >;
  readonly workload: readonly WorkloadAccount[];
  /** What became of the records of lists of nodes; absent where there are none. */
  readonly cluster?: readonly ListAccount[];
  /** What became of the records of lists of events; absent where there are none. */
  readonly events?: readonly ListAccount[];
  readonly metrics: MetricValues;
  /** Metrics that are not exact, and how. */
  readonly approximate: Readonly<Record<string, string>>;
  /** Time averages by window: full, submission, and steady where there is a warm-up. */
  readonly windows: Readonly<Record<string, WindowValues>>;
  readonly frameworks: Readonly<Record<string, FrameworkResult>>;
  readonly roles: Readonly<Record<string, RoleResult>>;
  /** The first hundred; all are in jobs.csv. */
  readonly rejected: readonly { readonly job: string | number; readonly reason: string }[];
  readonly thresholds: readonly ThresholdOutcome[];
  readonly engine: EngineFigures;
}

export interface FrameworkResult {
  readonly role: string;
  readonly metrics: MetricValues;
  readonly running: Running;
}

export interface RoleResult {
  readonly weight: number;
  readonly metrics: MetricValues;
  readonly running: Running;
}

/** What is not reproducible, or says nothing of the schedule. */
export interface EngineFigures {
  readonly version: string;
  readonly events: number;
  readonly passes: number;
  readonly wall_s: number;
  /** The part of it that went into solving linear programs; absent where none were. */
  readonly solving_s?: number;
  readonly jobs_per_s: number;
  readonly peak_memory_mib: number | null;
}
