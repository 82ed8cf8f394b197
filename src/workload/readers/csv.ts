import { toSteps } from '../../base/amounts.ts';
import { ScenarioError } from '../../base/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { BATCH_ROWS, type TraceBatch } from '../trace-batch.ts';
import { openAccount, type SourceAccount, type WorkloadContext } from '../workload-source.ts';
import { Admission } from './admission.ts';
import type { Cells } from './cells.ts';
import type { NumberColumn } from './column-finder.ts';
import { type CsvColumns, columnSpecs, describeColumn, findColumns } from './csv-columns.ts';
import { CsvRecords } from './csv-records.ts';
import type { ColumnMap, TraceOptions, TraceReader } from './reader.ts';
import { decode } from './token-cursor.ts';
import { sharedRules, traceSource } from './trace-source.ts';

/** Reads delimited text, a job a record, by a map from columns to the fields of a job. */
export const csv: TraceReader = {
  name: 'csv',
  summary: 'Delimited text: a job a record; `columns` says which column is what',
  options: ['columns', 'delimiter'],

  looksLike(head, fileName) {
    const line = decode(head, 0, head.length).trimStart().split('\n', 1)[0]!;
    return /[^\s,;|\t]\s*[,;|\t]/.test(line) || /\.[ct]sv(\.gz)?$/i.test(fileName);
  },

  open(bytes, options, context) {
    const { columns, delimiter } = options;
    if (columns === undefined) {
      const message = 'a CSV file needs `columns`, which say where `duration` and `demand` stand';
      throw new ScenarioError([{ path: 'columns', message }]);
    }
    if (delimiter !== undefined && !/^[\t !#-~]$/.test(delimiter)) {
      const message = `got ${JSON.stringify(delimiter)}, expected one ASCII character other than a quote`;
      throw new ScenarioError([{ path: 'delimiter', message }]);
    }
    const account = openAccount(options.file, 'csv', sharedRules(options));
    const parser = new CsvParser(bytes.name, columns, options, context, account);
    return traceSource(bytes, (source) => parser.rows(source), options, context, account);
  },
};

/** Turns the records of one CSV file into rows. */
class CsvParser {
  readonly #map: ColumnMap;
  readonly #options: TraceOptions;
  readonly #context: WorkloadContext;
  readonly #account: SourceAccount;
  readonly #admission: Admission;
  readonly #file: string;
  readonly #gang: boolean;
  /** Whole steps of each resource that the record's task row asks for, and whether one of them was rounded. */
  readonly #demand: Float64Array;
  #isRounded = false;

  constructor(file: string, map: ColumnMap, options: TraceOptions, context: WorkloadContext, account: SourceAccount) {
    this.#file = file;
    this.#map = map;
    this.#options = options;
    this.#context = context;
    this.#account = account;
    this.#admission = new Admission(options, context, account);
    this.#gang = options.as === 'gang';
    this.#demand = new Float64Array(context.resources.length);
  }

  async *rows(bytes: ByteSource): AsyncGenerator<TraceBatch> {
    const admission = this.#admission;
    const records = new CsvRecords(bytes, this.#options.delimiter);
    let columns: CsvColumns | undefined;
    try {
      while (await records.more()) {
        while (records.next()) {
          if (columns === undefined) {
            columns = this.#findColumns(records);
            if (columns.hasHeader) continue;
          }
          this.#account.read++;
          const reason = this.#admit(columns, records.cells, records.line);
          if (reason !== null) admission.skip(reason);
          if (admission.batch.jobs === BATCH_ROWS) yield admission.take();
        }
      }
    } finally {
      await records.close();
    }
    if (this.#account.read === 0) {
      const message = records.isEmpty ? 'the file is empty' : 'no data row';
      throw new ScenarioError(message, { file: bytes.name });
    }
    if (admission.batch.jobs > 0) yield admission.take();
  }

  #findColumns({ cells, line, delimiter }: CsvRecords): CsvColumns {
    const { frameworkBy } = this.#options;
    const columns = findColumns(this.#map, frameworkBy, this.#context.resources, cells, { file: this.#file, line });
    const { rules } = this.#account;
    rules['framework-by'] = columns.frameworkBy;
    rules['delimiter'] = delimiter;
    rules['header'] = columns.hasHeader;
    for (const [key, spec] of columnSpecs(this.#map)) rules[`columns.${key}`] = describeColumn(spec);
    return columns;
  }

  /** Adds the record as a job, or gives the reason why not. */
  #admit(columns: CsvColumns, cells: Cells, line: number): string | null {
    const { submit, duration, tasks, estimate, priority } = columns;
    const submitted = submit === null ? 0 : submit.read(cells);
    if (Number.isNaN(submitted)) return fault(submit!, cells);
    const run = duration.read(cells);
    if (Number.isNaN(run)) return fault(duration, cells);
    const count = tasks === null ? 1 : tasks.read(cells);
    if (Number.isNaN(count)) return fault(tasks!, cells);
    if (!Number.isInteger(count)) return 'not a whole number: tasks';
    if (count < 1) return 'no tasks';
    const guess = estimate === null ? 0 : optional(estimate, cells);
    if (Number.isNaN(guess)) return fault(estimate!, cells);
    const rank = priority === null ? 0 : optional(priority, cells);
    if (Number.isNaN(rank)) return fault(priority!, cells);
    const admission = this.#admission;
    const reason = admission.refusal(submitted, run, count) ?? this.#readDemand(columns, cells, count);
    if (reason !== null) return reason;
    const name = columns.job === null ? this.#account.read : columns.job(cells);
    const framework = this.#context.frameworks.id(columns.framework(cells) || 'unknown');
    const at = admission.add(name, framework, submitted, run, guess, this.#gang ? count : 1, line);
    if (rank !== 0) admission.batch.priority[admission.batch.jobs - 1] = rank;
    const demand = this.#demand;
    for (let r = 0; r < demand.length; r++) admission.batch.demand[at + r] = demand[r]!;
    if (this.#isRounded) admission.noteRounded();
    return null;
  }

  /** Fills the demand of one task, or of all `count` of them where they are one in a pool. */
  #readDemand({ demand }: CsvColumns, cells: Cells, count: number): string | null {
    const { resources } = this.#context;
    const times = this.#gang ? 1 : count;
    let isNothing = true;
    this.#isRounded = false;
    for (let r = 0; r < resources.length; r++) {
      const column = demand[r]!;
      if (column === null) continue;
      const quantity = column.read(cells);
      if (Number.isNaN(quantity)) return fault(column, cells);
      if (quantity < 0) return `negative: ${column.key}`;
      const { amount, exact } = toSteps(quantity, resources[r]!, 'demand');
      if (amount * times > Number.MAX_SAFE_INTEGER) return 'out of range';
      this.#demand[r] = amount * times;
      if (amount > 0) isNothing = false;
      if (!exact) this.#isRounded = true;
    }
    return isNothing ? 'no demand' : null;
  }
}

/** Reads a number that may be left out and then is 0. */
function optional(column: NumberColumn, cells: Cells): number {
  const value = column.read(cells);
  return Number.isNaN(value) && column.isEmpty(cells) ? 0 : value;
}

function fault(column: NumberColumn, cells: Cells): string {
  return `${column.isEmpty(cells) ? 'missing' : 'not a number'}: ${column.key}`;
}
