import { assignLanes, mostAtOnce } from './assign-lanes.ts';
import type { RunData } from './run-data.ts';
import { resourcesOf } from './run-data.ts';

const MICROS = 1e6;
/** Process of the counters; nodes are processes from 1 on. */
const CLUSTER = 0;

/**
 * Gives a run in the JSON of the Trace Event Format, a line an event: one process a node, whose threads are slots, as
 * slices of one thread may not overlap; a slice each stretch in which a task ran; counters of what is used and waits.
 *
 * Times are microseconds on the clock of the run.
 *
 * @see Trace Event Format, https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export function* traceEvents(run: RunData): Generator<string> {
  yield '{"displayTimeUnit":"ms","traceEvents":[\n';
  let isFirst = true;
  for (const event of events(run)) {
    yield (isFirst ? '' : ',\n') + JSON.stringify(event);
    isFirst = false;
  }
  const { scenario, seed, digest } = run.result;
  yield `\n],"otherData":${JSON.stringify({ scenario, seed, digest, command: run.manifest.command })}}\n`;
}

function* events(run: RunData): Generator<object> {
  yield named('process_name', CLUSTER, 0, 'cluster');
  yield* counters(run);
  yield* nodes(run);
}

function* counters(run: RunData): Generator<object> {
  const { timeline } = run;
  const times = timeline.numbers('time_s');
  const resources = resourcesOf(run);
  const series = [
    ...resources.map((name) => [`${name} used`, `${name}_used`] as const),
    ['waiting jobs', 'queue_jobs'] as const,
  ];
  for (const [name, column] of series) {
    const values = timeline.numbers(column);
    for (let row = 0; row < timeline.count; row++) {
      yield { ph: 'C', name, pid: CLUSTER, ts: Math.round(times[row]! * MICROS), args: { value: values[row]! } };
    }
  }
}

function* nodes(run: RunData): Generator<object> {
  const { tasks, result } = run;
  const starts = tasks.numbers('start_s');
  const ends = tasks.numbers('end_s').map((end) => (Number.isNaN(end) ? result.time.end_s : end));
  const positions = tasks.numbers('task');
  const widths = new Float64Array(tasks.count).fill(1);
  const { codes, words } = tasks.words('node');
  const held = resourcesOf(run).map((name) => [name, tasks.numbers(`${name}_used`)] as const);
  const byNode = words.map((): number[] => []);
  for (let row = 0; row < tasks.count; row++) byNode[codes[row]!]!.push(row);
  for (const [node, own] of byNode.entries()) {
    const rows = Int32Array.from(own).sort((a, b) => starts[a]! - starts[b]! || a - b);
    const slots = new Map<number, number>();
    const lanes = Math.max(1, mostAtOnce({ rows, starts, ends }));
    assignLanes({ rows, starts, ends, widths }, lanes, (row, [slot]) => slots.set(row, slot));
    yield named('process_name', node + 1, 0, words[node]!);
    for (let slot = 0; slot < lanes; slot++) yield named('thread_name', node + 1, slot, `slot ${slot}`);
    for (const row of rows) {
      const from = Math.round(starts[row]! * MICROS);
      yield {
        ph: 'X',
        name: tasks.word('job', row),
        cat: tasks.word('framework', row),
        pid: node + 1,
        // What took no time has no slot of its own.
        tid: slots.get(row) ?? 0,
        ts: from,
        dur: Math.round(ends[row]! * MICROS) - from,
        args: {
          task: positions[row]!,
          framework: tasks.word('framework', row),
          status: tasks.word('status', row),
          ...Object.fromEntries(held.map(([name, amounts]) => [name, amounts[row]!])),
        },
      };
    }
  }
}

function named(what: string, pid: number, tid: number, name: string): object {
  return { ph: 'M', name: what, pid, tid, args: { name } };
}
