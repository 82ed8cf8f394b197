import { type Amount, type Resource, type ResourceCatalog, toSteps } from '../../base/amounts.ts';
import { ScenarioError } from '../../base/errors.ts';
import { fromSeconds } from '../../base/time.ts';
import type { ByteSource } from '../byte-source.ts';
import { BATCH_ROWS, type TraceBatch } from '../trace-batch.ts';
import { openAccount, type SourceAccount, type WorkloadContext } from '../workload-source.ts';
import { Admission } from './admission.ts';
import { LineReader } from './line-reader.ts';
import type { TraceOptions, TraceReader } from './reader.ts';
import { SwfFramework } from './swf-framework.ts';
import { decode, parseNumber, TokenCursor } from './token-cursor.ts';
import { sharedRules, traceSource } from './trace-source.ts';

/** Where the format keeps what is read, from 0. */
const Field = { job: 0, submit: 1, run: 3, allocated: 4, requested: 7, estimate: 8 } as const;

/** Fields that must be there and be numbers. */
const NEEDED = 9;
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
  readonly #column: number;
  readonly #cpus: Resource;
  readonly #gang: boolean;
  readonly #cursor = new TokenCursor();
  readonly #fields = new Float64Array(NEEDED);
  /** Where the job number begins. */
  #nameStart = 0;

  constructor(options: TraceOptions, context: WorkloadContext, account: SourceAccount) {
    this.#account = account;
    this.#admission = new Admission(options, context, account);
    this.#framework = new SwfFramework(options.frameworkBy, context.frameworks);
    this.#column = processorColumn(context.resources);
    this.#cpus = context.resources[this.#column]!;
    this.#gang = options.as === 'gang';
  }

  async *rows(bytes: ByteSource): AsyncGenerator<TraceBatch> {
    const admission = this.#admission;
    const lines = new LineReader(bytes, 'SWF');
    try {
      while (await lines.more()) {
        while (lines.next()) {
          this.#read(lines);
          if (admission.batch.jobs === BATCH_ROWS) yield admission.take();
        }
      }
    } finally {
      await lines.close();
    }
    if (this.#account.read === 0) {
      const message = lines.line === 0 ? 'the file is empty' : 'no data row, only comments and blank lines';
      throw new ScenarioError(message, { file: bytes.name });
    }
    if (admission.batch.jobs > 0) yield admission.take();
  }

  #read(lines: LineReader): void {
    const cursor = this.#cursor;
    cursor.seek(lines.bytes, lines.start, lines.end);
    if (!cursor.advance() || cursor.bytes[cursor.at] === SEMICOLON) return;
    this.#account.read++;
    const reason = this.#parse() ?? this.#admit(lines.line);
    if (reason !== null) this.#admission.skip(reason);
  }

  #parse(): string | null {
    this.#nameStart = this.#cursor.at;
    const count = this.#cursor.numbers(this.#fields);
    if (count < 0) return 'not a number';
    return count < NEEDED ? 'too few fields' : null;
  }

  #admit(line: number): string | null {
    const fields = this.#fields;
    const admission = this.#admission;
    const processors = fields[Field.requested]! > 0 ? fields[Field.requested]! : fields[Field.allocated]!;
    const submit = fromSeconds(fields[Field.submit]!);
    const run = fromSeconds(fields[Field.run]!);
    const refusal = admission.refusal(submit, run, processors);
    if (refusal !== null) return refusal;
    const { scale } = this.#cpus;
    const amount = this.#amount(processors);
    if (amount > Number.MAX_SAFE_INTEGER) return 'out of range';
    if (amount / scale !== processors) admission.noteRounded();
    const width = this.#gang ? amount / scale : 1;
    const framework = this.#framework.read(this.#cursor, NEEDED);
    const estimate = fromSeconds(fields[Field.estimate]!);
    const at = admission.add(this.#name(), framework, submit, run, estimate, width, line);
    admission.batch.demand[at + this.#column] = this.#gang ? scale : amount;
    return null;
  }

  /** Whole steps, for a gang of whole processors; processors are counts, but a decimal is read as well. */
  #amount(processors: number): Amount {
    if (Number.isInteger(processors)) return processors * this.#cpus.scale;
    if (this.#gang) return Math.ceil(processors) * this.#cpus.scale;
    return toSteps(processors, this.#cpus, 'demand').amount;
  }

  /** The job number; as text where a double would change it. */
  #name(): string | number {
    const job = this.#fields[Field.job]!;
    if (Number.isSafeInteger(job)) return job;
    this.#cursor.at = this.#nameStart;
    return this.#cursor.text();
  }
}

function processorColumn(resources: ResourceCatalog): number {
  const cpus = resources.findIndex((resource) => resource.name === 'cpus');
  if (cpus >= 0) return cpus;
  if (resources.length === 1) return 0;
  const names = resources.map((resource) => resource.name).join(', ');
  throw new ScenarioError([
    { path: 'format', message: `SWF counts processors, and the cluster has no \`cpus\` but ${names || 'no resource'}` },
  ]);
}
