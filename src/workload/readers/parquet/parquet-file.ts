import type {
  Compressors,
  DataReader,
  DecodedArray,
  FileMetaData,
  PageHeader,
  ParquetParsers,
  RowGroup,
  SchemaTree,
} from 'hyparquet';
import { type ByteSource, openAnywhere, type RandomAccess } from '../../../base/byte-source.ts';
import { ScenarioError } from '../../../base/errors.ts';
import { checkPage, checkPageV2, type LevelDepths } from './page-check.ts';

/** Bytes of a file that is read whole, as it cannot be read by place. */
const WHOLE_LIMIT = 512 * 1024 * 1024;
/** Bytes of one column of one row group, unpacked. */
const COLUMN_LIMIT = 1024 * 1024 * 1024;
/** Rows of a row group: above what any program writes unless told to. */
const ROW_LIMIT = 16_777_216;
/** Values of one column of one row group, those in lists counted each. */
const VALUE_LIMIT = 33_554_432;

/** The packages that decode; loaded when a Parquet file is opened. */
async function loadDecoder() {
  const [{ parquetMetadataAsync, parquetSchema }, column, page, convert, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet/src/column.js'),
    import('hyparquet/src/datapage.js'),
    import('hyparquet/src/convert.js'),
    import('hyparquet-compressors'),
  ]);
  const parsers: ParquetParsers = { ...convert.DEFAULT_PARSERS, ...numbers };
  return { parquetMetadataAsync, parquetSchema, ...column, ...page, parsers, compressors };
}

/** Times stay the numbers that they are in the file, in the unit of the column. */
const numbers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: Number,
  timestampFromMicroseconds: Number,
  timestampFromNanoseconds: Number,
  dateFromDays: Number,
};

type Decoder = Awaited<ReturnType<typeof loadDecoder>>;

/** Says whether bytes begin as a Parquet file does. */
export function isParquet(head: Uint8Array): boolean {
  return head.length >= 4 && String.fromCharCode(head[0]!, head[1]!, head[2]!, head[3]!) === 'PAR1';
}

/**
 * A Parquet file, of which one row group at a time is in memory, and of that the columns asked for.
 *
 * Columns are the topmost ones that hold values or lists of values; others are as if they were not there. Whatever is
 * wrong with the file is a ScenarioError that names it.
 */
export class ParquetFile {
  /** Names of the columns, in the order of the file. */
  readonly names: readonly string[];
  readonly #decoder: Decoder;
  readonly #access: RandomAccess;
  readonly #metadata: FileMetaData;
  /** The path from the root to the values of each column. */
  readonly #paths: ReadonlyMap<string, readonly SchemaTree[]>;
  readonly #file: string;

  private constructor(file: string, decoder: Decoder, access: RandomAccess, metadata: FileMetaData) {
    this.#file = file;
    this.#decoder = decoder;
    this.#access = access;
    this.#metadata = metadata;
    this.#paths = leafPaths(decoder.parquetSchema(metadata));
    this.names = [...this.#paths.keys()];
  }

  /** Reads what the file says of itself. */
  static async open(bytes: ByteSource): Promise<ParquetFile> {
    const decoder = await loadDecoder();
    const access = await openAnywhere(bytes, WHOLE_LIMIT);
    return naming(bytes.name, async () => {
      if (access.size < 12) throw new Error('too short');
      const file = {
        byteLength: access.size,
        slice: async (from: number, to = access.size) => buffer(await access.slice(from, to)),
      };
      const metadata = await decoder.parquetMetadataAsync(file, { geoparquet: false });
      return new ParquetFile(bytes.name, decoder, access, metadata);
    });
  }

  get groups(): number {
    return this.#metadata.row_groups.length;
  }

  /** How many rows a row group has. */
  rowsOf(group: number): number {
    return Number(this.#metadata.row_groups[group]!.num_rows);
  }

  /** Reads columns of a row group, by name: the values of all rows, in pieces. */
  readGroup(group: number, names: readonly string[]): Promise<DecodedArray[][]> {
    return naming(this.#file, async () => {
      const rowGroup = this.#metadata.row_groups[group]!;
      const rows = this.rowsOf(group);
      if (!(rows >= 0 && rows <= ROW_LIMIT)) throw new Error(`a row group of ${rows} rows; at most ${ROW_LIMIT}`);
      const columns: DecodedArray[][] = [];
      for (const name of names) columns.push(await this.#readColumn(rowGroup, rows, name));
      return columns;
    });
  }

  async #readColumn(group: RowGroup, rows: number, name: string): Promise<DecodedArray[]> {
    const schemaPath = [...this.#paths.get(name)!];
    const meta = group.columns.find((chunk) => chunk.meta_data?.path_in_schema[0] === name)?.meta_data;
    if (meta === undefined) throw new Error(`the column ${name} is missing from a row group`);
    const from = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const to = from + Number(meta.total_compressed_size);
    if (!(from >= 4 && to >= from && to <= this.#access.size)) throw new Error(`${name} lies outside of the file`);
    const bytes = new DataView(buffer(await this.#access.slice(from, to)));
    const { element } = schemaPath.at(-1)!;
    const depths = depthsOf(schemaPath);
    const decoder = { pathInSchema: meta.path_in_schema, element, schemaPath, type: meta.type, codec: meta.codec };
    const compressors: Compressors = { ...this.#decoder.compressors };
    const unpacked = this.#unpack(bytes, { ...decoder, compressors }, depths, rows);
    // Pages are asked for in their order, and have been unpacked to be looked at.
    if (meta.codec !== 'UNCOMPRESSED') compressors[meta.codec] = () => unpacked.shift()!;
    const select = { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows };
    const whole = { ...decoder, parsers: this.#decoder.parsers, compressors };
    const { data } = this.#decoder.readColumn({ view: bytes, offset: 0 }, select, whole);
    const found = data.reduce((sum, piece) => sum + piece.length, 0);
    if (found < rows) throw new Error(`${name} has ${found} values, and its row group ${rows} rows`);
    return data;
  }

  /** Unpacks the pages of a column, and checks what they say of themselves; gives those that were packed. */
  #unpack(view: DataView, decoder: PageDecoder, depths: LevelDepths, rows: number): Uint8Array[] {
    const reader: DataReader = { view, offset: 0 };
    const pages: Uint8Array[] = [];
    let size = 0;
    let values = 0;
    while (reader.offset < view.byteLength - 1) {
      const header = this.#decoder.parquetHeader(reader);
      const { compressed_page_size: length } = header;
      if (!(length >= 0 && reader.offset + length <= view.byteLength)) throw new Error('a page longer than its column');
      const packed = new Uint8Array(view.buffer, view.byteOffset + reader.offset, length);
      reader.offset += length;
      size += header.uncompressed_page_size;
      values += valuesOf(header);
      if (!(header.uncompressed_page_size >= 0 && size <= COLUMN_LIMIT)) throw new Error('a column longer than 1 GiB');
      if (values > (depths.repetition > 0 ? VALUE_LIMIT : rows)) throw new Error('more values than rows');
      this.#checkPage(packed, header, decoder, depths, pages);
    }
    return pages;
  }

  #checkPage(
    packed: Uint8Array,
    header: PageHeader,
    decoder: PageDecoder,
    depths: LevelDepths,
    pages: Uint8Array[],
  ): void {
    const { codec, compressors } = decoder;
    const isPacked = codec !== 'UNCOMPRESSED';
    const { data_page_header_v2: second, dictionary_page_header: dictionary } = header;
    const levels = second ? second.repetition_levels_byte_length + second.definition_levels_byte_length : 0;
    if (!(levels >= 0 && levels <= packed.length)) throw new Error('levels that are longer than their page');
    let page = packed.subarray(levels);
    if (isPacked && second?.is_compressed !== false) {
      page = this.#decoder.decompressPage(page, header.uncompressed_page_size - levels, codec, compressors);
      pages.push(page);
    }
    if (dictionary && !(dictionary.num_values >= 0 && dictionary.num_values <= page.length)) {
      throw new Error('a dictionary of more words than bytes');
    }
    if (second) checkPageV2(packed.subarray(0, levels), page, header, depths);
    else checkPage(page, header, depths);
  }
}

interface PageDecoder {
  readonly codec: Parameters<Decoder['decompressPage']>[2];
  readonly compressors: Compressors;
}

function valuesOf({ data_page_header: first, data_page_header_v2: second }: PageHeader): number {
  const values = first?.num_values ?? second?.num_values ?? 0;
  if (!(values >= 0)) throw new Error('a page of no number of values');
  return values;
}

/** Finds the topmost columns that hold values, or lists of values, and the way to those. */
function leafPaths(root: SchemaTree): Map<string, readonly SchemaTree[]> {
  const paths = new Map<string, readonly SchemaTree[]>();
  for (const child of root.children) {
    // The type says that there is a name; bytes may say otherwise.
    if (typeof child.element.name !== 'string') throw new Error('a column has no name');
    const path = [root, child];
    let node = child;
    while (node.children.length === 1) {
      node = node.children[0]!;
      path.push(node);
    }
    if (node.children.length === 0) paths.set(child.element.name, path);
  }
  return paths;
}

function depthsOf(path: readonly SchemaTree[]): LevelDepths {
  const kinds = path.slice(1).map(({ element }) => element.repetition_type);
  return {
    repetition: kinds.filter((kind) => kind === 'REPEATED').length,
    definition: kinds.filter((kind) => kind !== 'REQUIRED').length,
  };
}

/** Gives bytes as a buffer of their own, which decoders view as numbers. */
function buffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}

/** Turns what a decoder throws into an error of the user's that names the file. */
async function naming<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ScenarioError) throw error;
    const reason = (error instanceof Error ? error.message : String(error)).replace(/^parquet /, '');
    throw new ScenarioError(`this Parquet file is damaged: ${reason}`, { file });
  }
}
