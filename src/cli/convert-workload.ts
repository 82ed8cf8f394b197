import { resolve } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { ScenarioError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { openOutput } from '../platform/output-file.ts';
import { sha256 } from '../platform/sha256.ts';
import { formatNumber } from '../report/quantity.ts';
import { JobSample, type SampleRules } from '../trace/job-sample.ts';
import type { JobBatch } from '../workload/job-batch.ts';
import { WorkloadDigest } from '../workload/workload-digest.ts';
import { total } from '../workload/workload-source.ts';
import type { JobFile } from '../workload/writers/job-file.ts';
import { SwfFile } from '../workload/writers/swf-file.ts';
import { tidyCsv } from '../workload/writers/tidy-csv.ts';
import { TidyParquet } from '../workload/writers/tidy-parquet.ts';
import { ExitCode } from './exit-code.ts';
import { interruptible } from './interruptible.ts';
import { type OpenWorkload, openWorkload, type WorkloadArguments } from './open-workload.ts';
import { print, styleFor, tell } from './output.ts';
import { Progress } from './progress.ts';

/** What `trace convert` and `trace sample` are told. */
export interface ConvertArguments extends WorkloadArguments {
  /** The file to write, `-` for standard output. */
  readonly to: string;
  readonly 'to-format'?: string | undefined;
  readonly lossy?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Milliseconds after which signals are looked for. */
const STRETCH = 40;

/** The formats that are written, with what their names end in. */
const formats: Readonly<Record<string, { readonly ending: string; open(workload: OpenWorkload): JobFile }>> = {
  'tidy-csv': { ending: '.csv', open: ({ tables }) => tidyCsv(tables) },
  'tidy-parquet': { ending: '.parquet', open: ({ tables }) => new TidyParquet(tables) },
  swf: { ending: '.swf', open: ({ tables, machine }) => new SwfFile(tables, machine) },
};

/** What `--to-format` may be. */
export const writtenFormats = Object.keys(formats);

/** Writes the jobs of a trace or a scenario in another format, or those that are drawn; gives the exit code. */
export async function convertWorkload(args: ConvertArguments, rules?: SampleRules): Promise<number> {
  const format = formatOf(args);
  if (args.to !== '-' && args.trace !== '-' && resolve(args.to) === resolve(args.trace)) {
    throw new ScenarioError('this is the file that is read', { file: args.to });
  }
  const conversion = new Conversion(args, format);
  const message = 'nothing is written';
  const finished = await interruptible(
    message,
    () => conversion.stop(),
    () => conversion.run(rules),
  );
  if (!finished) return ExitCode.interrupted;
  await conversion.report();
  return ExitCode.ok;
}

function formatOf({ to, 'to-format': given }: ConvertArguments): string {
  const plain = to.replace(/\.gz$/i, '').toLowerCase();
  const format = given ?? writtenFormats.find((name) => plain.endsWith(formats[name]!.ending));
  if (format !== undefined && Object.hasOwn(formats, format)) return format;
  const known = writtenFormats.join(', ');
  const suggestion = format === undefined ? undefined : didYouMean(format, writtenFormats);
  const message =
    format === undefined
      ? `--to ${to}: the name tells no format; --to-format is one of ${known}`
      : `--to-format ${format}: expected one of ${known}`;
  throw new ScenarioError([{ path: '', message, ...(suggestion !== undefined && { suggestion }) }]);
}

/** One file that is being written. */
class Conversion {
  readonly #args: ConvertArguments;
  readonly #format: string;
  readonly #progress = new Progress(process.stderr, styleFor(process.stderr));
  readonly #began = performance.now();
  #breathed = this.#began;
  #stopped = false;
  #workload: OpenWorkload | undefined;
  #file: JobFile | undefined;
  #digest = '';
  #jobs = 0;
  #tasks = 0;
  /** Jobs of the whole workload. */
  #of = 0;

  constructor(args: ConvertArguments, format: string) {
    this.#args = args;
    this.#format = format;
  }

  stop(): void {
    this.#stopped = true;
    this.#progress.clear();
  }

  /** Writes the file; false where it was stopped, and there is none. */
  async run(rules: SampleRules | undefined): Promise<boolean> {
    try {
      const counted = rules?.jobs === undefined ? null : await this.#count(rules);
      if (this.#stopped) return false;
      const workload = await openWorkload(this.#args);
      this.#workload = workload;
      const sample = rules && new JobSample(rules, workload.tables.frameworks, counted ?? 0);
      return await this.#write(workload, sample);
    } finally {
      this.#progress.clear();
    }
  }

  /** Reads the workload once to know how many jobs there are to draw from. */
  async #count(rules: SampleRules): Promise<number> {
    const workload = await openWorkload(this.#args);
    const sample = new JobSample(rules, workload.tables.frameworks);
    for await (const batch of workload.batches()) {
      sample.count(batch);
      batch.release();
      if (await this.#pause(workload)) break;
    }
    return sample.candidates;
  }

  async #write(workload: OpenWorkload, sample: JobSample | undefined): Promise<boolean> {
    const { to, lossy = false } = this.#args;
    const digest = new WorkloadDigest(sha256(), workload.tables);
    const file = formats[this.#format]!.open(workload);
    this.#file = file;
    const output = openOutput(to);
    try {
      for await (const batch of workload.batches()) {
        this.#of += batch.jobs;
        const jobs = sample === undefined ? batch : sample.take(batch);
        digest.add(jobs);
        this.#add(jobs);
        await output.write(await file.write(jobs));
        batch.release();
        // What is on standard output cannot be taken back.
        if (to === '-' && !lossy) this.#refuseLoss(file);
        if (!(await this.#pause(workload))) continue;
        output.abandon();
        return false;
      }
      sample?.checkNames();
      if (this.#jobs === 0) throw new ScenarioError('no job is left to write', { file: this.#args.trace });
      if (!lossy) this.#refuseLoss(file);
      await output.write(await file.finish());
      await output.finish();
    } catch (error) {
      output.abandon();
      throw error;
    }
    this.#digest = digest.hex();
    return true;
  }

  #add(batch: JobBatch): void {
    this.#jobs += batch.jobs;
    this.#tasks += batch.tasks;
  }

  #refuseLoss({ lost }: JobFile): void {
    const list = describeCounts(lost);
    if (list === '') return;
    const message = `${this.#format} cannot hold all of it: ${list}`;
    throw new ScenarioError([{ path: '', message, suggestion: '--lossy leaves that out' }]);
  }

  /** Lets signals in and the terminal know; says whether to stop. */
  async #pause(workload: OpenWorkload): Promise<boolean> {
    const now = performance.now();
    if (now - this.#breathed >= STRETCH) {
      const elapsed = now - this.#began;
      const standing = () => ({ share: workload.share(), jobs: this.#of, tasks: this.#tasks, now: 0, elapsed });
      this.#progress.update(elapsed, standing);
      await breathe();
      this.#breathed = performance.now();
    }
    return this.#stopped;
  }

  /** Says what has been written. */
  async report(): Promise<void> {
    const { to, json } = this.#args;
    const accounts = this.#workload!.sources.map(({ account }) => account);
    const { lost } = this.#file!;
    if (json && to !== '-') {
      const workload = accounts.map(({ source, format, read, skipped, notes, rules }) => ({
        source,
        format,
        read,
        skipped,
        notes,
        rules,
      }));
      const counts = { jobs: this.#jobs, of: this.#of, tasks: this.#tasks };
      const result = { schema: 'allot.trace-convert/1', to, format: this.#format, ...counts, lost };
      await print(`${JSON.stringify({ ...result, workload_digest: this.#digest, workload }, null, 2)}\n`);
      return;
    }
    const of = this.#of === this.#jobs ? '' : ` of ${formatNumber(this.#of)}`;
    const where = to === '-' ? 'standard output' : to;
    tell(
      `wrote ${formatNumber(this.#jobs)}${of} jobs, ${formatNumber(this.#tasks)} tasks to ${where} (${this.#format})`,
    );
    for (const { source, read, skipped } of accounts) {
      const left = total(skipped);
      if (left > 0)
        tell(`${source}: ${formatNumber(left)} of ${formatNumber(read)} records left out: ${describeCounts(skipped)}`);
    }
    if (Object.keys(lost).length > 0) tell(`left out, as ${this.#format} cannot hold it: ${describeCounts(lost)}`);
    tell(`workload digest ${this.#digest}`);
  }
}

function describeCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${what} (${formatNumber(count)})`)
    .join(', ');
}
