import type { TraceOptions } from '../../src/workload/readers/reader.ts';

/** One job as the twin reads it: times in microseconds, the demand of each task in thousandths of a processor. */
export interface SplitJob {
  readonly name: string | number;
  /** Where the row stands, from 1. */
  readonly line: number;
  readonly framework: string;
  readonly submit: number;
  readonly estimate: number | null;
  readonly killed: boolean;
  readonly run: number;
  readonly tasks: number;
  readonly demand: number;
}

export interface SplitTrace {
  readonly jobs: SplitJob[];
  readonly read: number;
  readonly skipped: Record<string, number>;
  readonly notes: Record<string, number>;
}

const FRAMEWORK_FIELDS: Readonly<Record<string, number>> = { user: 11, group: 12, queue: 14 };
const LATEST = 4_503_599_627_370_496;
const WIDEST = 16_777_216;

/** Reads SWF in the plainest way, by splitting text; the slow twin of the reader of bytes. */
export function splitSwf(
  text: string,
  options: Pick<TraceOptions, 'as' | 'frameworkBy' | 'zeroRunTime' | 'pastEstimate'>,
): SplitTrace {
  const trace: SplitTrace = { jobs: [], read: 0, skipped: {}, notes: {} };
  const note = (what: string) => {
    trace.notes[what] = (trace.notes[what] ?? 0) + 1;
  };
  let read = 0;
  for (const [above, line] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    const tokens = line.split(/[\0- ]+/).filter((token) => token !== '');
    if (tokens.length === 0 || tokens[0]!.startsWith(';')) continue;
    read++;
    const outcome = jobOf(tokens, options, note);
    if (typeof outcome === 'string') trace.skipped[outcome] = (trace.skipped[outcome] ?? 0) + 1;
    else trace.jobs.push({ ...outcome, line: above + 1 });
  }
  trace.jobs.sort((a, b) => a.submit - b.submit);
  return { ...trace, read };
}

function jobOf(
  tokens: readonly string[],
  options: Pick<TraceOptions, 'as' | 'frameworkBy' | 'zeroRunTime' | 'pastEstimate'>,
  note: (what: string) => void,
): Omit<SplitJob, 'line'> | string {
  const fields = tokens.slice(0, 9).map(numberOf);
  if (fields.some(Number.isNaN)) return 'not a number';
  if (fields.length < 9) return 'too few fields';
  const [job, submitted, , ran, allocated, , , requested, limit] = fields as [number, ...number[]];
  const processors = requested! > 0 ? requested! : allocated!;
  const submit = microseconds(submitted!);
  let run = microseconds(ran!);
  if (submit < 0) return 'negative submit';
  if (run < 0) return 'unknown run time';
  if (run === 0 && options.zeroRunTime === 'skip') return 'zero run time';
  if (processors <= 0) return 'no processors';
  if (submit > LATEST || run > LATEST) return 'out of range';
  if (options.as === 'gang' && processors > WIDEST) return 'too many tasks';
  const amount = options.as === 'gang' ? Math.ceil(processors) * 1_000 : thousandths(processors);
  if (amount > Number.MAX_SAFE_INTEGER) return 'out of range';
  if (amount / 1_000 !== processors) note('demand rounded up');
  let estimate: number | null = Math.min(microseconds(limit!), LATEST);
  let killed = false;
  if (microseconds(limit!) > LATEST) note('estimate capped');
  if (estimate <= 0) {
    estimate = null;
    note('estimate missing, run time taken');
  } else if (estimate < run && options.pastEstimate === 'kill') {
    run = estimate;
    killed = true;
    note('run time cut at the estimate');
  } else if (estimate < run && options.pastEstimate === 'extend') {
    estimate = run;
    note('estimate raised to the run time');
  }
  const gang = options.as === 'gang';
  return {
    name: Number.isSafeInteger(job) ? job : tokens[0]!,
    framework: frameworkOf(tokens, options.frameworkBy),
    submit,
    estimate,
    killed,
    run,
    tasks: gang ? amount / 1_000 : 1,
    demand: gang ? 1_000 : amount,
  };
}

function frameworkOf(tokens: readonly string[], by: string): string {
  if (by === 'none') return 'all';
  const token = tokens[FRAMEWORK_FIELDS[by]!];
  if (token === undefined) return 'unknown';
  const value = numberOf(token);
  if (Number.isNaN(value)) return `${by}-${token}`;
  return value < 0 ? 'unknown' : `${by}-${value}`;
}

function numberOf(token: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(token) ? Number(token) : Number.NaN;
}

function microseconds(seconds: number): number {
  return Math.floor(seconds * 1_000_000 + 0.5);
}

function thousandths(processors: number): number {
  const near = Math.round(processors * 1_000);
  return near / 1_000 === processors ? near : Math.ceil(processors * 1_000);
}
