import { ScenarioError } from '../../base/errors.ts';
import { fromSeconds, type Time } from '../../base/time.ts';
import { csvCells } from './csv-cells.ts';
import type { Schedule, ScheduledJob, ScheduleFormat } from './schedule.ts';

/** Which columns of a CSV file make a scheduled job. */
interface CsvForm {
  readonly format: ScheduleFormat;
  readonly name: string;
  readonly submit: string;
  readonly start: string;
  readonly end: string;
}

const CSV_FORMS: readonly CsvForm[] = [
  { format: 'allot', name: 'job', submit: 'submit_s', start: 'start_s', end: 'end_s' },
  { format: 'batsim', name: 'job_id', submit: 'submission_time', start: 'starting_time', end: 'finish_time' },
];

/**
 * Reads a schedule: `jobs.csv` as `run --out` writes it, Batsim's `jobs.csv`, or SWF with waits and run times, found by
 * the look of the text.
 *
 * @throws ScenarioError with the line for what is none of these, has a number that is none or a name twice.
 */
export async function readSchedule(source: string, text: string): Promise<Schedule> {
  const first = text.split('\n', 1)[0]!.trim();
  if (first === '') throw new ScenarioError('there is nothing in it', { file: source });
  const form = CSV_FORMS.find(({ name, submit, start, end }) => {
    const columns = first.split(',').map((cell) => cell.trim().replaceAll('"', ''));
    return [name, submit, start, end].every((column) => columns.includes(column));
  });
  if (form !== undefined) return { source, format: form.format, jobs: await csvJobs(form, source, text) };
  if (/^(;|-?[\d.]+(\s+-?[\d.]+){4,}\s*$)/.test(first)) return { source, format: 'swf', jobs: swfJobs(source, text) };
  const forms = 'the jobs.csv of a run, the jobs.csv of Batsim, or SWF';
  throw new ScenarioError(`this is no schedule that is known: expected ${forms}`, { file: source, line: 1 });
}

async function csvJobs(form: CsvForm, source: string, text: string): Promise<Schedule['jobs']> {
  const [head, ...rows] = await csvCells(source, text);
  const at = (column: string) => head!.cells.indexOf(column);
  const [name, submit, start, end] = [at(form.name), at(form.submit), at(form.start), at(form.end)];
  const jobs = new Map<string, ScheduledJob>();
  for (const { cells, line } of rows) {
    const place = { file: source, line };
    if (cells.length !== head!.cells.length) {
      throw new ScenarioError(`${cells.length} cells, the head has ${head!.cells.length}`, place);
    }
    const time = (column: number) => timeOf(cells[column]!, place);
    const submitted = time(submit);
    if (submitted === null) throw new ScenarioError('a job without a time of submission', place);
    add(jobs, { name: cells[name]!, submit: submitted, start: time(start), end: time(end) }, place);
  }
  return jobs;
}

/** SWF has waits, not starts; -1 says that there was none. */
function swfJobs(source: string, text: string): Schedule['jobs'] {
  const jobs = new Map<string, ScheduledJob>();
  text.split('\n').forEach((row, i) => {
    const cells = row.trim().split(/\s+/);
    if (cells[0] === '' || cells[0]!.startsWith(';')) return;
    const place = { file: source, line: i + 1 };
    if (cells.length < 4) throw new ScenarioError(`${cells.length} fields, expected at least 4`, place);
    const submit = timeOf(cells[1]!, place);
    if (submit === null) throw new ScenarioError('a job without a time of submission', place);
    const duration = (cell: string) => (Number(cell) === -1 ? null : timeOf(cell, place));
    const [wait, run] = [duration(cells[2]!), duration(cells[3]!)];
    const start = wait === null ? null : submit + wait;
    add(jobs, { name: cells[0]!, submit, start, end: start === null || run === null ? null : start + run }, place);
  });
  return jobs;
}

type Line = { readonly file: string; readonly line: number };

function timeOf(cell: string, place: Line): Time | null {
  const text = cell.trim();
  if (text === '') return null;
  const seconds = Number(text);
  if (!Number.isFinite(seconds)) throw new ScenarioError(`\`${text.slice(0, 40)}\` is no number of seconds`, place);
  return fromSeconds(seconds);
}

function add(jobs: Map<string, ScheduledJob>, job: ScheduledJob, place: Line): void {
  const name = job.name.trim();
  if (jobs.has(name)) throw new ScenarioError(`a second job \`${name.slice(0, 40)}\`: jobs are told by name`, place);
  jobs.set(name, { ...job, name });
}
