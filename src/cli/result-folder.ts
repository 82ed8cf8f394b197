import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { VERSION } from '../base/version.ts';
import type { Manifest } from '../experiment/manifest.ts';
import { type Cell, JOB_COLUMNS } from '../metrics/job-rows.ts';
import { TASK_COLUMNS } from '../metrics/task-rows.ts';
import { sha256OfFile } from '../platform/files.ts';
import { makeFolder } from '../platform/folder.ts';
import { type CsvWriter, csvWriter } from '../report/csv.ts';
import type { FinishedRun } from '../scenario/run-scenario.ts';
import type { LoadedScenario } from './read-scenario.ts';

/** A folder of results: tables are written as the run goes, the rest when it has ended. */
export class ResultFolder {
  readonly path: string;
  readonly files = ['result.json', 'manifest.json', 'jobs.csv', 'tasks.csv', 'timeline.csv'];
  readonly jobRow: (row: readonly Cell[]) => void;
  readonly taskRow: (row: readonly Cell[]) => void;
  readonly #tables: { writer: CsvWriter; file: number }[] = [];

  constructor(path: string) {
    this.path = path;
    makeFolder(path);
    const jobs = this.#open('jobs.csv', JOB_COLUMNS);
    const tasks = this.#open('tasks.csv', TASK_COLUMNS);
    this.jobRow = (row) => jobs.write(row);
    this.taskRow = (row) => tasks.write(row);
  }

  async finish(run: FinishedRun, loaded: LoadedScenario, command: string): Promise<void> {
    const timeline = this.#open('timeline.csv', run.timeline.columns());
    for (const row of run.timeline.rows()) timeline.write(row);
    for (const { writer, file } of this.#tables) {
      writer.end();
      closeSync(file);
    }
    this.#write('result.json', run.result);
    this.#write('manifest.json', await this.#manifest(run, loaded, command));
  }

  #open(name: string, columns: readonly string[]): CsvWriter {
    const file = openSync(join(this.path, name), 'w');
    const writer = csvWriter(columns, (text) => {
      writeSync(file, text);
    });
    this.#tables.push({ writer, file });
    return writer;
  }

  #write(name: string, value: unknown): void {
    writeFileSync(join(this.path, name), `${JSON.stringify(value, null, 2)}\n`);
  }

  async #manifest(run: FinishedRun, loaded: LoadedScenario, command: string): Promise<Manifest> {
    const { scenario, folder } = loaded;
    const traces: Record<string, string> = {};
    for (const item of scenario.workload) {
      if (!('trace' in item) || item.trace.file === '-') continue;
      traces[item.trace.file] = await sha256OfFile(resolve(folder, item.trace.file));
    }
    const { result } = run;
    return {
      schema: 'allot.manifest/1',
      versions: { allot: VERSION, node: process.version },
      command,
      folder: relative(resolve(this.path), resolve(folder)) || '.',
      scenario,
      seed: result.seed,
      allocator: result.allocator,
      conventions: {
        order: scenario.simulation.conventions,
        origin: 'the first submit among the records replayed is time 0, unless a trace keeps its own clock',
        percentiles: 'type 7; see `approximate` in the result',
        'timeline.csv': run.timeline.resolution(),
      },
      traces,
      workload: run.sources.map(({ account }) => ({ source: account.source, rules: account.rules })),
      ...(result.interrupted && { interrupted: true }),
      digest: result.digest,
      schedule_digest: result.schedule_digest,
    };
  }
}
