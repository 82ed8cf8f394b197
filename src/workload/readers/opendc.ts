import { ScenarioError } from '../../base/errors.ts';
import { fromSeconds } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import type { TraceReader } from './reader.ts';
import { readSideTable } from './side-table.ts';
import { type TableFormat, type TableRecords, type TableTools, tableReader } from './table.ts';
import { decode } from './token-cursor.ts';

const MILLISECONDS = 1_000;
/** MiB in one unit of memory. */
const MEMORY: Readonly<Record<string, number>> = { KB: 1 / 1024, MB: 1 };
/** The columns that only the log of Lisa has among those that are in circulation. */
const ADDED = ['deferrable', 'deadline'] as const;

const layout = {
  columns: ['id', 'submission_time', 'duration', 'cpu_count', 'mem_capacity'],
  optional: ['cpu_capacity'],
  resources: ['cpus', 'mem'],
  canBe: ['pool'],
} as const satisfies Partial<TableFormat>;

const memory = {
  'mem-unit': {
    kind: 'choice',
    of: Object.keys(MEMORY),
    default: 'KB',
    summary: 'What mem_capacity counts: KB (1024 bytes) or MB (1024 of those)',
  },
} as const;

const table = tableReader({
  ...layout,
  name: 'surf',
  summary: 'SURF Lisa as OpenDC keeps it, CSV or Parquet: jobs with cores and memory',
  own: memory,
  open: (tools) => machines(tools, null),
});

/**
 * Reads the log of SURF's cluster Lisa as a table, CSV or Parquet: a job a record, its cores and its memory.
 *
 * @see Versluis et al., Less is not more: we need rich datasets to explore, FGCS 142, 2023
 */
export const surf: TraceReader = {
  ...table,
  looksLike: (head, fileName) =>
    table.looksLike(head, fileName) && ADDED.every((name) => decode(head, 0, head.length).includes(name)),
  looksLikeColumns: (names) => table.looksLikeColumns!(names) && ADDED.every((name) => names.includes(name)),
};

/**
 * Reads the virtual machines of Bitbrains (GWA-T-12) as a table, CSV or Parquet: a machine a record, for as long as it is
 * there.
 *
 * What a machine has been given is its demand. How much it used stands in a file beside it, in intervals; as a task here
 * demands the same from start to end, that can only give a ceiling: `demand: usage-max` takes the most that was used.
 *
 * @see Shen et al., Statistical characterization of business-critical workloads hosted in cloud datacenters, CCGrid 2015
 */
export const bitbrains: TraceReader = tableReader({
  ...layout,
  name: 'bitbrains',
  summary: 'Bitbrains virtual machines as OpenDC keeps them, CSV or Parquet',
  own: {
    ...memory,
    demand: {
      kind: 'choice',
      of: ['cpu-count', 'usage-max'],
      default: 'cpu-count',
      summary: 'What a machine demands of cpus: what it was given, or the most that it used',
    },
    fragments: { kind: 'text', default: '', summary: 'The file of usage intervals, for `demand: usage-max`' },
  },
  open: async (tools) => {
    const { own } = tools.options;
    tools.account.rules['demand'] = own.text('demand');
    if (own.text('demand') === 'cpu-count') return machines(tools, null);
    const file = own.text('fragments');
    if (file !== '') return machines(tools, await mostUsed(tools, file));
    const message = '`demand: usage-max` needs `fragments`, the file of usage intervals';
    throw new ScenarioError([{ path: 'options.fragments', message }]);
  },
});

/** Takes a record as one task of all its cores; `used` has the most MHz that each machine used, by its id. */
function machines(
  { context, account, writer, options }: TableTools,
  used: ReadonlyMap<string, number> | null,
): TableRecords {
  const [cpus, mem] = demandColumns(['cpus', 'mem'], account.format, context, account);
  const unit = options.own.text('mem-unit');
  account.rules['mem-unit'] = unit;
  const demand = new Float64Array(context.resources.length);
  return {
    take(row) {
      const submit = row.number('submission_time');
      if (Number.isNaN(submit)) return fault(row, 'submission_time');
      const run = row.number('duration');
      if (Number.isNaN(run)) return fault(row, 'duration');
      const cores = row.number('cpu_count');
      if (Number.isNaN(cores)) return fault(row, 'cpu_count');
      if (cores <= 0) return 'no processors';
      const name = row.text('id');
      if (mem! >= 0) {
        const size = row.number('mem_capacity');
        if (Number.isNaN(size)) return fault(row, 'mem_capacity');
        demand[mem!] = size * MEMORY[unit]!;
      }
      if (cpus! >= 0) {
        const most = used?.get(name);
        if (used !== null && most === undefined) writer.note('no usage interval, cpu_count taken');
        const capacity = row.number('cpu_capacity');
        if (most !== undefined && !(capacity > 0)) return fault(row, 'cpu_capacity');
        demand[cpus!] = most === undefined ? cores : cores * Math.min(1, most / capacity);
      }
      const { line } = row;
      const framework = row.framework();
      const time = fromSeconds(submit / MILLISECONDS);
      writer.add(
        { name, framework, submit: time, estimate: Number.NaN, priority: 0, constraint: 0, line },
        { run: fromSeconds(run / MILLISECONDS), width: 1, demand },
      );
      return null;
    },
  };
}

function fault(row: { isEmpty(column: string): boolean }, column: string): string {
  return `${row.isEmpty(column) ? 'missing' : 'not a number'}: ${column}`;
}

/** Reads how many MHz each machine used at most. */
async function mostUsed({ context, writer }: TableTools, file: string): Promise<ReadonlyMap<string, number>> {
  const most = new Map<string, number>();
  await readSideTable(context.openFile(file), { name: 'bitbrains', columns: ['id', 'cpu_usage'] }, context.frameworks, {
    take(row) {
      const id = row.text('id');
      const used = row.number('cpu_usage');
      if (!(used >= 0)) return 'no usage';
      if (used > (most.get(id) ?? -1)) most.set(id, used);
      return null;
    },
    skip: (reason) => writer.note(`usage interval not looked at, ${reason}`),
  });
  return most;
}
