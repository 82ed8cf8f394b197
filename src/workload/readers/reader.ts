import type { ByteSource } from '../../base/byte-source.ts';
import type { OptionReader, OptionSpecs } from '../../base/options.ts';
import type { WorkloadContext, WorkloadSource } from '../workload-source.ts';

/** Where one value of a CSV record comes from: a column by name or zero-based number, or a constant. */
export type ColumnSpec =
  | string
  | number
  | { readonly column: string | number; readonly unit?: string; readonly factor?: number }
  | { readonly value: string | number };

/** Which columns of a CSV file make a job. */
export interface ColumnMap {
  readonly submit?: ColumnSpec;
  readonly duration: ColumnSpec;
  readonly job?: ColumnSpec;
  readonly framework?: ColumnSpec;
  readonly tasks?: ColumnSpec;
  readonly estimate?: ColumnSpec;
  readonly priority?: ColumnSpec;
  /** By resource; what one task asks for. */
  readonly demand: Readonly<Record<string, ColumnSpec>>;
}

/** What becomes of a width of n. */
export type TasksAs = 'pool' | 'gang' | 'tasks';

/** How a trace becomes jobs, defaults filled in; in a scenario the names are kebab-case (`zero-run-time`). */
export interface TraceOptions {
  /** The file as the scenario names it. */
  readonly file: string;
  readonly format: string;
  /** What a row of width n is: one task that demands n times as much, n tasks that start together, or n on their own. */
  readonly as: TasksAs;
  /** `user`, `group`, `queue`, `none`, or the name of a column. */
  readonly frameworkBy: string;
  readonly zeroRunTime: 'skip' | 'keep';
  readonly pastEstimate: 'overrun' | 'kill' | 'extend';
  readonly sort: 'streaming' | 'whole';
  readonly origin: 'zero' | 'trace';
  readonly columns?: ColumnMap;
  readonly delimiter?: string;
  /** What is particular to the format, checked against its specs, defaults filled in. */
  readonly own: OptionReader;
}

/** An option that only some formats know. */
export type FormatOption = 'columns' | 'delimiter';

/** Reads one trace format. */
export interface TraceReader {
  /** What `format:` calls it. */
  readonly name: string;
  readonly summary: string;
  /** The options of all formats that only some take, and this one does. */
  readonly options: readonly FormatOption[];
  /** What stands under `options:` for this format alone; nothing where left out. */
  readonly own?: OptionSpecs;
  /** What a row's width becomes where nobody says; a pool where left out. */
  readonly as?: TasksAs;
  /** True if a job of the format, read as a pool, is one task that may run on any node. */
  readonly isOfSingleTasks?: boolean;
  /** Which of those the format can be; all where left out. */
  readonly canBe?: readonly TasksAs[];
  /** What time 0 is where nobody says; the first submission where left out. */
  readonly origin?: TraceOptions['origin'];
  /** What becomes of jobs that ran for no time where nobody says; they are skipped where left out. */
  readonly zeroRunTime?: TraceOptions['zeroRunTime'];
  /**
   * The resources that the format tells demands of: what is counted where there is no cluster that says so. A function
   * where the file or the options name them; cpus, mem, disk and gpus where left out.
   */
  readonly resources?:
    | readonly string[]
    | ((bytes: ByteSource, options: Pick<TraceOptions, 'columns' | 'delimiter'>) => Promise<readonly string[]>);
  /** Says whether the first bytes, or failing that the file's name, look like this format. */
  looksLike(head: Uint8Array, fileName: string): boolean;
  /** Reads how many processors the machine had, or gives the reason why the file does not say; left out where none does. */
  machine?(bytes: ByteSource): Promise<number | string>;
  /** Says whether a Parquet file of these columns looks like this format; none does where left out. */
  looksLikeColumns?(names: readonly string[]): boolean;
  /** Throws a ScenarioError for options that cannot be; reads nothing before the first batch is asked for. */
  open(bytes: ByteSource, options: TraceOptions, context: WorkloadContext): WorkloadSource;
}
