import { type Amount, type Resource, toSteps } from '../../base/amounts.ts';
import type { ByteSource } from '../../base/byte-source.ts';
import { ScenarioError } from '../../base/errors.ts';
import { fromSeconds } from '../../base/time.ts';
import { BATCH_ROWS, type TraceBatch } from '../trace-batch.ts';
import { openAccount, type SourceAccount, type WorkloadContext } from '../workload-source.ts';
import { Admission } from './admission.ts';
import { LineReader } from './line-reader.ts';
import { processorColumn } from './processor-column.ts';
import type { TraceOptions, TraceReader } from './reader.ts';
import { SwfFramework } from './swf-framework.ts';
import { readSwfHeader } from './swf-header.ts';
import { type RowPlan, readPlainRows } from './swf-plain-rows.ts';
import { decode, parseNumber, TokenCursor } from './token-cursor.ts';
import { sharedRules, traceSource } from './trace-source.ts';

/** Where the format keeps what is read, from 0. */
const Field = { job: 0, submit: 1, run: 3, allocated: 4, requested: 7, estimate: 8 } as const;

/** Fields that must be there and be numbers. */
const NEEDED = 9;
/** Places of a row: the needed fields and the one that tells the framework. */
const STRIDE = NEEDED + 1;
/** Rows that are read from the bytes before their jobs are added. */
const ROWS = 512;
const SEMICOLON = 59;

/**
 * Reads the Standard Workload Format of the Parallel Workloads Archive: a job a line, 18 numbers between blanks.
 *
 * @see Chapin et al., Benchmarks and standards for the evaluation of parallel job schedulers, JSSPP 1999, section 3
 */
export const swf: TraceReader = {
  name: 'swf',
  summary: 'Standard Workload Format: a job a line, 18 numbers between blanks, comments begin with `;`',
  options: [],
  resources: ['cpus'],
  isOfSingleTasks: true,

  looksLike(head, fileName) {
    for (const line of decode(head, 0, head.length).split('\n')) {
      const text = line.trim();
      if (text.startsWith(';')) return true;
      if (text === '') continue;
      const fields = text.split(/\s+/);
      return fields.length >= NEEDED && fields.slice(0, NEEDED).every((field) => !Number.isNaN(parseNumber(field)));
    }
    return /\.swf(\.gz)?$/i.test(fileName);
  },

  async machine(bytes) {
    const header = await readSwfHeader(bytes);
    for (const field of ['MaxProcs', 'MaxNodes']) {
      const count = Number(header[field]);
      if (Number.isSafeInteger(count) && count > 0) return count;
    }
    return 'the header has neither MaxProcs nor MaxNodes';
  },

  open(bytes, options, context) {
    const account = openAccount(options.file, 'swf', sharedRules(options));
    const parser = new SwfParser(options, context, account);
    return traceSource(bytes, (source) => parser.rows(source), options, context, account);
  },
};

/** Turns the lines of one SWF file into rows. */
class SwfParser {
  readonly #account: SourceAccount;
  readonly #admission: Admission;
  readonly #framework: SwfFramework;
  readonly #plan: RowPlan;
  readonly #column: number;
  readonly #cpus: Resource;
  readonly #apart: boolean;
  readonly #cursor = new TokenCursor();
  /** Fields of rows on their way: of a block of plain rows, or of one row that {@link #cursor} reads. */
  readonly #rows = new Float64Array(STRIDE * ROWS);
  readonly #fields = this.#rows.subarray(0, NEEDED);
  /** Where the job number of the row begins that the cursor reads. */
  #nameStart = 0;

  constructor(options: TraceOptions, context: WorkloadContext, account: SourceAccount) {
    this.#account = account;
    this.#admission = new Admission(options, context, account);
    this.#framework = new SwfFramework(options.frameworkBy, context.frameworks);
    this.#plan = { leading: NEEDED, gap: this.#framework.field - NEEDED, stride: STRIDE };
    this.#column = processorColumn('SWF', context);
    this.#cpus = context.resources[this.#column]!;
    this.#apart = options.as !== 'pool';
  }

  async *rows(bytes: ByteSource): AsyncGenerator<TraceBatch> {
    const admission = this.#admission;
    const lines = new LineReader(bytes, 'SWF');
    try {
      while (await lines.more()) while (this.#fillBatch(lines)) yield admission.take();
    } finally {
      await lines.close();
    }
    if (this.#account.read === 0) {
      const message = lines.line === 0 ? 'the file is empty' : 'no data row, only comments and blank lines';
      throw new ScenarioError(message, { file: bytes.name });
    }
    if (admission.batch.jobs > 0) yield admission.take();
  }

  /** Reads on in the block; true when a batch is full, false when the block is used up. */
  #fillBatch(lines: LineReader): boolean {
    const { batch } = this.#admission;
    while (batch.jobs < BATCH_ROWS) {
      const line = lines.line;
      const room = Math.min(ROWS, BATCH_ROWS - batch.jobs);
      // The first line is left to the line reader, which checks how it ends.
      const count = line === 0 ? 0 : readPlainRows(lines, this.#rows, room, this.#plan);
      for (let i = 0; i < count; i++) this.#admit(i * STRIDE, line + i + 1);
      this.#account.read += count;
      if (count < room && !this.#readLine(lines)) return false;
    }
    return true;
  }

  /** Reads the next line, whatever it is; false where there is none in the block. */
  #readLine(lines: LineReader): boolean {
    if (!lines.next()) return false;
    const cursor = this.#cursor;
    cursor.seek(lines.bytes, lines.start, lines.end);
    if (!cursor.advance() || cursor.bytes[cursor.at] === SEMICOLON) return true;
    this.#account.read++;
    this.#nameStart = cursor.at;
    const count = cursor.numbers(this.#fields);
    this.#rows[NEEDED] = Number.NaN;
    if (count === NEEDED) this.#admit(0, lines.line);
    else this.#admission.skip(count < 0 ? 'not a number' : 'too few fields', lines.line);
    return true;
  }

  /** Adds the row whose fields begin at `at` as a job, or counts why not. */
  #admit(at: number, line: number): void {
    const rows = this.#rows;
    const admission = this.#admission;
    const { batch } = admission;
    const { jobs } = batch;
    const requested = rows[at + Field.requested]!;
    const allocated = rows[at + Field.allocated]!;
    const processors = requested > 0 ? requested : allocated;
    const submit = fromSeconds(rows[at + Field.submit]!);
    const run = fromSeconds(rows[at + Field.run]!);
    const { scale } = this.#cpus;
    const amount = this.#amount(processors);
    const tooMuch = amount > Number.MAX_SAFE_INTEGER ? 'out of range' : null;
    const refusal = admission.refusal(submit, run, processors) ?? tooMuch;
    if (refusal !== null) {
      admission.skip(refusal, line);
      return;
    }
    if (amount / scale !== processors) admission.noteRounded(line);
    batch.submit[jobs] = submit;
    batch.run[jobs] = run;
    batch.estimate[jobs] = fromSeconds(rows[at + Field.estimate]!);
    batch.demand[jobs * batch.resources + this.#column] = this.#apart ? scale : amount;
    const by = rows[at + NEEDED]!;
    const framework = Number.isNaN(by) ? this.#framework.read(this.#cursor, NEEDED) : this.#framework.id(by);
    const job = rows[at + Field.job]!;
    const name = (job | 0) === job ? job | 0 : this.#name(job);
    admission.add(name, framework, this.#apart ? amount / scale : 1, line);
  }

  /** Whole steps, of whole processors where each is a task; processors are counts, but a decimal is read as well. */
  #amount(processors: number): Amount {
    if (Number.isInteger(processors)) return processors * this.#cpus.scale;
    if (this.#apart) return Math.ceil(processors) * this.#cpus.scale;
    return toSteps(processors, this.#cpus, 'demand').amount;
  }

  /** The job number; as text where a double would change it. */
  #name(job: number): string | number {
    if (Number.isSafeInteger(job)) return job;
    this.#cursor.at = this.#nameStart;
    return this.#cursor.text();
  }
}
