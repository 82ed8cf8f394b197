import { fromSeconds } from '../../base/time.ts';
import { constraintRows } from './constraint-rows.ts';
import { demandColumns } from './demand-columns.ts';
import { type TableRow, tableReader } from './table.ts';

const COLUMNS = [
  'job_name',
  'task_name',
  'inst_num',
  'status',
  'start_time',
  'end_time',
  'plan_cpu',
  'plan_mem',
  'plan_gpu',
  'gpu_type',
] as const;

/** By resource: the column, and what its numbers are multiplied and divided by (percent of a core or device, GiB). */
const AMOUNTS = [
  ['cpus', 'plan_cpu', 1, 100],
  ['mem', 'plan_mem', 1_024, 1],
  ['gpus', 'plan_gpu', 1, 100],
] as const;

const STATES = new Set(['Waiting', 'Running', 'Terminated', 'Failed', 'Cancelled', 'Interrupted']);

/**
 * Reads the task table of Alibaba's PAI, with or without a header: a task a record, of instances that start together.
 *
 * A task is submitted when it starts, as the table tells no earlier time; tasks of one job are jobs of their own here.
 *
 * @see Weng et al., MLaaS in the wild: workload analysis and scheduling in large-scale heterogeneous GPU clusters, NSDI 2022
 */
export const alibabaGpu2020 = tableReader({
  name: 'alibaba-gpu2020',
  summary: 'Alibaba GPU 2020 (PAI) task table: instances with shares of GPUs',
  columns: COLUMNS,
  headless: COLUMNS,
  delimiter: ',',
  resources: ['cpus', 'mem', 'gpus'],
  as: 'gang',
  looksLikeRow: (cells) => cells.length === COLUMNS.length && STATES.has(cells[3]!) && !Number.isNaN(Number(cells[2])),
  frameworkBy: { group: 'task_name', queue: 'task_name' },
  own: {
    'gpu-models': {
      kind: 'choice',
      of: ['heed', 'ignore'],
      default: 'heed',
      summary: 'whether `gpu_type` restricts a task to nodes by their attribute `gpu-model`',
    },
  },
  open({ options: { own }, context, account, writer }) {
    const names = AMOUNTS.map(([name]) => name);
    const columns = demandColumns(names, 'alibaba-gpu2020', context, account);
    const demand = new Float64Array(context.resources.length);
    const heeds = own.text('gpu-models') === 'heed';
    account.rules['gpu-models'] = own.text('gpu-models');
    const rowOf = constraintRows('gpu-model', context);
    return {
      take(row) {
        const reason = faultOf(row);
        if (reason !== null) return reason;
        for (const [i, [, column, times, per]] of AMOUNTS.entries()) {
          if (columns[i]! >= 0) demand[columns[i]!] = row.isEmpty(column) ? 0 : (row.number(column) * times) / per;
        }
        const submit = fromSeconds(row.number('start_time'));
        writer.add(
          {
            name: `${row.text('job_name')}/${row.text('task_name')}`,
            framework: row.framework(),
            submit,
            estimate: Number.NaN,
            priority: 0,
            constraint: heeds ? rowOf(row.text('gpu_type')) : 0,
            line: row.line,
          },
          { run: fromSeconds(row.number('end_time')) - submit, width: row.number('inst_num'), demand },
        );
        return null;
      },
    };
  },
});

function faultOf(row: TableRow): string | null {
  if (row.isEmpty('start_time')) return 'never scheduled';
  if (row.isEmpty('end_time')) return 'no end';
  for (const column of ['inst_num', 'start_time', 'end_time', 'plan_cpu', 'plan_mem', 'plan_gpu']) {
    // A task without GPUs has none in its plan.
    if (row.isEmpty(column)) {
      if (column === 'plan_gpu') continue;
      return `missing: ${column}`;
    }
    const value = row.number(column);
    if (Number.isNaN(value)) return `not a number: ${column}`;
    if (value < 0 && column.startsWith('plan')) return `negative: ${column}`;
  }
  return null;
}
