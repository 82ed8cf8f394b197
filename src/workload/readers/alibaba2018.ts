import { fromSeconds } from '../../base/time.ts';
import type { TaskKey } from '../task-graph.ts';
import { demandColumns } from './demand-columns.ts';
import { type TableRow, tableReader } from './table.ts';
import { WorkflowJobs } from './workflow-jobs.ts';

const COLUMNS = [
  'task_name',
  'instance_num',
  'job_name',
  'task_type',
  'status',
  'start_time',
  'end_time',
  'plan_cpu',
  'plan_mem',
];

/** What a task is that did not end, or not well. */
const UNDONE = ['Waiting', 'Ready', 'Running', 'Failed', 'Interrupted', 'Cancelled'];

/** Characters that a name has at most in the trace; what is longer was cut there. */
const LONGEST_NAME = 50;

/** A letter or more, the task's own number, and those of its parents; some names then tell the stage. */
const GRAPH_NAME = /^[A-Za-z]+(\d+)((?:_\d+)*)(?:_Stg\d+|_)?$/;

/**
 * Reads the table `batch_task` of the Alibaba cluster trace of 2018: a record is a task of so many instances, whose name
 * tells which tasks of its job it waits for.
 *
 * @see https://github.com/alibaba/clusterdata/blob/master/cluster-trace-v2018/trace_2018.md
 */
export const alibaba2018 = tableReader({
  name: 'alibaba2018',
  summary: 'Alibaba cluster-trace-v2018 batch_task: jobs of tasks that wait for others, as their names tell',
  columns: ['task_name', 'instance_num', 'job_name', 'status', 'start_time', 'end_time', 'plan_cpu'],
  optional: ['task_type', 'plan_mem'],
  headless: COLUMNS,
  resources: ['cpus', 'mem'],
  as: 'tasks',
  looksLikeRow: (cells) => cells.length === COLUMNS.length && /^j_\d+$/.test(cells[2]!) && /^[A-Z]/.test(cells[4]!),
  open({ context, account, writer, options }) {
    const [cpus, mem] = demandColumns(['cpus', 'mem'], 'alibaba2018', context, account);
    const jobs = new WorkflowJobs(writer, { file: options.file, sort: options.sort, tellsSubmit: false });
    const refusal = (row: TableRow): string | null => {
      const status = row.text('status');
      if (status !== 'Terminated') return UNDONE.includes(status) ? `status ${status}` : 'unknown status';
      for (const column of ['instance_num', 'plan_cpu', ...(mem! >= 0 ? ['plan_mem'] : [])]) {
        if (row.isEmpty(column)) return `missing: ${column}`;
        if (Number.isNaN(row.number(column))) return `not a number: ${column}`;
      }
      if (!(row.number('start_time') > 0)) return 'unknown submit';
      return null;
    };
    return {
      take(row) {
        const job = row.text('job_name');
        if (job === '') return 'missing: job_name';
        const name = row.text('task_name');
        const { key, parents, isCut } = readTaskName(name);
        if (isCut) writer.note('task name cut at 50 characters, parents may be missing', 1, row.line);
        const start = row.number('start_time');
        const demand = new Float64Array(context.resources.length);
        if (cpus! >= 0) demand[cpus!] = row.number('plan_cpu') / 100;
        if (mem! >= 0) demand[mem!] = row.number('plan_mem');
        jobs.add({
          job,
          key: key ?? `${name}@${row.line}`,
          parents,
          submit: fromSeconds(start),
          run: fromSeconds(row.number('end_time') - start),
          width: row.number('instance_num'),
          demand,
          framework: row.framework(),
          line: row.line,
          leftOut: refusal(row),
        });
        return null;
      },
      rest: () => jobs.rest(),
    };
  },
});

/** What the name of a task tells: its own number among those of its job, null for a task on its own, and its parents. */
export interface TaskName {
  readonly key: TaskKey | null;
  readonly parents: readonly TaskKey[];
  /** True if the name was as long as names can be, so that parents may be missing. */
  readonly isCut: boolean;
}

/**
 * Reads a name such as `J4_2_3`, task 4, which waits for 2 and 3; a name of another form is a task on its own.
 *
 * The last number of a name that was cut may be a part of one, and is left out.
 */
export function readTaskName(name: string): TaskName {
  const match = GRAPH_NAME.exec(name);
  if (match === null) return { key: null, parents: [], isCut: false };
  const parents = match[2] === '' ? [] : match[2]!.slice(1).split('_').map(Number);
  const isCut = name.length >= LONGEST_NAME;
  if (isCut && /\d$/.test(name)) parents.pop();
  return { key: Number(match[1]), parents, isCut };
}
