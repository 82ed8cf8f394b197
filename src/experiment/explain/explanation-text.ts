import { formatDuration, fromSeconds } from '../../base/time.ts';
import { formatNumber } from '../../report/quantity.ts';
import type { Style } from '../../report/style.ts';
import type { ExplainedJob, ExplainedSpan, Explanation, Remedy } from '../../scenario/explanation.ts';
import { exactly, wrapped } from '../text-layout.ts';
import { amountsText, spanText, timeText, UNBROKEN } from './reason-text.ts';

/** Characters of the longest bar. */
const BAR = 8;

/** Sets out why jobs waited, to be read by people on so many columns. */
export function explanationText(explanation: Explanation, style: Style, columns: number): string {
  const blocks = explanation.jobs.map((job) => jobText(job, style, columns));
  const { unlisted, allocator, digest } = explanation;
  if (unlisted > 0) blocks.push(`${formatNumber(unlisted)} more jobs of these names are not shown`);
  blocks.push(style.quiet(`${allocator.name}, digest ${digest.slice(0, 16)}`));
  return `${blocks.join('\n\n')}\n`;
}

function jobText(job: ExplainedJob, style: Style, columns: number): string {
  const { timeline, left_out } = job;
  const lines = [...headLines(job, style)];
  if (timeline.length > 0) {
    lines.push('', ...timelineLines(job, style, columns));
    if (left_out.spans > 0) {
      lines.push(
        `  ${style.quiet(`${formatNumber(left_out.spans)} short spans, ${span(left_out.time_s)} in all, are left out`)}`,
      );
    }
  }
  if (job.remedies.length > 0) {
    lines.push('', style.strong('What would have changed that'));
    for (const remedy of job.remedies) lines.push(...broken(remedyText(remedy, job), columns, '  '));
  }
  return lines.join('\n');
}

function headLines(job: ExplainedJob, style: Style): string[] {
  const tasks = job.tasks === 1 ? 'one task' : `${formatNumber(job.tasks)} tasks${job.gang ? ' at once' : ''}`;
  const demand = amountsText(job.demand);
  const each = demand === '' ? '' : ` of ${demand}${job.tasks > 1 ? ' each' : ''}`;
  const estimate = job.estimate_s === null ? '' : `, estimated ${span(job.estimate_s)}`;
  const what = job.status === 'rejected' ? tasks : `${tasks}${each}${estimate}`;
  return [
    `${style.strong(job.job)}  ${style.quiet(`job ${job.index} of ${job.framework}:`)} ${what}`,
    `submitted at ${span(job.submit_s)}${style.quiet(exactly(span(job.submit_s), job.submit_s))}; ${fateText(job, style)}`,
  ];
}

function fateText(job: ExplainedJob, style: Style): string {
  if (job.status === 'rejected') return `${style.bad('rejected')}: ${job.rejection}`;
  if (job.start_s === null) {
    if (job.status === 'failed') return `${style.bad('given up')}: ${job.rejection ?? 'no reason was told'}`;
    return style.bad('never started');
  }
  const [first] = job.events;
  const where = first === undefined ? '' : ` on ${first.node}${first.tasks > 1 ? ` and others` : ''}`;
  if (job.wait_s === 0) return `${style.good('started at once')}${where}`;
  return `${style.good(`waited ${span(job.wait_s!)}`)}, started at ${span(job.start_s)}${where}`;
}

/** A line a span, with a bar as long as its part of the wait, and what became of its tasks between them. */
function timelineLines(job: ExplainedJob, style: Style, columns: number): string[] {
  const { submit_s } = job;
  const longest = Math.max(...job.timeline.map(({ from_s, to_s }) => to_s - from_s));
  const rows = job.timeline.map((each) => ({
    at: timeText(each.from_s, submit_s),
    length: span(each.to_s - each.from_s),
    bar: bar(each, longest),
    why: spanText(each, submit_s),
  }));
  const last = job.timeline.at(-1)!;
  const final = lastStart(job);
  if (final !== undefined) {
    const which =
      job.tasks === 1 ? 'started' : final.tasks === job.tasks ? 'all started' : 'the last of its tasks started';
    rows.push({ at: timeText(final.time_s, submit_s), length: '', bar: '', why: `${which} on ${final.node}` });
  } else
    rows.push({ at: timeText(last.to_s, submit_s), length: '', bar: '', why: 'still waiting at the end of the run' });
  const at = Math.max(...rows.map((row) => row.at.length));
  const length = Math.max(...rows.map((row) => row.length.length), 3);
  const indent = 2 + at + 2 + length + 2 + BAR + 2;
  const head = ['at'.padEnd(at), 'for'.padStart(length), '(times count from its submission)'].join('  ');
  const lines = [`  ${style.quiet(head)}`];
  for (const row of rows) {
    const text = broken(row.why, Math.max(24, columns - indent));
    lines.push(
      `  ${row.at.replaceAll(UNBROKEN, ' ').padEnd(at)}  ${row.length.padStart(length)}  ${style.accent(row.bar.padEnd(BAR))}  ${text[0]}`,
      ...text.slice(1).map((rest) => `${' '.repeat(indent)}${rest}`),
    );
  }
  return lines;
}

/** The start behind which nothing waited; undefined where something did to the end. */
function lastStart({ events, timeline }: ExplainedJob) {
  const end = timeline.at(-1)!.to_s;
  return events.findLast(({ what, time_s }) => what === 'started' && time_s >= end);
}

function bar({ from_s, to_s }: ExplainedSpan, longest: number): string {
  const eighths = Math.max(1, Math.round(((to_s - from_s) / (longest || 1)) * BAR * 8));
  const rest = eighths % 8;
  return `${'█'.repeat(Math.floor(eighths / 8))}${rest > 0 ? '▏▎▍▌▋▊▉'[rest - 1] : ''}`;
}

function remedyText(remedy: Remedy, { submit_s, start_s }: ExplainedJob): string {
  switch (remedy.kind) {
    case 'room':
      return `${amountsText(remedy.lacks)} more free on ${remedy.node} at ${timeText(remedy.time_s, submit_s)} would have made room`;
    case 'shorter':
      return `expected to take at most ${span(remedy.at_most_s)}, it would have started at ${timeText(remedy.time_s, submit_s)}`;
    case 'setting': {
      if (remedy.start_s === null) return `with --set ${remedy.set} it never starts`;
      const gain = start_s === null ? null : start_s - remedy.start_s;
      const sooner =
        gain === null
          ? ''
          : gain > 0
            ? `, ${span(gain)} sooner`
            : gain < 0
              ? `, ${span(-gain)} later`
              : ', as it does now';
      return `with --set ${remedy.set} it starts at ${timeText(remedy.start_s, submit_s)}${sooner}`;
    }
  }
}

function span(seconds: number): string {
  return formatDuration(fromSeconds(seconds));
}

/** Breaks a text between words that may be parted. */
function broken(text: string, columns: number, indent = ''): string[] {
  return wrapped(text, columns - indent.length).map((line) => `${indent}${line.replaceAll(UNBROKEN, ' ')}`);
}
