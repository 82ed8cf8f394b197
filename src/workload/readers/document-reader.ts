import type { ByteSource } from '../../base/byte-source.ts';
import { ScenarioError } from '../../base/errors.ts';
import type { TraceBatch } from '../trace-batch.ts';
import { openAccount, type SourceAccount, type WorkloadContext } from '../workload-source.ts';
import { readDocument } from './document.ts';
import { JobWriter } from './job-writer.ts';
import type { TraceOptions, TraceReader } from './reader.ts';
import { sharedRules, traceSource } from './trace-source.ts';

/** What a document's reader is given for each file. */
export interface DocumentTools {
  readonly text: string;
  /** What errors call the file. */
  readonly file: string;
  readonly options: TraceOptions;
  readonly context: WorkloadContext;
  readonly account: SourceAccount;
  readonly writer: JobWriter;
}

/** A trace format whose files are read whole, such as JSON. */
export interface DocumentFormat extends Omit<TraceReader, 'open' | 'looksLike' | 'options'> {
  /** Says whether the first text looks like this format. */
  looksLikeText(head: string): boolean;
  /** Gives the jobs to the writer, a step a record; throws a ScenarioError where the document is none of the format. */
  records(tools: DocumentTools): AsyncIterable<void> | Iterable<void>;
}

/** Makes a trace reader of a format whose files are read whole; their records need no order. */
export function documentReader({ looksLikeText, records, ...rest }: DocumentFormat): TraceReader {
  return {
    ...rest,
    options: [],
    looksLike: (head) => looksLikeText(new TextDecoder().decode(head).trimStart()),
    open(bytes, given, context) {
      const options: TraceOptions = { ...given, sort: 'whole' };
      const account = openAccount(options.file, rest.name, sharedRules(options));
      async function* rows(source: ByteSource): AsyncGenerator<TraceBatch> {
        const writer = new JobWriter(options, context, account);
        const text = await readDocument(source);
        for await (const _ of records({ text, file: source.name, options, context, account, writer })) {
          if (writer.isFull) yield writer.take();
        }
        if (account.read === 0) throw new ScenarioError('the document has no record', { file: source.name });
        if (!writer.isEmpty) yield writer.take();
      }
      return traceSource(bytes, rows, options, context, account);
    },
  };
}
