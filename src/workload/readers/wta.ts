import { fromSeconds } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import { submitFault } from './gwf.ts';
import { type TableTools, tableReader } from './table.ts';
import { taskIds } from './task-ids.ts';
import { WorkflowJobs } from './workflow-jobs.ts';

/** One row of the table of tasks, whatever file it comes from. */
export interface WtaTask {
  readonly id: string;
  readonly workflowId: string;
  /** Milliseconds; NaN for none. */
  readonly submit: number;
  /** Milliseconds; NaN for none. */
  readonly runtime: number;
  readonly parents: readonly string[];
  /** Processors or threads; NaN or not above 0 for unknown. */
  readonly amount: number;
  readonly framework: number;
  /** Where it stands in the file, from 1. */
  readonly line: number;
}

/**
 * Reads the table of tasks of the Workflow Trace Archive as CSV: a task a record, times in milliseconds.
 *
 * @see Versluis et al., The Workflow Trace Archive, IEEE TPDS 31(9), 2020
 */
export const wta = tableReader({
  name: 'wta',
  summary: 'Workflow Trace Archive, the table of tasks as CSV: times in milliseconds, parents by their ids',
  columns: ['id', 'workflow_id', 'ts_submit', 'runtime', 'parents'],
  optional: ['resource_amount_requested', 'user_id', 'group_id'],
  resources: ['cpus'],
  frameworkBy: { user: 'user_id', group: 'group_id' },
  open(tools) {
    const tasks = new WtaTasks(tools);
    return {
      take: (row) =>
        tasks.take({
          id: row.text('id'),
          workflowId: row.text('workflow_id'),
          submit: row.number('ts_submit'),
          runtime: row.number('runtime'),
          parents: taskIds(row.text('parents')),
          amount: row.number('resource_amount_requested'),
          framework: row.framework(),
          line: row.line,
        }),
      rest: () => tasks.rest(),
    };
  },
});

/** Turns rows of the table of tasks into jobs, a workflow each. */
export class WtaTasks {
  readonly #jobs: WorkflowJobs;
  readonly #writer: TableTools['writer'];
  readonly #demand: Float64Array;

  constructor({ context, account, writer, options }: TableTools) {
    const [cpus] = demandColumns(['cpus'], 'wta', context, account);
    this.#demand = new Float64Array(context.resources.length);
    this.#demand[cpus!] = 1;
    this.#writer = writer;
    this.#jobs = new WorkflowJobs(writer, { file: options.file, sort: options.sort, tellsSubmit: true });
  }

  /** Takes one task; gives the reason why it is left out where that is known at once. */
  take({ id, workflowId, submit, runtime, parents, amount, framework, line }: WtaTask): string | null {
    if (workflowId === '') return 'missing: workflow_id';
    if (id === '') return 'missing: id';
    const isKnown = amount > 0;
    if (!isKnown) this.#writer.note('amount requested unknown, one processor taken', 1, line);
    this.#jobs.add({
      job: workflowId,
      key: id,
      parents,
      submit: fromSeconds(submit / 1_000),
      run: fromSeconds(runtime / 1_000),
      width: isKnown ? Math.ceil(amount) : 1,
      demand: this.#demand,
      framework,
      line,
      leftOut: submitFault(submit),
    });
    return null;
  }

  /** Gives the writer what is still open, a job a step. */
  rest(): Iterable<void> {
    return this.#jobs.rest();
  }
}
