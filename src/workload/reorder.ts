import { ScenarioError } from '../base/errors.ts';
import { formatDuration } from '../base/time.ts';
import { BATCH_ROWS, TraceBatch } from './trace-batch.ts';
import { type SourceAccount, tallyOdd } from './workload-source.ts';

/** How far a row may stand behind its place in order of submit time, in rows, when a trace is streamed. */
export const REORDER_ROWS = 100_000;

/** Puts rows in order as they come, or after all have been read. */
export type Sort = 'streaming' | 'whole';

/**
 * Puts the rows of a trace in order of submit time; rows of one instant keep their order in the file.
 *
 * `streaming` holds back {@link REORDER_ROWS} rows or a little more, and throws a ScenarioError with the place of a
 * row that comes too late for that; `whole` holds all.
 */
export async function* reorder(
  batches: AsyncIterable<TraceBatch>,
  sort: Sort,
  account: SourceAccount,
  file: string,
): AsyncGenerator<TraceBatch> {
  const limit = sort === 'whole' ? Number.POSITIVE_INFINITY : REORDER_ROWS;
  const held: TraceBatch[] = [];
  let sorted = true;
  let rows = 0;
  let newest = Number.NEGATIVE_INFINITY;
  let released = Number.NEGATIVE_INFINITY;
  for await (const batch of batches) {
    let oldest = Number.POSITIVE_INFINITY;
    for (let row = 0; ; row++) {
      const from = row;
      row = firstLate(batch, from, newest);
      if (row > from) newest = batch.submit[row - 1]!;
      if (row === batch.jobs) break;
      const submit = batch.submit[row]!;
      if (submit < released) throw tooLate(batch, row, released, file);
      tallyOdd(account, 'notes', 'out of order', batch.line[row]!);
      oldest = Math.min(oldest, submit);
      sorted = false;
    }
    held.push(batch);
    rows += batch.jobs;
    if (!sorted && sort === 'streaming') {
      sortFrom(held, oldest);
      sorted = true;
    }
    while (rows - held[0]!.jobs >= limit) {
      const first = held.shift()!;
      rows -= first.jobs;
      released = lastSubmit(first);
      yield first;
    }
  }
  yield* sorted ? held : merged(held);
}

/** Gives the first row from `from` on that comes before one above it, the latest of those above at `newest`. */
function firstLate({ submit, jobs }: TraceBatch, from: number, newest: number): number {
  let last = newest;
  for (let row = from; row < jobs; row++) {
    const time = submit[row]!;
    if (time < last) return row;
    last = time;
  }
  return jobs;
}

/** Puts the last batch in its place among the others; those that end by `oldest` stay as they are. */
function sortFrom(held: TraceBatch[], oldest: number): void {
  let first = held.length - 1;
  while (first > 0 && lastSubmit(held[first - 1]!) > oldest) first--;
  held.push(...merged(held.splice(first)));
}

function lastSubmit(batch: TraceBatch): number {
  return batch.submit[batch.jobs - 1]!;
}

/** Sorts the rows of all batches into new ones; stable, as ties go by position. */
function merged(batches: readonly TraceBatch[]): TraceBatch[] {
  const starts: number[] = [];
  let rows = 0;
  for (const batch of batches) {
    starts.push(rows);
    rows += batch.jobs;
  }
  const submit = new Float64Array(rows);
  const part = new Uint32Array(rows);
  batches.forEach((batch, b) => {
    submit.set(batch.submit.subarray(0, batch.jobs), starts[b]!);
    part.fill(b, starts[b]!, starts[b]! + batch.jobs);
  });
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  order.sort((a, b) => submit[a]! - submit[b]! || a - b);
  const result: TraceBatch[] = [];
  for (let i = 0; i < rows; i++) {
    const from = batches[part[order[i]!]!]!;
    if (i % BATCH_ROWS === 0) result.push(new TraceBatch(from.resources));
    result.at(-1)!.copyJob(from, order[i]! - starts[part[order[i]!]!]!);
  }
  return result;
}

function tooLate(batch: TraceBatch, row: number, released: number, file: string): ScenarioError {
  const message =
    `submitted ${formatDuration(released - batch.submit[row]!)} before a record that stands more than ` +
    `${REORDER_ROWS} records further up`;
  const place = { file, line: batch.line[row]! };
  return new ScenarioError([{ path: '', message, suggestion: '`sort: whole` reads all before it sorts', place }]);
}
