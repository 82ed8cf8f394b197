import { type ByteSource, readHead } from '../../base/byte-source.ts';
import { type Problem, ScenarioError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { OptionReader, resolveOptions } from '../../base/options.ts';
import type { WorkloadContext, WorkloadSource } from '../workload-source.ts';
import { alibabaGpu2020 } from './alibaba-gpu2020.ts';
import { alibabaGpu2023 } from './alibaba-gpu2023.ts';
import { alibabaGpu2025 } from './alibaba-gpu2025.ts';
import { alibaba2017 } from './alibaba2017.ts';
import { alibaba2018 } from './alibaba2018.ts';
import { azure } from './azure.ts';
import { batsim } from './batsim.ts';
import { csv, parquet } from './csv.ts';
import { gavelTraces } from './gavel.ts';
import { google2011 } from './google2011.ts';
import { gwf } from './gwf.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';
import { simkube } from './kubernetes/simkube.ts';
import { bitbrains, surf } from './opendc.ts';
import { isParquet, ParquetFile } from './parquet/parquet-file.ts';
import { philly } from './philly.ts';
import type { FormatOption, TasksAs, TraceOptions, TraceReader } from './reader.ts';
import { sia } from './sia.ts';
import { sparkTpch } from './spark-tpch.ts';
import { swf } from './swf.ts';
import { swim } from './swim.ts';
import { tidy } from './tidy.ts';
import { tiresias } from './tiresias.ts';
import { wfcommons } from './wfcommons.ts';
import { wta } from './wta.ts';

/** Every trace format, in the order in which they are tried on a file of unknown format. */
export const traceReaders: readonly TraceReader[] = [
  swf,
  alibaba2017,
  alibaba2018,
  alibabaGpu2020,
  alibabaGpu2023,
  alibabaGpu2025,
  azure,
  batsim,
  gavelTraces,
  google2011,
  gwf,
  simkube,
  kubernetes,
  philly,
  sia,
  surf,
  bitbrains,
  sparkTpch,
  swim,
  tidy,
  tiresias,
  wfcommons,
  wta,
  parquet,
  csv,
];

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
  const reader = await readerFor(bytes, head);
  if (reader !== undefined) return reader;
  const names = traceReaders.map((each) => each.name);
  throw new ScenarioError(`this does not look like a trace; known formats are ${names.join(', ')}`, {
    file: bytes.name,
  });
}

async function readerFor(bytes: ByteSource, head: Uint8Array): Promise<TraceReader | undefined> {
  if (isParquet(head)) {
    const { names } = await ParquetFile.open(bytes);
    return traceReaders.find((each) => each.looksLikeColumns?.(names) ?? false);
  }
  return head.includes(0) ? undefined : traceReaders.find((each) => each.looksLike(head, bytes.name));
}

/** The options of a trace as they are given: what the reader of the format decides may be left out. */
export type GivenTraceOptions = Omit<TraceOptions, 'as' | 'origin' | 'zeroRunTime' | 'own'> & {
  readonly as?: TasksAs | undefined;
  readonly origin?: TraceOptions['origin'] | undefined;
  readonly zeroRunTime?: TraceOptions['zeroRunTime'] | undefined;
  readonly own?: Readonly<Record<string, unknown>> | undefined;
};

/** Opens a trace with the reader of its format; throws a ScenarioError for an option that the format does not take. */
export function openTrace(bytes: ByteSource, given: GivenTraceOptions, context: WorkloadContext): WorkloadSource {
  const reader = traceReader(given.format);
  const problems: Problem[] = [];
  for (const option of ['columns', 'delimiter'] as const satisfies readonly FormatOption[]) {
    if (given[option] === undefined || reader.options.includes(option)) continue;
    problems.push({ path: option, message: `the format ${reader.name} does not take \`${option}\`` });
  }
  const as = given.as ?? reader.as ?? 'pool';
  if (reader.canBe !== undefined && !reader.canBe.includes(as)) {
    problems.push({ path: 'as', message: `the format ${reader.name} can be ${reader.canBe.join(' or ')}, not ${as}` });
  }
  const own = resolveOptions(reader.own ?? {}, given.own ?? {});
  problems.push(...own.problems.map(({ key, unknown, ...rest }) => ({ path: `options.${key}`, ...rest })));
  if (problems.length > 0) throw new ScenarioError(problems);
  const origin = given.origin ?? reader.origin ?? 'zero';
  const zeroRunTime = given.zeroRunTime ?? reader.zeroRunTime ?? 'skip';
  const source = reader.open(bytes, { ...given, as, origin, zeroRunTime, own: new OptionReader(own.values) }, context);
  return { ...source, isOfSingleTasks: reader.isOfSingleTasks === true && as === 'pool' };
}
