import { formatDuration, fromSeconds } from '../base/time.ts';
import { formatMetric, formatNumber } from '../report/quantity.ts';
import { sparkline } from '../report/sparkline.ts';
import type { Style } from '../report/style.ts';
import { table } from '../report/table.ts';
import type { Finding } from './findings.ts';
import type { Survey } from './survey.ts';

const TIMES = new Set(['interarrival', 'run']);

/** Columns in which every percentile has room. */
const ROOMY = 104;

/** Sets out what a trace holds, to be read by people on so many columns. */
export function describeSurvey(survey: Survey, findings: readonly Finding[], style: Style, width = ROOMY): string {
  const blocks = [
    headline(survey, style),
    demand(survey, style),
    spreads(survey, style, width < ROOMY),
    arrivals(survey, style),
    stages(survey, style),
    frameworks(survey, style),
    records(survey, findings, style, width),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const duration = (seconds: number) => formatDuration(fromSeconds(seconds));

function headline(
  { source, format, jobs, tasks, frameworks: count, span_s, first_submit_s }: Survey,
  style: Style,
): string {
  const what = [
    `${formatNumber(jobs)} jobs`,
    ...(tasks === jobs ? [] : [`${formatNumber(tasks)} tasks`]),
    `${formatNumber(count)} ${count === 1 ? 'framework' : 'frameworks'}`,
  ].join(', ');
  const when = span_s === null ? '' : ` · submitted over ${duration(span_s)}`;
  const clock =
    first_submit_s === null
      ? ''
      : style.quiet(`\nfirst submit at ${formatNumber(first_submit_s)} s of the trace's clock`);
  return `${style.strong(source)} ${style.quiet('·')} ${style.accent(format)}\n${what}${when}${clock}`;
}

function demand({ resources }: Survey, style: Style): string {
  const entries = Object.entries(resources).filter(([, { jobs }]) => jobs > 0);
  if (entries.length === 0) return '';
  const hasLoad = entries.some(([, { offered_load }]) => offered_load !== null);
  const head = ['', 'jobs', 'mean', 'max', 'unit-seconds', ...(hasLoad ? ['offered load'] : [])];
  const rows = entries.map(([name, { jobs, mean, max, unit_seconds, offered_load }]) => [
    name,
    formatNumber(jobs),
    formatNumber(mean),
    formatNumber(max),
    formatNumber(unit_seconds),
    ...(hasLoad ? [formatMetric(offered_load, 'share')] : []),
  ]);
  return `${style.strong('Demand')} ${style.quiet('(of a job)')}\n${table(head, rows, style)}`;
}

function spreads(survey: Survey, style: Style, isNarrow: boolean): string {
  const rows = Object.entries(survey.spreads).map(([name, { mean, p5, p50, p95, p99, max, histogram }]) => {
    const show = (value: number | null) =>
      value === null ? '-' : TIMES.has(name) ? duration(value) : formatNumber(value);
    const picture = sparkline(
      histogram.map((count) => (count === 0 ? null : count)),
      Math.max(...histogram),
    );
    const values = isNarrow ? [mean, p50, p95, max] : [mean, p5, p50, p95, p99, max];
    return [name, ...values.map(show), style.accent(picture)];
  });
  if (rows.length === 0) return '';
  const values = isNarrow ? ['mean', 'p50', 'p95', 'max'] : ['mean', 'p5', 'p50', 'p95', 'p99', 'max'];
  const head = ['', ...values, 'least to most'];
  const isText = (column: number) => column === 0 || column === head.length - 1;
  return `${style.strong('Distributions')}\n${table(head, rows, style, isText)}`;
}

function arrivals({ arrivals: slices, by_hour, span_s }: Survey, style: Style): string {
  if (span_s === null || span_s === 0) return '';
  const rows = [['over the span', style.accent(sparkline(slices, Math.max(...slices)))]];
  if (span_s >= 2 * 86_400) rows.push(['by hour of day', style.accent(sparkline(by_hour, Math.max(...by_hour)))]);
  return `${style.strong('Arrivals')}\n${table([], rows, style, () => true)}`;
}

function stages({ stages: found }: Survey, style: Style): string {
  if (found === null) return '';
  const { jobs, stages: count, dependencies, deepest_s } = found;
  return `${style.strong('Stages')}\n  ${formatNumber(jobs)} jobs with ${formatNumber(count)} stages and ${formatNumber(dependencies)} dependencies; longest critical path ${duration(deepest_s)}`;
}

function frameworks({ top, frameworks: count }: Survey, style: Style): string {
  if (count < 2) return '';
  const rows = top.map(({ name, jobs, share }) => [name, formatNumber(jobs), formatMetric(share, 'share')]);
  const more = count > top.length ? `\n  ${style.quiet(`and ${formatNumber(count - top.length)} more`)}` : '';
  return `${style.strong('Frameworks')}\n${table(['', 'jobs', 'of all work'], rows, style)}${more}`;
}

function records(
  { records: { read, skipped, rules }, jobs }: Survey,
  findings: readonly Finding[],
  style: Style,
  width: number,
): string {
  const left = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const lines = [
    `  ${formatNumber(read)} read = ${formatNumber(read - left)} that can be replayed + ${formatNumber(left)} skipped`,
  ];
  if (read - left !== jobs) lines[0] += ` (${formatNumber(jobs)} jobs)`;
  const rows = findings.map((finding) => [
    mark(finding, style),
    formatNumber(finding.count),
    finding.rule,
    place(finding),
  ]);
  if (rows.length > 0) lines.push(table([], rows, style, (column) => column !== 1));
  const said = Object.entries(rules).map(([key, value]) => `${key}: ${value}`);
  for (const line of filled(
    ['read with', ...said.map((rule, i) => (i < said.length - 1 ? `${rule},` : rule))],
    width - 2,
  )) {
    lines.push(`  ${style.quiet(line)}`);
  }
  return `${style.strong('Records')}\n${lines.join('\n')}`;
}

/** Sets words in lines of so many columns; a word that is longer has a line of its own. */
function filled(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function mark({ severity }: Finding, style: Style): string {
  if (severity === 'error') return style.bad('✗');
  return severity === 'warning' ? style.bad('!') : style.quiet('·');
}

function place({ examples }: Finding): string {
  const { line, detail } = examples[0]!;
  return [line > 0 ? `line ${line}` : '', detail].filter((part) => part !== '').join(', ');
}

/** Examples of one rule that are printed. */
const SHOWN = 5;

/** Sets out what the rules found, with the first records of each; `all` shows every record that was kept. */
export function describeFindings(source: string, findings: readonly Finding[], all: boolean, style: Style): string {
  if (findings.length === 0) return `${source}: nothing to remark\n`;
  const blocks = findings.map((finding) => {
    const { rule, count, examples, severity } = finding;
    const shown = all ? examples : examples.slice(0, SHOWN);
    const lines = shown.map(({ line, detail }) => {
      const where = line > 0 ? `${source}:${line}` : source;
      return `    ${style.quiet(where)}${detail === '' ? '' : ` ${detail}`}`;
    });
    if (count > shown.length) lines.push(`    ${style.quiet(`and ${formatNumber(count - shown.length)} more`)}`);
    return [
      `${mark(finding, style)} ${style.strong(rule)} ${style.quiet(`(${severity}, ${formatNumber(count)})`)}`,
      ...lines,
    ].join('\n');
  });
  const total = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).reduce((sum, { count }) => sum + count, 0);
  const tally = `${formatNumber(total('error'))} left out, ${formatNumber(total('warning'))} suspicious, ${formatNumber(total('note'))} to know of`;
  return `${blocks.join('\n')}\n\n${source}: ${tally}\n`;
}
