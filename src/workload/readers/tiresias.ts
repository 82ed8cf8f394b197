import { fromSeconds } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import { tableReader } from './table.ts';

/**
 * Reads the job tables of the Tiresias simulator: a training job a record, its GPUs, and how long it runs on them.
 *
 * The width is the number of GPUs, a task each, which start together where nobody says otherwise.
 *
 * @see Gu et al., Tiresias: a GPU cluster manager for distributed deep learning, NSDI 2019
 */
export const tiresias = tableReader({
  name: 'tiresias',
  summary: 'Tiresias: training jobs with GPUs, time of submission and duration',
  resources: ['gpus'],
  as: 'gang',
  columns: ['job_id', 'num_gpu', 'submit_time', 'duration'],
  optional: ['iterations', 'model_name', 'interval', 'start_time', 'model_size', 'aggr_interval', 'model_scale'],
  frameworkBy: { group: 'model_name' },
  open({ context, account, writer }) {
    const [gpus] = demandColumns(['gpus'], 'tiresias', context, account);
    const demand = new Float64Array(context.resources.length);
    demand[gpus!] = 1;
    return {
      take(row) {
        for (const column of ['submit_time', 'duration', 'num_gpu']) {
          if (Number.isNaN(row.number(column))) return `${row.isEmpty(column) ? 'missing' : 'not a number'}: ${column}`;
        }
        writer.add(
          {
            name: row.text('job_id') || account.read,
            framework: row.framework(),
            submit: fromSeconds(row.number('submit_time')),
            estimate: Number.NaN,
            priority: 0,
            constraint: 0,
            line: row.line,
          },
          { run: fromSeconds(row.number('duration')), width: row.number('num_gpu'), demand },
        );
        return null;
      },
    };
  },
});
