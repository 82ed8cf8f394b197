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
  const isReal = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60;
  if (!isReal || second > 60) return Number.NaN;
  return ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Counts days of the Gregorian calendar; years begin in March, so that the leap day is the last of one. */
function daysSince1970(year: number, month: number, day: number): number {
  const from = month > 2 ? year : year - 1;
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return 365 * from + leaps + ofYear - 719_468;
}
