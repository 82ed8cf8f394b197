import { fromSeconds } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import { tableReader } from './table.ts';
import { taskIds } from './task-ids.ts';
import { WorkflowJobs } from './workflow-jobs.ts';

/**
 * Reads the Grid Workload Format: a task a record, the workflow it belongs to and the tasks it waits for.
 *
 * @see Iosup et al., The Grid Workloads Archive, Future Generation Computer Systems 24(7), 2008
 */
export const gwf = tableReader({
  name: 'gwf',
  summary: 'Grid Workload Format: a task a record, with its workflow and the tasks it waits for',
  columns: ['WorkflowID', 'JobID', 'SubmitTime', 'RunTime', 'NProcs', 'Dependencies'],
  optional: ['ReqNProcs'],
  resources: ['cpus'],
  open({ context, account, writer, options }) {
    const [cpus] = demandColumns(['cpus'], 'gwf', context, account);
    const jobs = new WorkflowJobs(writer, { file: options.file, sort: options.sort, tellsSubmit: true });
    const demand = new Float64Array(context.resources.length);
    demand[cpus!] = 1;
    return {
      take(row) {
        const job = row.text('WorkflowID');
        if (job === '') return 'missing: WorkflowID';
        const key = row.text('JobID');
        if (key === '') return 'missing: JobID';
        const submit = fromSeconds(row.number('SubmitTime'));
        const width = row.number('NProcs');
        jobs.add({
          job,
          key,
          parents: taskIds(row.text('Dependencies')),
          submit,
          run: fromSeconds(row.number('RunTime')),
          width,
          demand,
          framework: row.framework(),
          line: row.line,
          leftOut: submitFault(submit) ?? (Number.isNaN(width) ? 'not a number: NProcs' : null),
        });
        return null;
      },
      rest: () => jobs.rest(),
    };
  },
});

/** Why a task of that submit time is left out, or null: its job's is another. */
export function submitFault(submit: number): string | null {
  if (Number.isNaN(submit)) return 'unknown submit';
  return submit < 0 ? 'negative submit' : null;
}
