import { dirname, join } from 'node:path';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { ScenarioError } from '../base/errors.ts';
import { FileWriter } from '../platform/file-writer.ts';
import { openBytes } from '../platform/files.ts';
import { makeFolder } from '../platform/folder.ts';
import { readCsvTables } from '../report/csv-table.ts';
import { parquetColumns, parquetSchema } from '../report/parquet-columns.ts';
import { traceEvents } from '../report/trace-events.ts';
import { tell } from './output.ts';
import { readRunFolders } from './read-run-folder.ts';

/** What `export` is told. */
export interface ExportArguments {
  readonly dir: string;
  readonly format: string;
  readonly out?: string | undefined;
}

/** Rows of a table that are held at once, and that a row group has. */
const ROWS = 100_000;
/** Characters that are written at once. */
const BLOCK = 1 << 20;

/** Writes a folder of results in another format; beside the results unless told where. */
export async function exportFolder({ dir, format, out }: ExportArguments): Promise<void> {
  if (format === 'parquet') await exportParquet(dir, out ?? dir);
  else await exportTrace(dir, out ?? join(dir, 'trace.json'));
}

async function exportTrace(dir: string, path: string): Promise<void> {
  const [run] = await readRunFolders([dir]);
  makeFolder(dirname(path));
  const file = new FileWriter(path);
  let text = '';
  const flush = (): void => {
    file.write(Buffer.from(text));
    text = '';
  };
  for (const line of traceEvents(run!)) {
    text += line;
    if (text.length > BLOCK) flush();
  }
  flush();
  file.close();
  tell(`wrote ${path}, in the JSON of the Trace Event Format, for ui.perfetto.dev or chrome://tracing`);
}

async function exportParquet(dir: string, folder: string): Promise<void> {
  const [run] = await readRunFolders([dir]);
  const { digest, seed, scenario } = run!.result;
  const metadata = {
    'allot.digest': digest,
    'allot.seed': seed,
    'allot.scenario': scenario,
    'allot.version': run!.manifest.versions.allot,
  };
  makeFolder(folder);
  for (const name of ['jobs', 'tasks', 'timeline']) {
    await writeParquet(join(dir, `${name}.csv`), join(folder, `${name}.parquet`), metadata);
  }
  tell(`wrote jobs.parquet, tasks.parquet, timeline.parquet to ${folder}`);
}

/** Writes a table as it is read, so that it is never held whole. */
async function writeParquet(from: string, to: string, metadata: Readonly<Record<string, string>>): Promise<void> {
  // Names the file where it cannot be written; the writer of the package would not.
  new FileWriter(to).close();
  let writer: ParquetWriter | undefined;
  for await (const table of readCsvTables(openBytes(from).chunks(), { rows: ROWS })) {
    writer ??= new ParquetWriter({
      writer: fileWriter(to),
      schema: parquetSchema(table.names),
      kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    });
    await writer.write({ columnData: parquetColumns(table), rowGroupSize: ROWS });
  }
  if (writer === undefined)
    throw new ScenarioError('the table has no line with the names of its columns', { file: from });
  await writer.finish();
}
