import { join, relative, resolve } from 'node:path';
import { type ResourceCatalog, toUnits } from '../base/amounts.ts';
import { VERSION } from '../base/version.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Manifest } from '../experiment/manifest.ts';
import { type Cell, JOB_COLUMNS } from '../metrics/job-rows.ts';
import { taskColumns } from '../metrics/task-rows.ts';
import { FileWriter } from '../platform/file-writer.ts';
import { sha256OfFile } from '../platform/files.ts';
import { makeFolder } from '../platform/folder.ts';
import type { CsvWriter } from '../report/csv.ts';
import { csvByteWriter } from '../report/csv-bytes.ts';
import type { FinishedRun } from '../scenario/run-scenario.ts';
import { scenarioFiles } from '../scenario/scenario-files.ts';
import type { LoadedScenario } from './read-scenario.ts';

/**
 * A folder of results: tables with a row a job or task are written as the run goes, the rest when it has ended.
 *
 * Throws a ScenarioError if the folder cannot be made or a file of it cannot be written.
 */
export class ResultFolder {
  readonly path: string;
  readonly files = ['result.json', 'manifest.json', 'jobs.csv', 'tasks.csv', 'timeline.csv'];
  readonly jobRow: (row: readonly Cell[]) => void;
  readonly taskRow: (row: readonly Cell[]) => void;
  readonly #tables: { readonly rows: CsvWriter; readonly file: FileWriter }[] = [];

  constructor(path: string, resources: ResourceCatalog) {
    this.path = path;
    makeFolder(path);
    const jobs = this.#table('jobs.csv', JOB_COLUMNS);
    const tasks = this.#table('tasks.csv', taskColumns(resources));
    this.jobRow = (row) => jobs.write(row);
    this.taskRow = (row) => tasks.write(row);
  }

  async finish(run: FinishedRun, loaded: LoadedScenario, command: string): Promise<void> {
    for (const { rows, file } of this.#tables) {
      rows.end();
      file.close();
    }
    await this.#writeTimeline(run);
    this.#writeJson('result.json', run.result);
    this.#writeJson('manifest.json', await this.#manifest(run, loaded, command));
  }

  #table(name: string, columns: readonly string[]): CsvWriter {
    const file = this.#open(name);
    const rows = csvByteWriter(columns, (block) => file.write(block));
    this.#tables.push({ rows, file });
    return rows;
  }

  async #writeTimeline({ timeline }: FinishedRun): Promise<void> {
    const { csvWriter } = await import('../report/csv.ts');
    const file = this.#open('timeline.csv');
    const rows = csvWriter(timeline.columns(), (text) => file.write(Buffer.from(text)));
    for (const row of timeline.rows()) rows.write(row);
    rows.end();
    file.close();
  }

  #writeJson(name: string, value: unknown): void {
    const file = this.#open(name);
    file.write(Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
    file.close();
  }

  #open(name: string): FileWriter {
    return new FileWriter(join(this.path, name));
  }

  async #manifest(run: FinishedRun, loaded: LoadedScenario, command: string): Promise<Manifest> {
    const { scenario, folder } = loaded;
    const traces: Record<string, string> = {};
    for (const file of scenarioFiles(scenario)) {
      if (file !== '-') traces[file] = await sha256OfFile(resolve(folder, file));
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
      cluster: clusterOf(run.cluster),
      conventions: {
        order: scenario.simulation.conventions,
        origin: 'the first submit among the records replayed is time 0, unless a trace keeps its own clock',
        percentiles: 'type 7; see `approximate` in the result',
        'timeline.csv': run.timeline.resolution(),
      },
      traces,
      workload: run.sources.map(({ account }) => ({ source: account.source, rules: account.rules })),
      ...(result.interrupted && { interrupted: true }),
      reproducible: result.reproducible,
      digest: result.digest,
      schedule_digest: result.schedule_digest,
    };
  }
}

function clusterOf({ resources, nodes }: Cluster): Manifest['cluster'] {
  return {
    units: Object.fromEntries(resources.map(({ name, unit }) => [name, unit])),
    nodes: nodes.groups.map(({ name, count, capacity }) => ({
      name,
      count,
      capacity: Object.fromEntries(resources.map((resource, r) => [resource.name, toUnits(capacity[r]!, resource)])),
    })),
  };
}
