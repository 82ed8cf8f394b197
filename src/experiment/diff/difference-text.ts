import { formatDuration, fromSeconds } from '../../base/time.ts';
import { formatNumber } from '../../report/quantity.ts';
import type { Style } from '../../report/style.ts';
import { table } from '../../report/table.ts';
import { exactly, wrapped } from '../text-layout.ts';
import type { Divergence, Happening, ScheduleDifference, Side } from './compare-schedules.ts';

/** Names that a line lists. */
const SHOWN = 8;

/** Sets out where two schedules part, to be read by people. */
export function differenceText(difference: ScheduleDifference, style: Style): string {
  const { a, b, matched, same, first } = difference;
  const blocks = [
    [sideLine('a', a, style), sideLine('b', b, style)].join('\n'),
    same === matched
      ? `${style.good('the same')}: all ${count(matched, 'job')} that both have start and end at the same times`
      : `${count(matched, 'job')} in both, ${style.strong(formatNumber(same))} of them at the same times`,
  ];
  if (first !== null) blocks.push(divergenceText(first, style), movesText(difference), farthestText(difference, style));
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function sideLine(name: string, side: Side, style: Style): string {
  const alone = side.alone > 0 ? `, ${style.bad(`${formatNumber(side.alone)} of them here alone`)}` : '';
  const origin = side.origin_s === 0 ? '' : ` from ${side.origin_s} s on its clock`;
  return `${style.strong(name)}  ${side.source} ${style.quiet(`(${side.format})`)}  ${count(side.jobs, 'job')}${alone}${style.quiet(origin)}`;
}

function divergenceText(first: Divergence, style: Style): string {
  const does = (name: string, { starts, ends }: Happening) => {
    const parts = [starts.length > 0 && `starts ${list(starts)}`, ends.length > 0 && `ends ${list(ends)}`];
    return `  ${style.strong(name)} ${parts.filter(Boolean).join(', ') || 'does none of this'}`;
  };
  return [
    `${style.strong('they part')} at ${span(first.time_s)}${style.quiet(exactly(span(first.time_s), first.time_s))}`,
    does('a', first.a),
    does('b', first.b),
    ...wrapped(
      `until then alike: ${first.running_jobs} running${named(first.running)}; ${first.waiting_jobs} waiting${named(first.waiting)}`,
      76,
    ).map((line, i) => (i === 0 ? `  ${line}` : `    ${line}`)),
  ].join('\n');
}

function movesText({ moved, ends_only, started_in_one }: ScheduleDifference): string {
  const lines = [
    moved.jobs > 0 &&
      [
        `${count(moved.jobs, 'job')} moved: ${formatNumber(moved.later)} later in b, ${formatNumber(moved.earlier)} earlier`,
        `  by ${span(moved.mean_absolute_shift_s!)} on average and ${span(moved.max_absolute_shift_s!)} at most; earlier against later ${signed(moved.mean_shift_s!)}`,
      ].join('\n'),
    ends_only > 0 && `${count(ends_only, 'job')} with the same start and another end`,
    started_in_one > 0 && `${count(started_in_one, 'job')} started in one of the two alone`,
  ];
  return lines.filter(Boolean).join('\n');
}

function farthestText({ farthest }: ScheduleDifference, style: Style): string {
  if (farthest.length === 0) return '';
  const rows = farthest.map((job) => [
    job.job,
    span(job.submit_s),
    span(job.a_start_s),
    span(job.b_start_s),
    signed(job.shift_s),
  ]);
  return `${style.strong('Moved farthest')}\n${table(['job', 'submitted', 'start in a', 'start in b', 'shift'], rows, style)}`;
}

function list(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return more > 0 ? `${names.slice(0, SHOWN).join(', ')} and ${more} more` : names.join(', ');
}

function named(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (${list(names)})`;
}

function count(number: number, what: string): string {
  return `${formatNumber(number)} ${what}${number === 1 ? '' : 's'}`;
}

function span(seconds: number): string {
  return formatDuration(fromSeconds(seconds));
}

function signed(seconds: number): string {
  return seconds === 0 ? '0 s' : `${seconds > 0 ? '+' : '-'}${span(Math.abs(seconds))}`;
}
