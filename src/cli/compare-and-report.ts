import { ScenarioError } from '../base/errors.ts';
import { chooseMetrics } from '../experiment/choose-metrics.ts';
import { compareRuns, isDeterministic } from '../experiment/compare-runs.ts';
import type { Comparison } from '../experiment/comparison.ts';
import { comparisonReport } from '../experiment/comparison-report.ts';
import { comparisonText } from '../experiment/comparison-text.ts';
import type { Plan } from '../experiment/plan.ts';
import type { DoneRecord } from '../experiment/run-record.ts';
import { makeFolder } from '../platform/folder.ts';
import { sha256 } from '../platform/sha256.ts';
import { resourcesOf } from '../scenario/whole-cluster.ts';
import { carryOut, exitCodeOf } from './carry-out.ts';
import { ExitCode } from './exit-code.ts';
import { type ExperimentArguments, experimentWords, threadsOf } from './experiment-options.ts';
import { styleFor, tell, widthOf } from './output.ts';
import { readPlan } from './read-plan.ts';
import { readReporters, tellResult } from './reporters.ts';
import { quoteWord } from './run-options.ts';
import { nodeServices } from './services.ts';
import { writeFiles } from './write-files.ts';

/** Seeds where nobody says how many. */
const SEEDS = 10;
/** Seeds that tell whether there is any chance in a scenario. */
const PROBES = 2;

/** What `compare` is told. */
export interface CompareArguments extends ExperimentArguments {
  readonly scenario: string;
}

/**
 * Compares allocators and says what came of it; gives the exit code.
 *
 * Unless seeds are given, two are tried first, and no more where they give the same schedules.
 */
export async function compareAndReport(args: CompareArguments): Promise<number> {
  const threads = threadsOf(args);
  const reporters = readReporters(args.reporter, args.json);
  const { plan, folder } = await readPlan(args.scenario, args, args.seeds ?? String(SEEDS));
  refuseOne(plan);
  const metrics = chooseMetrics(
    args.metrics ?? [],
    resourcesOf(plan.scenario, nodeServices(folder)).map(({ name }) => name),
  );
  // Better now than when all is done.
  if (args.out !== undefined) makeFolder(args.out);
  const isProbe = args.seeds === undefined;
  const probes = new Set(plan.seeds.slice(0, PROBES));
  const {
    done,
    failed,
    interrupted,
    threads: width,
    wall_s,
  } = await carryOut(
    plan.runs.filter(({ seed }) => !isProbe || probes.has(seed)),
    {
      folder,
      ...threads,
      extras: extrasFor(plan),
      most: plan.runs.length,
      onInterrupt: 'there is no comparison',
      more: (all) => (isProbe && !isFixed(plan, all) ? plan.runs.filter(({ seed }) => !probes.has(seed)) : []),
    },
  );
  if (interrupted) return ExitCode.interrupted;
  if (failed.length > 0) return exitCodeOf(failed);
  const comparison = compareRuns({
    scenario: plan.scenario.name ?? 'unnamed',
    allocators: plan.allocators,
    seeds: plan.seeds.filter((seed) => done.some((run) => run.seed === seed)),
    records: done,
    metrics,
    confidence: args.confidence,
    thresholds: plan.scenario.thresholds ?? {},
    sha256,
    reproduce: ['allot compare', quoteWord(args.scenario), ...experimentWords(args)].join(' '),
  });
  const parts = { style: styleFor(process.stdout), width: widthOf(process.stdout), threads: width, wall_s };
  await tellResult(reporters, {
    report: comparisonReport(comparison),
    json: comparison,
    pretty: () => comparisonText(comparison, parts),
  });
  if (args.out !== undefined) writeComparison(args.out, comparison, done);
  return judge(comparison);
}

function refuseOne({ allocators }: Plan): void {
  if (allocators.length > 1) return;
  const message = `there is only \`${allocators[0]}\` to compare; name others with -a, or list them as \`allocators\` in the scenario`;
  throw new ScenarioError(message);
}

/** A trace can be cut into weeks, and what is generated may have a steady state. */
function extrasFor({ scenario: { workload, warmup } }: Plan): { weeks: boolean; warmUp: boolean } {
  return {
    weeks: warmup === undefined && workload.some((item) => 'trace' in item),
    warmUp: workload.every((item) => 'generate' in item),
  };
}

function isFixed({ allocators }: Plan, done: readonly DoneRecord[]): boolean {
  return isDeterministic(allocators.map((label) => ({ runs: done.filter((run) => run.label === label) })));
}

function writeComparison(out: string, comparison: Comparison, done: readonly DoneRecord[]): void {
  const lines = done.map((record) => `${JSON.stringify(record)}\n`);
  writeFiles(out, { 'comparison.json': `${JSON.stringify(comparison, null, 2)}\n`, 'runs.jsonl': lines.join('') });
  tell(`wrote comparison.json, runs.jsonl to ${out}`);
}

function judge({ thresholds }: Comparison): number {
  const failed = thresholds.filter(({ pass }) => !pass);
  for (const { allocator, metric, expected, value } of failed) {
    tell(`threshold failed: ${metric} of ${allocator} is ${value ?? 'not defined'}, expected ${expected}`);
  }
  return failed.length === 0 ? ExitCode.ok : ExitCode.threshold;
}
