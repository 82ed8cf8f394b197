import { toUnits } from '../base/amounts.ts';
import { formatNumber } from '../report/quantity.ts';
import { summarize } from '../report/summary.ts';
import { type FinishedRun, runScenario } from '../scenario/run-scenario.ts';
import { ExitCode } from './exit-code.ts';
import { print, styleFor, tell, widthOf } from './output.ts';
import { Progress } from './progress.ts';
import type { LoadedScenario } from './read-scenario.ts';
import { ResultFolder } from './result-folder.ts';
import type { RunArguments } from './run-options.ts';

/** Runs a scenario once and says what came of it: JSON or a summary on standard output, files where asked for. */
export async function runAndReport(loaded: LoadedScenario, args: RunArguments, command: string): Promise<number> {
  const folder = args.out === undefined ? undefined : new ResultFolder(args.out);
  const { scenario, services } = loaded;
  const run = await runScenario(scenario, services, {
    audit: args.audit ?? false,
    observers: [new Progress(process.stderr)],
    ...(folder && { jobRow: folder.jobRow, taskRow: folder.taskRow }),
  });
  if (folder !== undefined) {
    await folder.finish(run, loaded, command);
    tell(`wrote ${folder.files.join(', ')} to ${folder.path}`);
  }
  if (args.json) await print(`${JSON.stringify(run.result, null, 2)}\n`);
  else await print(summaryOf(run, command));
  const failed = run.result.thresholds.filter(({ pass }) => !pass);
  if (failed.length === 0) return ExitCode.ok;
  for (const { metric, expected, value } of failed)
    tell(`threshold failed: ${metric} is ${value}, expected ${expected}`);
  return ExitCode.threshold;
}

function summaryOf(run: FinishedRun, command: string): string {
  const { cluster, timeline, result } = run;
  const width = widthOf(process.stdout);
  const series = timeline.utilizationSeries(Math.max(20, Math.min(60, width - 40)));
  return summarize(result, {
    cluster: describeCluster(run),
    utilization: Object.fromEntries(cluster.resources.map(({ name }, r) => [name, series[r]!])),
    reproduce: command,
    style: styleFor(process.stdout),
    width,
  });
}

function describeCluster({ cluster }: FinishedRun): string {
  const amounts = cluster.resources.map((resource, r) => {
    const units = toUnits(cluster.totalCapacity(r), resource);
    if (resource.unit === 'MiB' && units >= 1024) return `${formatNumber(units / 1024)} GiB ${resource.name}`;
    return `${formatNumber(units)} ${resource.unit === '' ? resource.name : `${resource.unit} ${resource.name}`}`;
  });
  const nodes = `${formatNumber(cluster.nodeCount)} ${cluster.nodeCount === 1 ? 'node' : 'nodes'}`;
  return [nodes, ...amounts].join(', ');
}
