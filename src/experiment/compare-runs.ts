import type { Hasher } from '../base/hasher.ts';
import { goalOf } from '../metrics/registry.ts';
import { holdAgainst } from '../scenario/hold-thresholds.ts';
import { unitOf } from './choose-metrics.ts';
import type { ComparedMetric, ComparedThreshold, Comparison, Sampling } from './comparison.ts';
import { warningsOf } from './comparison-warnings.ts';
import { resultsDigest } from './results-digest.ts';
import type { DoneRecord } from './run-record.ts';
import { sampledPairs, sampledValue } from './sampled-metric.ts';
import { statementsOf } from './statements.ts';
import { busyWeeks, FEWEST_WEEKS, weeklyPairs, weeklyValue } from './weekly-metric.ts';

/** What is compared, and how. */
export interface CompareInput {
  readonly scenario: string;
  readonly allocators: readonly string[];
  readonly seeds: readonly string[];
  /** One of each allocator and seed. */
  readonly records: readonly DoneRecord[];
  readonly metrics: readonly string[];
  readonly confidence: number;
  readonly thresholds: Readonly<Record<string, string>>;
  readonly sha256: () => Hasher;
  readonly reproduce: string;
}

/** The runs of one allocator, in the order of the seeds. */
interface Lane {
  readonly allocator: string;
  readonly runs: readonly DoneRecord[];
}

/** Compares allocators on the runs that they have done. */
export function compareRuns(input: CompareInput): Comparison {
  const lanes = input.allocators.map((allocator): Lane => {
    const own = new Map(input.records.filter(({ label }) => label === allocator).map((run) => [run.seed, run]));
    return { allocator, runs: input.seeds.map((seed) => own.get(seed)!) };
  });
  const sampling = samplingOf(lanes);
  const metrics = input.metrics.map((metric) => compareMetric(metric, lanes, sampling, input));
  return {
    schema: 'allot.comparison/1',
    scenario: input.scenario,
    confidence: input.confidence,
    seeds: input.seeds,
    sampling,
    samples: sampling === 'seeds' ? input.seeds.length : sampling === 'weeks' ? weeksOf(lanes).length : 1,
    allocators: lanes.map(({ allocator, runs }) => ({
      label: allocator,
      allocator: runs[0]!.allocator,
      runs: runs.map(({ seed, digest, schedule_digest }) => ({ seed, digest, schedule_digest })),
    })),
    metrics,
    statements: metrics.flatMap((metric) => statementsOf(metric, sampling)),
    warnings: warningsOf(lanes, metrics, sampling),
    thresholds: lanes.flatMap((lane) => holdMeans(lane, metrics, input)),
    digest: resultsDigest(input.records, input.sha256),
    reproduce: input.reproduce,
  };
}

/** Nothing is random where no allocator does anything else with another seed. */
export function isDeterministic(lanes: readonly Pick<Lane, 'runs'>[]): boolean {
  return lanes.every(({ runs }) => runs.every((run) => run.schedule_digest === runs[0]!.schedule_digest));
}

function samplingOf(lanes: readonly Lane[]): Sampling {
  if (lanes[0]!.runs.length > 1 && !isDeterministic(lanes)) return 'seeds';
  return weeksOf(lanes).length >= FEWEST_WEEKS ? 'weeks' : 'none';
}

/** The weeks that all runs have jobs in. */
function weeksOf(lanes: readonly Lane[]): number[] {
  const weeks = lanes.map(({ runs }) => runs[0]!.weeks);
  const known = weeks.filter((own) => own !== undefined);
  return known.length < lanes.length ? [] : busyWeeks(known);
}

function compareMetric(
  metric: string,
  lanes: readonly Lane[],
  sampling: Sampling,
  input: CompareInput,
): ComparedMetric {
  const { confidence } = input;
  const head = { metric, unit: unitOf(metric), better: goalOf(metric) };
  const compared = sampling === 'seeds' ? overSeeds() : ofOneRun();
  return { ...head, ...compared, best: bestOf({ ...head, ...compared, best: [] }) };

  function overSeeds(): Pick<ComparedMetric, 'values' | 'pairs'> {
    const samples = lanes.map(({ allocator, runs }) => ({
      allocator,
      values: runs.map(({ metrics }) => metrics[metric] ?? null),
    }));
    return {
      values: samples.map((sample) => sampledValue(sample, confidence)),
      pairs: sampledPairs(samples, confidence),
    };
  }

  function ofOneRun(): Pick<ComparedMetric, 'values' | 'pairs'> {
    const runs = lanes.map(({ allocator, runs: [run] }) => {
      const value = run!.metrics[metric] ?? null;
      const isWeekly = sampling === 'weeks' && run!.weeks?.sums[metric] !== undefined;
      return { allocator, value, weeks: isWeekly ? run!.weeks! : null };
    });
    const ask = { metric, confidence, seed: input.seeds[0]! };
    return { values: runs.map((run) => weeklyValue(run, ask)), pairs: weeklyPairs(runs, ask) };
  }
}

/** The best one first, then those that cannot be told from it; nobody where that is everybody. */
function bestOf({ values, pairs, better }: ComparedMetric): string[] {
  const defined = values.filter(({ mean }) => mean !== null);
  if (better === null || defined.length < 2) return [];
  const sign = better === 'lower' ? 1 : -1;
  const order = [...defined].sort((a, b) => sign * (a.mean! - b.mean!));
  const best = order[0]!.allocator;
  const isOpen = (other: string): boolean =>
    pairs.some(
      ({ a, b, verdict }) => verdict !== 'different' && ((a === best && b === other) || (a === other && b === best)),
    );
  const group = order.map(({ allocator }) => allocator).filter((name) => name === best || isOpen(name));
  return group.length === values.length ? [] : group;
}

function holdMeans(
  { allocator, runs }: Lane,
  metrics: readonly ComparedMetric[],
  input: CompareInput,
): ComparedThreshold[] {
  const means: Record<string, number | null> = {};
  for (const metric of Object.keys(input.thresholds)) {
    const compared = metrics.find((one) => one.metric === metric);
    const own = compared?.values.find((value) => value.allocator === allocator)?.mean;
    const { mean } = sampledValue({ allocator, values: runs.map((run) => run.metrics[metric] ?? null) }, 0.95);
    means[metric] = own ?? mean;
  }
  return holdAgainst(input.thresholds, means).map((outcome) => ({ allocator, ...outcome }));
}
