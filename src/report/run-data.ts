import type { CsvTable } from './csv-table.ts';
import type { RunResult } from './run-result.ts';

/** What a report reads of a manifest. */
export interface RunManifest {
  readonly versions: { readonly allot: string };
  readonly command: string;
  readonly seed: string;
  readonly allocator: Readonly<Record<string, unknown>>;
  /** Absent in folders that older versions have written. */
  readonly cluster?: RunCluster;
  readonly conventions: Readonly<Record<string, string>>;
  readonly workload: readonly { readonly source: string; readonly rules: Readonly<Record<string, unknown>> }[];
  readonly digest: string;
}

/** The nodes of a run, in groups of like ones; amounts in units. */
export interface RunCluster {
  readonly units: Readonly<Record<string, string>>;
  readonly nodes: readonly {
    readonly name: string;
    readonly count: number;
    readonly capacity: Readonly<Record<string, number>>;
  }[];
}

/** A folder of results, read; its tables have the columns that figures need. */
export interface RunData {
  /** What the run is called beside others. */
  readonly label: string;
  /** Where it was read, as the user wrote it. */
  readonly folder: string;
  readonly result: RunResult;
  readonly manifest: RunManifest;
  readonly timeline: CsvTable;
  readonly jobs: CsvTable;
  readonly tasks: CsvTable;
}

/** Columns that figures need; what else there is need not be read. */
export const JOBS_NEEDED: ReadonlySet<string> = new Set(['framework', 'wait_s', 'bounded_slowdown', 'status']);

/** Gives the columns of tasks.csv that figures need, among those there are. */
export function isTaskColumnNeeded(name: string): boolean {
  return ['job', 'task', 'framework', 'node', 'start_s', 'end_s', 'status'].includes(name) || name.endsWith('_used');
}

/** Gives the names of resources or roles in the columns of a timeline: those with this beginning and end. */
export function seriesNames(timeline: CsvTable, prefix: string, suffix: string): string[] {
  return timeline.names
    .filter((name) => name.startsWith(prefix) && name.endsWith(suffix) && name.length > prefix.length + suffix.length)
    .map((name) => name.slice(prefix.length, name.length - suffix.length));
}

/** Gives the resources of a run. */
export function resourcesOf({ timeline }: RunData): string[] {
  // A role may be called `x_used`, and its column then ends like that of a resource.
  return seriesNames(timeline, '', '_used').filter((name) => !name.startsWith('share_'));
}

/** Names runs so that no two are called the same: by allocator, else by folder. */
export function labelsOf(runs: readonly { readonly folder: string; readonly result: RunResult }[]): string[] {
  const candidates = [
    runs.map(({ result }) => String(result.allocator['name'])),
    runs.map(({ result }) => `${result.allocator['name']}, seed ${result.seed}`),
    runs.map(({ folder }) => folder.replace(/[/\\]+$/, '').replace(/^.*[/\\]/, '')),
  ];
  return (
    candidates.find((labels) => new Set(labels).size === labels.length) ??
    runs.map(({ folder }, i) => `${i + 1}: ${folder}`)
  );
}
