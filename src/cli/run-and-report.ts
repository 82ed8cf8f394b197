import { findAllocator } from '../allocators/registry.ts';
import { toUnits } from '../base/amounts.ts';
import { fromSeconds } from '../base/time.ts';
import { formatNumber } from '../report/quantity.ts';
import { runReport } from '../report/run-report.ts';
import { summarize } from '../report/summary.ts';
import { type FinishedRun, type RunOptions, runScenario } from '../scenario/run-scenario.ts';
import { resourcesOf } from '../scenario/whole-cluster.ts';
import { AttendedRun } from './attended-run.ts';
import { Coverage } from './coverage.ts';
import { ExitCode } from './exit-code.ts';
import { interruptible } from './interruptible.ts';
import { styleFor, tell, widthOf } from './output.ts';
import { Progress } from './progress.ts';
import type { LoadedScenario } from './read-scenario.ts';
import { readReporters, tellResult } from './reporters.ts';
import { ResultFolder } from './result-folder.ts';
import type { RunArguments } from './run-options.ts';

/** Gives the command line of a run with these options. */
type CommandOf = (args: RunArguments) => string;

/**
 * Runs a scenario once and says what came of it: JSON or a summary on standard output, files where asked for.
 *
 * Ctrl-C ends the run where it is, and what came until then is told and marked.
 */
export async function runAndReport(loaded: LoadedScenario, args: RunArguments, commandOf: CommandOf): Promise<number> {
  const reporters = readReporters(args.reporter, args.json);
  const resources = () => resourcesOf(loaded.scenario, loaded.services);
  const folder = args.out === undefined ? undefined : new ResultFolder(args.out, resources());
  const { run, share } = await attend(loaded, {
    audit: args.audit ?? false,
    roleShares: folder !== undefined,
    ...(folder && { jobRow: folder.jobRow, taskRow: folder.taskRow }),
  });
  if (folder !== undefined) {
    await folder.finish(run, loaded, commandOf(args));
    tell(`wrote ${folder.files.join(', ')} to ${folder.path}`);
  }
  const { interrupted, thresholds, time } = run.result;
  // Cut at the instant where it was stopped, the run comes out the same.
  const end = fromSeconds(time.end_s);
  const again = commandOf(interrupted && end > 0 ? { ...args, until: `${end}us` } : args);
  await tellResult(reporters, {
    report: runReport(run.result, again),
    json: run.result,
    pretty: () => summaryOf(run, again, share),
  });
  if (interrupted) return ExitCode.interrupted;
  const failed = thresholds.filter(({ pass }) => !pass);
  if (failed.length === 0) return ExitCode.ok;
  for (const { metric, expected, value } of failed)
    tell(`threshold failed: ${metric} is ${value ?? 'not defined'}, expected ${expected}`);
  return ExitCode.threshold;
}

/**
 * Runs with an eye on the terminal; the first Ctrl-C ends the run, and the next one the process.
 *
 * The process ends in order, whatever the signal, so that programs which it has started end with it.
 */
async function attend(
  { scenario, services }: LoadedScenario,
  options: RunOptions,
): Promise<{ run: FinishedRun; share: number | null }> {
  const progress = new Progress(process.stderr, styleFor(process.stderr));
  const attended = new AttendedRun(new Coverage(scenario, services.readShare), progress);
  const stop = (): void => {
    progress.clear();
    attended.stop();
  };
  try {
    return await interruptible('stopping here', stop, async () => {
      const run = await runScenario(scenario, services, { ...options, pacer: attended });
      return { run, share: attended.share };
    });
  } finally {
    progress.clear();
  }
}

function summaryOf(run: FinishedRun, command: string, share: number | null): string {
  const { cluster, timeline, result } = run;
  const width = widthOf(process.stdout);
  const series = timeline.utilizationSeries(Math.max(20, Math.min(60, width - 40)));
  return summarize(result, {
    cluster: describeCluster(run),
    share,
    utilization: Object.fromEntries(cluster.resources.map(({ name }, r) => [name, series[r]!])),
    reproduce: command,
    defaults: defaultsOf(String(result.allocator['name'])),
    style: styleFor(process.stdout),
    width,
  });
}

function describeCluster({ cluster }: FinishedRun): string {
  const amounts = cluster.resources.map((resource, r) => {
    // Of all nodes, whatever has become of them.
    const units = toUnits(sumOf(cluster, r), resource);
    if (resource.unit === 'MiB' && units >= 1024) return `${formatNumber(units / 1024)} GiB ${resource.name}`;
    return `${formatNumber(units)} ${resource.unit === '' ? resource.name : `${resource.unit} ${resource.name}`}`;
  });
  const nodes = `${formatNumber(cluster.nodeCount)} ${cluster.nodeCount === 1 ? 'node' : 'nodes'}`;
  return [nodes, ...amounts].join(', ');
}

function defaultsOf(allocator: string): Record<string, unknown> {
  const options = Object.entries(findAllocator(allocator)?.options ?? {});
  return Object.fromEntries(options.map(([key, spec]) => [key, spec.default]));
}

function sumOf({ nodes }: FinishedRun['cluster'], r: number): number {
  return nodes.groups.reduce((sum, { count, capacity }) => sum + count * capacity[r]!, 0);
}
