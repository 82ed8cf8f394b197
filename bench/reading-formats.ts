/**
 * Times the reading of a real trace from bytes to jobs, or the bare parser of its notation over the same bytes.
 *
 * Usage: tsx bench/reading-formats.ts ours|parser <file of the index of real traces>. Bytes lie unpacked in memory; of a
 * small table the rows are repeated. Both sides read the first fifth, or all of a document, before they look at the clock.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { bytesInMemory } from '../src/base/byte-source.ts';
import { openBytes } from '../src/platform/files.ts';
import { detectFormat, openTrace } from '../src/workload/readers/registry.ts';
import { plainContext } from '../src/workload/workload-source.ts';
import { realTraces } from '../test/support/real-traces.ts';
import { indexedTraces } from '../test/unit/workload/readers/indexed-traces.ts';
import { cpuSeconds, report } from './harness/cpu-clock.ts';

const LF = 10;
/** Bytes that a table has at least. */
const ENOUGH = 16 * 1_048_576;

const [side, file] = process.argv.slice(2) as ['ours' | 'parser', string];
const { resources, options } = indexedTraces.find((each) => each.file === file)!;
const isDocument = /\.json(\.gz)?$/.test(file);

function unpacked(): Buffer {
  const bytes = readFileSync(join(realTraces!, file));
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/** The rows of a table again and again; a first line without a digit is its header and stands once. */
function repeated(table: Buffer): Buffer {
  const first = table.indexOf(LF) + 1;
  const header = /\d/.test(table.toString('latin1', 0, first)) ? 0 : first;
  const rows = table.subarray(header);
  const whole = rows.at(-1) === LF ? rows : Buffer.concat([rows, Buffer.from([LF])]);
  const times = Math.ceil(ENOUGH / whole.length);
  return Buffer.concat([table.subarray(0, header), ...Array.from({ length: times }, () => whole)]);
}

async function ours(bytes: Buffer, format: string): Promise<number> {
  const context = plainContext({
    resources,
    openFile: (other) => openBytes(join(realTraces!, other)),
    constraint: () => 1,
  });
  const source = openTrace(
    bytesInMemory(file, bytes),
    {
      file,
      as: 'pool',
      frameworkBy: 'user',
      zeroRunTime: 'skip',
      pastEstimate: 'overrun',
      sort: 'whole',
      origin: 'trace',
      ...options,
      format,
    },
    context,
  );
  for await (const batch of source.batches()) batch.release();
  return source.account.read;
}

function parser(bytes: Buffer, delimiter: string): number {
  if (isDocument) return Object.keys(JSON.parse(bytes.toString('utf8'))).length;
  let rows = 0;
  const count = () => {
    rows++;
    return null;
  };
  parse(bytes, { delimiter, relax_column_count: true, relax_quotes: true, on_record: count });
  return rows;
}

const raw = unpacked();
const bytes = isDocument || raw.length >= ENOUGH ? raw : repeated(raw);
const warmUp = isDocument ? bytes : bytes.subarray(0, bytes.lastIndexOf(LF, bytes.length / 5) + 1);
const line = bytes.toString('latin1', 0, bytes.indexOf(LF));
const delimiter = line.includes('\t') ? '\t' : ',';
const format = options?.format ?? (await detectFormat(bytesInMemory(file, bytes))).name;
const read = async (part: Buffer) => (side === 'ours' ? ours(part, format) : parser(part, delimiter));

await read(warmUp);
const begin = cpuSeconds();
const rows = await read(bytes);
report(cpuSeconds() - begin, {}, { rows });
