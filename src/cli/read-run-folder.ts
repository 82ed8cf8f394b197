import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { parseManifest } from '../experiment/manifest.ts';
import { fileProblem, openBytes } from '../platform/files.ts';
import { type CsvTable, readCsvTables } from '../report/csv-table.ts';
import { isTaskColumnNeeded, JOBS_NEEDED, labelsOf, type RunData } from '../report/run-data.ts';
import type { RunResult } from '../report/run-result.ts';

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
  const file = join(folder, 'manifest.json');
  return {
    folder,
    result: readResult(join(folder, 'result.json')),
    manifest: parseManifest(readText(file), file),
    timeline: await readTable(join(folder, 'timeline.csv'), () => true),
    jobs: await readTable(join(folder, 'jobs.csv'), (name) => JOBS_NEEDED.has(name)),
    tasks: await readTable(join(folder, 'tasks.csv'), isTaskColumnNeeded),
  };
}

function readResult(file: string): RunResult {
  let value: unknown;
  try {
    value = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof ScenarioError) throw error;
    throw new ScenarioError(`not a result: ${error instanceof Error ? error.message : 'no JSON'}`, { file });
  }
  if ((value as Partial<RunResult> | null)?.schema === 'allot.result/1') return value as RunResult;
  throw new ScenarioError('not a result: expected `"schema": "allot.result/1"`', { file });
}

function readText(file: string): string {
  const trouble = fileProblem(file);
  if (trouble !== null) throw new ScenarioError(`${trouble}; \`allot run --out\` makes such folders`, { file });
  return readFileSync(file, 'utf8');
}

async function readTable(file: string, isNeeded: (name: string) => boolean): Promise<CsvTable> {
  for await (const table of readCsvTables(openBytes(file).chunks(), { isNeeded })) return table;
  throw new ScenarioError('the table is empty: it has no line with the names of its columns', { file });
}
