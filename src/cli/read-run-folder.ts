import { join } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import type { Manifest } from '../experiment/manifest.ts';
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
  return {
    folder,
    result: readDocument<RunResult>(join(folder, 'result.json'), 'allot.result/1'),
    manifest: readDocument<Manifest>(join(folder, 'manifest.json'), 'allot.manifest/1'),
    timeline: await readTable(join(folder, 'timeline.csv'), () => true),
    jobs: await readTable(join(folder, 'jobs.csv'), (name) => JOBS_NEEDED.has(name)),
    tasks: await readTable(join(folder, 'tasks.csv'), isTaskColumnNeeded),
  };
}

async function readTable(file: string, isNeeded: (name: string) => boolean): Promise<CsvTable> {
  for await (const table of readCsvTables(openBytes(file).chunks(), { isNeeded })) return table;
  throw new ScenarioError('the table is empty: it has no line with the names of its columns', { file });
}
