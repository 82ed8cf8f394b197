import type { ByteSource } from '../../base/byte-source.ts';
import { SimulationError } from '../../base/errors.ts';
import { addExpanded, expanded } from '../expand.ts';
import { JobBatch } from '../job-batch.ts';
import { fromOrigin } from '../origin.ts';
import { reorder } from '../reorder.ts';
import type { TraceBatch } from '../trace-batch.ts';
import type { SourceAccount, WorkloadContext, WorkloadSource } from '../workload-source.ts';
import type { TraceOptions } from './reader.ts';

/** Gives the rules that every format obeys, named as in a scenario. */
export function sharedRules(options: TraceOptions): SourceAccount['rules'] {
  return {
    as: options.as,
    'framework-by': options.frameworkBy,
    'zero-run-time': options.zeroRunTime,
    'past-estimate': options.pastEstimate,
    sort: options.sort,
    origin: options.origin,
  };
}

/** Makes a source of the rows that a format's parser yields: puts them in order, moves their clock, makes their tasks. */
export function traceSource(
  bytes: ByteSource,
  rows: (bytes: ByteSource) => AsyncIterable<TraceBatch>,
  options: TraceOptions,
  context: WorkloadContext,
  account: SourceAccount,
): WorkloadSource {
  let opened = false;
  return {
    name: options.file,
    account,
    batches() {
      if (opened) throw new SimulationError(`the source ${bytes.name} is read twice; its account would be doubled`);
      opened = true;
      const sorted = reorder(rows(bytes), options.sort, account, bytes.name);
      if (options.as === 'pool') {
        return fromOrigin(sorted, options.origin, (batch, row) => context.infeasible(batch, row) === null);
      }
      const gang = options.as === 'gang';
      return expanded(
        fromOrigin(sorted, options.origin, (batch, row) => canRun(batch, row, gang, context)),
        gang,
      );
    },
  };
}

function canRun(batch: TraceBatch, row: number, gang: boolean, context: WorkloadContext): boolean {
  const alone = new JobBatch(batch.resources);
  addExpanded(alone, batch, row, gang);
  return context.infeasible(alone, 0) === null;
}
