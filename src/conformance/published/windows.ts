import { Sum } from '../../base/sum.ts';
import type { JobBatch } from '../../workload/job-batch.ts';
import { whyPolicyDeclined } from '../declined.ts';
import { CaseError, type Fields } from '../fields.ts';
import { comparePrinted } from '../logs/figures.ts';
import { findByContent } from '../logs/find-log.ts';
import { collectJobs, logOf, type OpenLog, openLog } from '../logs/open-log.ts';
import { type LogResult, policyOf, runLog } from '../logs/run-log.ts';
import { MissingTrace, type TraceFolder } from '../trace-folder.ts';
import type { Verdict } from '../verdict.ts';

/** Decimals with which the tables print. */
const SLOWDOWN_DECIMALS = 2;
const UTILIZATION_DECIMALS = 3;
const CANONICAL_DECIMALS = 6;

/** What the file calls our policies where it uses other names. */
const CANONICAL: Readonly<Record<string, string>> = { easySjbf: 'easy-sjbf' };

/** The log of one column of the tables, and the windows that are cut of it. */
interface Cut {
  readonly log: OpenLog;
  readonly jobs: JobBatch;
  /** Rows of the jobs of each window. */
  readonly windows: readonly (readonly number[])[];
}

/** Tables of the mean bounded slowdown over windows of a log, each of which begins on an empty machine. */
export async function windows(one: Fields, verdict: Verdict, traces: TraceFolder): Promise<void> {
  one.prose('startsNote', 'semantics', 'scores', 'finding', 'notReproducible');
  const table = one.fields('table');
  const logs = one.fields('logs');
  const starts = one.numbers('windowStarts');
  const length = one.positive('windowLength');
  for (const key of table.keys) {
    const cut = await cutOf(key, logs.fields(key), starts, length, verdict, traces);
    await compareTable(key, cut, table.fields(key), verdict);
    if (!one.has('canonical')) continue;
    const canonical = one.fields('canonical');
    canonical.prose('note');
    if (canonical.has(key)) await compareCanonical(key, cut, canonical.fields(key), verdict);
  }
}

async function cutOf(
  key: string,
  about: Fields,
  starts: readonly number[],
  length: number,
  verdict: Verdict,
  traces: TraceFolder,
): Promise<Cut> {
  const sha256 = about.text('sha256');
  const file = await findByContent(sha256, traces);
  if (file === null) throw new MissingTrace(`a log with the SHA-256 ${sha256} (${key})`, traces);
  // Jobs keep the clock of their log, on which some scores depend.
  const log = openLog(traces.open(file), about.positive('processors'), {
    zeroRunTime: 'skip',
    pastEstimate: 'overrun',
    origin: 'trace',
  });
  const jobs = await collectJobs(log);
  verdict.same(`${key} jobs`, jobs.jobs, about.number('jobs'));
  const byId = Array.from({ length: jobs.jobs }, (_, row) => row);
  byId.sort((a, b) => Number(jobs.name[a]) - Number(jobs.name[b]) || a - b);
  const cut = starts.map((start) => byId.slice(start, start + length));
  if (cut.some((rows) => rows.length < length)) throw new CaseError(`a window goes beyond the ${jobs.jobs} jobs`);
  return { log, jobs, windows: cut };
}

/** Cells with backfilling (`bf`) and without (`nobf`). */
async function compareTable(key: string, cut: Cut, table: Fields, verdict: Verdict): Promise<void> {
  for (const kind of table.keys) {
    const cells = table.fields(kind);
    for (const policy of cells.keys) {
      const part = `${key}.${kind}.${policy}`;
      const cell = cells.fields(policy);
      const reason = whyPolicyDeclined('published', part);
      if (reason !== null) {
        verdict.decline(part, reason);
        cell.prose(...cell.keys);
        continue;
      }
      if (kind !== 'nobf') throw new CaseError(`unknown cell \`${part}\``);
      compareCell(part, cut, await runWindows(cut, policy), cell, verdict);
      verdict.serve(part);
    }
  }
}

function compareCell(part: string, cut: Cut, results: readonly LogResult[], cell: Fields, verdict: Verdict): void {
  const slowdowns = results.map(slowdownOf);
  const slowdown = mean(slowdowns);
  // The tables end the window at the last start, so that work after it counts as well and the figure comes out high.
  const used = mean(results.map(({ starts }) => starts.workUntilLastStart(cut.log.processors)));
  comparePrinted(`${part} mine`, slowdown, cell.number('mine'), verdict);
  comparePrinted(`${part} mineUtil`, used, cell.number('mineUtil'), verdict);
  const windowed = cell.numbers('perWindow');
  verdict.same(`${part} perWindow, how many`, slowdowns.length, windowed.length);
  for (const [i, value] of windowed.entries()) {
    comparePrinted(`${part} perWindow.${i}`, slowdowns[i] ?? Number.NaN, value, verdict);
  }
  // What was printed need not be what was recomputed.
  if (!cell.flag('match')) cell.prose('published', 'publishedUtil');
  else {
    comparePrinted(`${part} published`, slowdown, cell.number('published'), verdict, SLOWDOWN_DECIMALS);
    comparePrinted(`${part} publishedUtil`, used, cell.number('publishedUtil'), verdict, UTILIZATION_DECIMALS);
  }
}

/** The same windows under the policies as they are here. */
async function compareCanonical(key: string, cut: Cut, expected: Fields, verdict: Verdict): Promise<void> {
  for (const name of expected.keys) {
    const part = `${key}.canonical.${name}`;
    const slowdown = mean((await runWindows(cut, CANONICAL[name] ?? name)).map(slowdownOf));
    comparePrinted(part, slowdown, expected.number(name), verdict, CANONICAL_DECIMALS);
    verdict.serve(part);
  }
}

async function runWindows({ log, jobs, windows }: Cut, policy: string): Promise<LogResult[]> {
  const chosen = policyOf(policy);
  const results: LogResult[] = [];
  for (const rows of windows) results.push(await runLog(logOf(log, jobs, rows), chosen));
  return results;
}

function slowdownOf({ metrics }: LogResult): number {
  return metrics['bounded-slowdown.mean'] ?? Number.NaN;
}

function mean(values: readonly number[]): number {
  const sum = new Sum();
  for (const value of values) sum.add(value);
  return sum.value / values.length;
}
