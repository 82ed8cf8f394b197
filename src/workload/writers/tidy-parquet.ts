import type { SchemaElement } from 'hyparquet';
import type { ByteWriter as Bytes, ParquetWriter as Writer } from 'hyparquet-writer';
import type { JobBatch } from '../job-batch.ts';
import type { TidyColumn } from '../tidy-columns.ts';
import type { WorkloadTables } from '../workload-digest.ts';
import type { JobFile } from './job-file.ts';
import { type TidyCell, TidyRows } from './tidy-rows.ts';

/** Rows of a row group. */
const GROUP = 65_536;

const WHOLE: ReadonlySet<string> = new Set<TidyColumn>(['index', 'stage', 'tasks']);
const WORDS: ReadonlySet<string> = new Set<TidyColumn>(['job', 'framework', 'constraint', 'speeds', 'parents']);
const MARKS: ReadonlySet<string> = new Set<TidyColumn>(['gang', 'killed']);

/** Writes the tidy format as Parquet, packed with Snappy. */
export class TidyParquet implements JobFile {
  readonly lost = {};
  readonly #rows: TidyRows;
  #columns: TidyCell[][];
  #bytes: Bytes | undefined;
  #writer: Writer | undefined;

  constructor(tables: WorkloadTables) {
    this.#rows = new TidyRows(tables);
    this.#columns = this.#rows.names.map(() => []);
  }

  async write(batch: JobBatch): Promise<Uint8Array> {
    const columns = this.#columns;
    this.#rows.each(batch, (cells) => {
      for (let i = 0; i < cells.length; i++) columns[i]!.push(cells[i]!);
    });
    if (columns[0]!.length >= GROUP) await this.#writeGroup();
    return this.#ready();
  }

  async finish(): Promise<Uint8Array> {
    if (this.#columns[0]!.length > 0 || this.#writer === undefined) await this.#writeGroup();
    await this.#writer!.finish();
    return this.#ready();
  }

  async #writeGroup(): Promise<void> {
    const { names } = this.#rows;
    if (this.#writer === undefined) {
      const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
      this.#bytes = new ByteWriter();
      const schema = [{ name: 'root', num_children: names.length }, ...names.map(schemaOf)];
      this.#writer = new ParquetWriter({ writer: this.#bytes, schema, createdBy: 'allot' });
    }
    const columnData = names.map((name, i) => ({ name, data: this.#columns[i]! }));
    await this.#writer.write({ columnData, rowGroupSize: GROUP });
    this.#columns = names.map(() => []);
  }

  /** Takes the bytes that the writer has made so far. */
  #ready(): Uint8Array {
    const bytes = this.#bytes;
    if (bytes === undefined) return new Uint8Array(0);
    const ready = bytes.getBytes().slice();
    bytes.index = 0;
    return ready;
  }
}

function schemaOf(name: string): SchemaElement {
  if (WORDS.has(name)) return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' };
  if (MARKS.has(name)) return { name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' };
  return { name, type: WHOLE.has(name) ? 'INT32' : 'DOUBLE', repetition_type: 'OPTIONAL' };
}
