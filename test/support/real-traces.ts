import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-cli.ts';

/** The folder of real logs, or null where there is none; they are not part of the project. */
export const realTraces: string | null =
  [process.env['ALLOT_TRACES'], join(ROOT, '../shared/traces')].find(
    (folder): folder is string => folder !== undefined && existsSync(join(folder, 'index.json')),
  ) ?? null;

/** One file of the folder's index, as far as tests read it. */
export interface TraceEntry {
  readonly file: string;
  readonly family: string;
  readonly stats: {
    readonly rows: number;
    readonly jobs_valid: number | null;
    readonly reference_fcfs?: {
      readonly capacity: number;
      readonly jobs: number;
      readonly mean_wait_s: number;
      readonly max_wait_s: number;
      readonly zero_wait_jobs: number;
      readonly mean_bounded_slowdown_10s: number;
      readonly makespan_s: number;
    };
  };
}

/** The index of the folder; empty where there is no folder. */
export function traceIndex(): readonly TraceEntry[] {
  if (realTraces === null) return [];
  return (JSON.parse(readFileSync(join(realTraces, 'index.json'), 'utf8')) as { files: TraceEntry[] }).files;
}
