import { join } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import type { Manifest } from '../experiment/manifest.ts';
import { TASK_COLUMNS } from '../metrics/task-rows.ts';
import { openBytes } from '../platform/files.ts';
import { type CsvTable, readCsvTables } from '../report/csv-table.ts';
import { isTaskColumnNeeded, JOBS_NEEDED, labelsOf, type RunData } from '../report/run-data.ts';
import type { RunResult } from '../report/run-result.ts';
import { readDocument } from './read-document.ts';

/**
 * Reads folders that `run --out` has made.
 *
 * @throws ScenarioError if a file is missing or is not what it should be.
 */
export async function readRunFolders(folders: readonly string[]): Promise<RunData[]> {
  const runs: Omit<RunData, 'label'>[] = [];
  for (const folder of folders) runs.push(await readRunFolder(folder));
  const labels = labelsOf(runs);
  return runs.map((run, i) => ({ ...run, label: labels[i]! }));
}

async function readRunFolder(folder: string): Promise<Omit<RunData, 'label'>> {
  const result = readDocument<RunResult>(join(folder, 'result.json'), 'allot.result/1', ['jobs', 'tasks', 'metrics']);
  return {
    folder,
    result,
    manifest: readDocument<Manifest>(join(folder, 'manifest.json'), 'allot.manifest/1', ['versions', 'scenario']),
    timeline: await readTable(join(folder, 'timeline.csv'), { needed: ['time_s'] }),
    jobs: await readTable(join(folder, 'jobs.csv'), {
      needed: [...JOBS_NEEDED],
      isNeeded: (name) => JOBS_NEEDED.has(name),
      rows: result.jobs.submitted,
    }),
    tasks: await readTable(join(folder, 'tasks.csv'), {
      needed: TASK_COLUMNS,
      isNeeded: isTaskColumnNeeded,
      rows: result.tasks.started,
    }),
  };
}

/** What a table of a run must be like. */
interface Expected {
  /** Columns that it has at least. */
  readonly needed: readonly string[];
  /** Says which columns to keep; all where left out. */
  readonly isNeeded?: (name: string) => boolean;
  /** How many rows the result tells of. */
  readonly rows?: number;
}

/** A result is written when its tables are whole: what is missing then was lost later. */
async function readTable(file: string, { needed, isNeeded, rows }: Expected): Promise<CsvTable> {
  const wish = { isNeeded: (name: string) => needed.includes(name) || (isNeeded?.(name) ?? true) };
  for await (const table of readCsvTables(openBytes(file).chunks(), wish)) {
    const missing = needed.find((name) => !table.has(name));
    if (missing !== undefined) throw new ScenarioError(`the table has no column \`${missing}\``, { file });
    if (rows !== undefined && table.count !== rows) {
      throw new ScenarioError(`the table has ${table.count} rows, and its result tells of ${rows}`, { file });
    }
    return table;
  }
  throw new ScenarioError('the table is empty: it has no line with the names of its columns', { file });
}
