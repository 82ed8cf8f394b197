import { ScenarioError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { type ByteSource, readHead } from '../byte-source.ts';
import type { WorkloadContext, WorkloadSource } from '../workload-source.ts';
import { csv } from './csv.ts';
import type { FormatOption, TraceOptions, TraceReader } from './reader.ts';
import { swf } from './swf.ts';

/** Every trace format, in the order in which they are tried on a file of unknown format. */
export const traceReaders: readonly TraceReader[] = [swf, csv];

/** Finds the reader of a format; throws a ScenarioError with a guess when there is none. */
export function traceReader(format: string): TraceReader {
  const reader = traceReaders.find((candidate) => candidate.name === format);
  if (reader !== undefined) return reader;
  const names = traceReaders.map((candidate) => candidate.name);
  const suggestion = didYouMean(format, names);
  const message = `unknown trace format \`${format}\`; known are ${names.join(', ')}`;
  throw new ScenarioError([{ path: 'format', message, ...(suggestion !== undefined && { suggestion }) }]);
}

/** Finds the format of a file by its first bytes; throws a ScenarioError when none fits. */
export async function detectFormat(bytes: ByteSource): Promise<TraceReader> {
  const head = await readHead(bytes);
  const reader = head.includes(0) ? undefined : traceReaders.find((each) => each.looksLike(head, bytes.name));
  if (reader !== undefined) return reader;
  const names = traceReaders.map((each) => each.name);
  throw new ScenarioError(`this does not look like a trace; known formats are ${names.join(', ')}`, {
    file: bytes.name,
  });
}

/** Opens a trace with the reader of its format; throws a ScenarioError for an option that the format does not take. */
export function openTrace(bytes: ByteSource, options: TraceOptions, context: WorkloadContext): WorkloadSource {
  const reader = traceReader(options.format);
  const given: FormatOption[] = ['columns', 'delimiter'];
  const foreign = given.filter((option) => options[option] !== undefined && !reader.options.includes(option));
  if (foreign.length > 0) {
    throw new ScenarioError(
      foreign.map((option) => ({ path: option, message: `the format ${reader.name} does not take \`${option}\`` })),
    );
  }
  return reader.open(bytes, options, context);
}
