import { fromSeconds } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import { tableReader } from './table.ts';

const STAMP = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)$/;

/**
 * Reads the Microsoft Philly log of training jobs as a table: a job a record, its GPUs and how long it ran.
 *
 * Times of submission are local without a zone, and are read as UTC. The width is the number of GPUs, a task each.
 *
 * @see Jeon et al., Analysis of large-scale multi-tenant GPU clusters for DNN training workloads, ATC 2019
 */
export const philly = tableReader({
  name: 'philly',
  summary: 'Microsoft Philly as CSV: training jobs with GPUs, duration and virtual cluster',
  columns: ['timestamp', 'duration', 'num_gpus'],
  optional: ['gpu_time', 'cluster'],
  resources: ['gpus'],
  frameworkBy: { user: 'cluster', queue: 'cluster' },
  open({ context, account, writer }) {
    const [gpus] = demandColumns(['gpus'], 'philly', context, account);
    const demand = new Float64Array(context.resources.length);
    demand[gpus!] = 1;
    return {
      take(row) {
        const submit = readStamp(row.text('timestamp'));
        if (Number.isNaN(submit)) return 'not a date and time: timestamp';
        const width = row.number('num_gpus');
        if (Number.isNaN(width)) return 'not a number: num_gpus';
        const run = row.number('duration');
        if (Number.isNaN(run)) return 'not a number: duration';
        writer.add(
          {
            name: account.read,
            framework: row.framework(),
            submit: fromSeconds(submit),
            estimate: Number.NaN,
            priority: 0,
            constraint: 0,
            line: row.line,
          },
          { run: fromSeconds(run), width, demand },
        );
        return null;
      },
    };
  },
});

/** Seconds since 1970, the text taken as UTC; NaN where it is no date and time. */
function readStamp(text: string): number {
  const match = STAMP.exec(text);
  if (match === null) return Number.NaN;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1_000;
}
