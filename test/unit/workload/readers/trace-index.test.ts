import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toSeconds } from '../../../../src/base/time.ts';
import { openBytes } from '../../../../src/platform/files.ts';
import type { JobBatch } from '../../../../src/workload/job-batch.ts';
import { criticalPath } from '../../../../src/workload/job-stages.ts';
import { detectFormat, openTrace } from '../../../../src/workload/readers/registry.ts';
import { total } from '../../../../src/workload/workload-source.ts';
import { realTraces, traceIndex } from '../../../support/real-traces.ts';
import { type IndexedTrace, indexedTraces } from './indexed-traces.ts';
import { contextOf, swfDefaults } from './read-trace.ts';

/** Every task row as the reader gives it: times in seconds, the amount in units of the case's resource. */
interface Rows {
  readonly submit: number[];
  readonly run: number[];
  readonly width: number[];
  /** By job: how many stages wait for each, how many for none, and the critical path in seconds. */
  readonly jobs: Graph[];
  readonly read: number;
  readonly accounted: number;
}

interface Graph {
  readonly tasks: number;
  readonly edges: number;
  readonly roots: number;
  readonly path: number;
}

async function readRows({ file, resources, unit, options }: IndexedTrace): Promise<Rows> {
  const path = join(realTraces!, file);
  const bytes = openBytes(path);
  const format = options?.format ?? (await detectFormat(bytes)).name;
  const context = contextOf({
    resources,
    openFile: (other) => openBytes(join(realTraces!, other)),
    constraint: () => 1,
    weight: () => 1,
  });
  const given = { ...swfDefaults, file, as: 'pool' as const, sort: 'whole' as const, ...options, format };
  const source = openTrace(openBytes(path), given, context);
  const column = resources.findIndex((each) => each.name === unit);
  const rows = { submit: [] as number[], run: [] as number[], width: [] as number[], jobs: [] as Graph[] };
  let replayed = 0;
  for await (const batch of source.batches()) {
    for (let job = 0; job < batch.jobs; job++) {
      replayed += batch.records[job]!;
      rows.jobs.push(graphOf(batch, job));
      for (let task = batch.taskStart[job]!; task < batch.taskStart[job + 1]!; task++) {
        rows.submit.push(toSeconds(batch.submit[job]!));
        rows.run.push(toSeconds(batch.run[task]!));
        rows.width.push(batch.demand[task * resources.length + column]! / resources[column]!.scale);
      }
    }
  }
  return { ...rows, read: source.account.read, accounted: replayed + total(source.account.skipped) };
}

function graphOf({ stages, taskStart, run }: JobBatch, job: number): Graph {
  const from = taskStart[job]!;
  const tasks = taskStart[job + 1]! - from;
  const longest = most([...run.subarray(from, from + tasks)]);
  const graph = stages[job];
  if (graph === undefined) return { tasks, edges: 0, roots: tasks, path: toSeconds(longest) };
  const { count, parents, parentStart } = graph;
  const roots = Array.from({ length: count }, (_, i) => parentStart[i + 1] === parentStart[i]).filter(Boolean).length;
  return { tasks, edges: parents.length, roots, path: toSeconds(criticalPath(graph, run, from)) };
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** What the index may say of a trace, worked out of its rows; `unit` is what widths are counted in, such as `cores`. */
function statistics({ submit, run, width }: Rows, unit: string): Record<string, number> {
  const each = unit.replace(/s$/, '');
  return {
    jobs_valid: run.length,
    first_submit_s: least(submit),
    last_submit_s: most(submit),
    span_s: most(submit) - least(submit),
    runtime_mean_s: sum(run) / run.length,
    runtime_median_s: median(run),
    runtime_min_s: least(run),
    runtime_max_s: most(run),
    [`total_${each}_seconds`]: sum(run.map((time, i) => time * width[i]!)),
    [`mean_${unit}`]: sum(width) / width.length,
    [`max_${unit}`]: most(width),
  };
}

/** What the index may say of the graphs of a trace. */
function graphStatistics(jobs: readonly Graph[]): Record<string, number> {
  const tasks = sum(jobs.map((job) => job.tasks));
  const roots = sum(jobs.map((job) => job.roots));
  return {
    workflows: jobs.length,
    tasks,
    edges: sum(jobs.map((job) => job.edges)),
    roots,
    tasks_with_parents: tasks - roots,
    tasks_per_workflow_max: most(jobs.map((job) => job.tasks)),
    critical_path_s: most(jobs.map((job) => job.path)),
  };
}

describe.skipIf(realTraces === null)('of a real trace, every count and sum is that of an independent script', () => {
  it.each(indexedTraces)('$file', async (trace) => {
    const stats = traceIndex().find((entry) => entry.file === trace.file)!.stats as Readonly<Record<string, unknown>>;
    const rows = await readRows(trace);
    const { skip = [], counted } = trace;
    const found = statistics(rows, counted);
    const compared = Object.keys(found).filter((key) => typeof stats[key] === 'number' && !skip.includes(key));
    expect(compared).toContain('jobs_valid');
    for (const key of compared) {
      const wanted = stats[key] as number;
      // Sums of a million doubles differ in their last digits by the order of adding; times are whole microseconds.
      const tolerance = Number.isInteger(wanted) && key === 'jobs_valid' ? 0 : Math.max(1e-9 * Math.abs(wanted), 1e-6);
      expect(Math.abs(found[key]! - wanted), `${key}: ${found[key]} and not ${wanted}`).toBeLessThanOrEqual(tolerance);
    }
    expect(rows.read).toBe(trace.records ?? stats['rows']);
    expect(rows.accounted).toBe(rows.read);
  });

  const graphs = indexedTraces.filter((trace) => trace.graphs);
  it.each(graphs)('$file, as a graph', async (trace) => {
    const stats = traceIndex().find((entry) => entry.file === trace.file)!.stats as Readonly<Record<string, unknown>>;
    const { jobs } = await readRows({ ...trace, options: { ...trace.options, zeroRunTime: 'keep' } });
    const found = graphStatistics(jobs);
    const compared = Object.keys(found).filter((key) => typeof stats[key] === 'number');
    expect(compared).toContain('edges');
    for (const key of compared) expect(found[key], key).toBeCloseTo(stats[key] as number, 5);
  });
});
