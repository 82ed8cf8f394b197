import { fromSeconds } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import { tableReader } from './table.ts';

const CPUS = 'number_of_cpus_requested_per_instance_in_the_task';
const MEM = 'normalized_memory_requested_per_instance_in_the_task';
const COLUMNS = [
  'task_create_time',
  'task_end_time',
  'job_id',
  'task_id',
  'number_of_instances',
  'status',
  CPUS,
  MEM,
] as const;

/** States of a task; of these, `Terminated` is the one that came to its end. */
const STATES: readonly string[] = ['Terminated', 'Waiting', 'Running', 'Failed'];

/** Parts of a core that the table counts in. */
const PARTS_OF_A_CORE = 100;

/**
 * Reads the batch tasks of Alibaba's cluster trace of 2017: a task a record, with its instances, each of which is taken
 * to run as long as the task lived, the most that it can have run.
 *
 * Cores are counted in hundredths, and memory as a share of a machine's, which is taken as it is.
 *
 * @see the schema of cluster-trace-v2017 in alibaba/clusterdata, section batch_task
 */
export const alibaba2017 = tableReader({
  name: 'alibaba2017',
  summary: 'Alibaba cluster-trace-v2017, batch_task: tasks of many instances, with cores and normalised memory',
  resources: ['cpus', 'mem'],
  as: 'tasks',
  columns: COLUMNS,
  headless: COLUMNS,
  looksLikeRow: (cells) =>
    cells.length === COLUMNS.length &&
    cells.slice(0, 5).every((cell) => /^\d+$/.test(cell)) &&
    STATES.includes(cells[5]!),
  own: {
    status: {
      kind: 'choice',
      of: ['terminated', 'ended'],
      default: 'terminated',
      summary: 'which tasks are replayed: those that came to their end, or those that failed, too',
    },
  },
  open({ context, account, options, writer }) {
    const [cpus, mem] = demandColumns(['cpus', 'mem'], 'alibaba2017', context, account);
    const demand = new Float64Array(context.resources.length);
    const status = options.own.text('status');
    account.rules['status'] = status;
    const replayed = status === 'ended' ? ['Terminated', 'Failed'] : ['Terminated'];
    const numbers = COLUMNS.filter((column) => !['job_id', 'task_id', 'status'].includes(column));
    return {
      take(row) {
        const state = row.text('status');
        if (!replayed.includes(state)) return STATES.includes(state) ? `status ${state}` : 'unknown status';
        for (const column of numbers) {
          if (Number.isNaN(row.number(column))) return `${row.isEmpty(column) ? 'missing' : 'not a number'}: ${column}`;
        }
        const created = row.number('task_create_time');
        if (created <= 0) return 'unknown submit';
        if (cpus! >= 0) demand[cpus!] = row.number(CPUS) / PARTS_OF_A_CORE;
        if (mem! >= 0) demand[mem!] = row.number(MEM);
        writer.add(
          {
            name: `${row.text('job_id')}/${row.text('task_id')}`,
            framework: row.framework(),
            submit: fromSeconds(created),
            estimate: Number.NaN,
            priority: 0,
            constraint: 0,
            line: row.line,
          },
          {
            run: fromSeconds(row.number('task_end_time')) - fromSeconds(created),
            width: row.number('number_of_instances'),
            demand,
          },
        );
        return null;
      },
    };
  },
});
