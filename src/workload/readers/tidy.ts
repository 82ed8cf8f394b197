import { ScenarioError } from '../../base/errors.ts';
import { Interner } from '../../base/interner.ts';
import { didYouMean } from '../../base/nearest.ts';
import { demandedResource, TIDY_COLUMNS } from '../tidy-columns.ts';
import type { TraceBatch } from '../trace-batch.ts';
import { openAccount, type SourceAccount, type WorkloadContext } from '../workload-source.ts';
import type { TraceOptions, TraceReader } from './reader.ts';
import { openTable, readColumnNames, type TableRecordSource } from './table-records.ts';
import { TidyJobs } from './tidy-jobs.ts';
import { TidyRow } from './tidy-row.ts';
import { decode } from './token-cursor.ts';
import { sharedRules, traceSource } from './trace-source.ts';

const NEEDED = ['submit_s', 'run_s'] as const;

/**
 * Reads the tidy format of this project, CSV or Parquet: a row a job, or a row each stage and each kind of task of it.
 *
 * What `trace convert` writes is read as the same jobs, to the microsecond and to the smallest step.
 */
export const tidy: TraceReader = {
  name: 'tidy',
  summary: "This project's own: a row a job or a part of it, with everything a job has; CSV or Parquet",
  options: [],
  as: 'tasks',
  canBe: ['tasks'],
  origin: 'trace',
  zeroRunTime: 'keep',
  resources: async (bytes) =>
    (await readColumnNames(bytes, new Interner())).map(demandedResource).filter((name) => name !== null),

  looksLike(head) {
    const line = decode(head, 0, head.length)
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/, 1)[0]!;
    return this.looksLikeColumns!(line.split(/[,;\t|]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')));
  },

  looksLikeColumns: (names) =>
    NEEDED.every((name) => names.includes(name)) && names.some((name) => demandedResource(name) !== null),

  open(bytes, options, context) {
    if (!['user', 'none'].includes(options.frameworkBy)) {
      const message = `got \`${options.frameworkBy}\`; a tidy file names the framework in a column of its own: user or none`;
      throw new ScenarioError([{ path: 'framework-by', message }]);
    }
    const account = openAccount(options.file, 'tidy', sharedRules(options));
    return traceSource(bytes, (source) => readRows(source, { options, context, account }), options, context, account);
  },
};

/** What reading one file needs. */
interface Tools {
  readonly options: TraceOptions;
  readonly context: WorkloadContext;
  readonly account: SourceAccount;
}

async function* readRows(bytes: Parameters<TraceReader['open']>[0], tools: Tools): AsyncGenerator<TraceBatch> {
  const { context, account, options } = tools;
  const records = await openTable(bytes, context.frameworks, { isRagged: true });
  const jobs = new TidyJobs(options, context, account);
  let row: TidyRow | undefined;
  try {
    while (await records.more()) {
      while (records.next()) {
        if (row === undefined) {
          row = openRow(records, bytes.name, tools);
          continue;
        }
        account.read++;
        row.line = records.line;
        row.cells = records.cells;
        jobs.take(row);
        if (jobs.isFull) yield jobs.takeBatch();
      }
    }
  } finally {
    await records.close();
  }
  if (account.read === 0) {
    throw new ScenarioError(records.isEmpty ? 'the file is empty' : 'no data row', { file: bytes.name });
  }
  jobs.finish();
  if (!jobs.isEmpty) yield jobs.takeBatch();
}

/** Finds the columns; throws a ScenarioError with all that are missing, unknown or there twice. */
function openRow(records: TableRecordSource, file: string, { context, account, options }: Tools): TidyRow {
  const { cells } = records;
  const names = Array.from({ length: cells.count }, (_, i) => cells.text(i));
  const problems: [message: string, suggestion?: string | undefined][] = [];
  const demands = names.filter((name) => demandedResource(name) !== null);
  for (const name of NEEDED) {
    if (!names.includes(name))
      problems.push([`the first line names no column \`${name}\`, which a tidy file must have`]);
  }
  if (demands.length === 0) problems.push(['the first line names no column of a demand, such as `demand_cpus`']);
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) < i) problems.push([`two columns are called \`${name}\``]);
    else if (!demands.includes(name) && !(TIDY_COLUMNS as readonly string[]).includes(name)) {
      problems.push([`unknown column \`${name}\``, didYouMean(name, TIDY_COLUMNS)]);
    }
  }
  const place = { file, ...(records.line > 0 && { line: records.line }) };
  if (problems.length > 0) {
    throw new ScenarioError(
      problems.map(([message, suggestion]) => ({ path: '', message, place, ...(suggestion && { suggestion }) })),
    );
  }
  const columns = context.resources.map(({ name }) => demands.find((column) => demandedResource(column) === name));
  const counted = columns.filter((column) => column !== undefined);
  if (counted.length === 0) {
    const known = context.resources.map(({ name }) => name).join(', ') || 'no resource';
    const told = demands.map(demandedResource).join(', ');
    throw new ScenarioError([
      { path: 'format', message: `the file tells of ${told}, and the cluster has ${known}`, place },
    ]);
  }
  const others = demands.filter((column) => !counted.includes(column));
  if (others.length > 0) account.rules['not-counted'] = others.map(demandedResource).join(', ');
  const hasFramework = options.frameworkBy === 'user' && names.includes('framework');
  account.rules['framework-by'] = hasFramework ? 'framework' : 'none';
  return new TidyRow(names, { columns, context, hasFramework });
}
