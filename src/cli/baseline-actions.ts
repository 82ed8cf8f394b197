import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { makeBaseline, parseBaseline } from '../experiment/baseline.ts';
import { baselineReport, checkBaseline } from '../experiment/baseline-check.ts';
import { chooseMetrics } from '../experiment/choose-metrics.ts';
import type { Plan } from '../experiment/plan.ts';
import type { DoneRecord } from '../experiment/run-record.ts';
import { fileProblem } from '../platform/files.ts';
import type { CheckReport } from '../report/check-report.ts';
import type { Style } from '../report/style.ts';
import { table } from '../report/table.ts';
import { resourcesOf } from '../scenario/whole-cluster.ts';
import { type CarriedOut, carryOut, exitCodeOf } from './carry-out.ts';
import { ExitCode } from './exit-code.ts';
import { type ExperimentArguments, experimentWords, threadsOf } from './experiment-options.ts';
import { styleFor, tell } from './output.ts';
import { type ReadPlan, readPlan } from './read-plan.ts';
import { readReporters, tellResult } from './reporters.ts';
import { quoteWord } from './run-options.ts';
import { nodeServices } from './services.ts';
import { replaceFile } from './sweep-folder.ts';

/** Seeds where nobody says how many. */
const SEEDS = 10;

/** What `baseline` is told. */
export interface BaselineArguments extends ExperimentArguments {
  readonly action: 'save' | 'check';
  readonly scenario: string;
  readonly file?: string | undefined;
  readonly tolerance: number;
}

/** Saves the values of a scenario, or holds it against those that were saved; gives the exit code. */
export function baselineAction(args: BaselineArguments): Promise<number> {
  const file = args.file ?? defaultFile(args.scenario);
  return args.action === 'save' ? save(args, file) : check(args, file);
}

async function save(args: BaselineArguments, file: string): Promise<number> {
  const read = await readPlan(args.scenario, args, args.seeds ?? String(SEEDS));
  const resources = resourcesOf(read.plan.scenario, nodeServices(read.folder)).map(({ name }) => name);
  const metrics = chooseMetrics(args.metrics ?? [], resources);
  const outcome = await carry(read, args, 'no baseline is saved');
  if (outcome.interrupted) return ExitCode.interrupted;
  if (outcome.failed.length > 0) return exitCodeOf(outcome.failed);
  const command = ['allot baseline save', quoteWord(args.scenario), ...experimentWords(args)].join(' ');
  const baseline = makeBaseline(
    read.plan.scenario.name ?? 'unnamed',
    inOrder(read.plan, outcome.done),
    metrics,
    command,
  );
  replaceFile(dirname(file), basename(file), `${JSON.stringify(baseline, null, 2)}\n`);
  tell(`wrote ${metrics.length} metrics of ${baseline.runs.length} seeds to ${file}`);
  return ExitCode.ok;
}

async function check(args: BaselineArguments, file: string): Promise<number> {
  const reporters = readReporters(args.reporter, args.json);
  if (!(args.tolerance >= 0 && args.tolerance < 1)) {
    throw new ScenarioError('--tolerance must be 0 or more and less than 1, such as 0.02');
  }
  if (args.seeds !== undefined) throw new ScenarioError('the seeds are those of the baseline: leave out --seeds');
  const trouble = fileProblem(file);
  if (trouble !== null) throw new ScenarioError(`${trouble}; allot baseline save makes one`, { file });
  const baseline = parseBaseline(readFileSync(file, 'utf8'), file);
  const seeds = baseline.runs.map(({ seed }) => seed);
  const read = await readPlan(args.scenario, args, seeds);
  const outcome = await carry(read, args, 'nothing is checked');
  if (outcome.interrupted) return ExitCode.interrupted;
  if (outcome.failed.length > 0) return exitCodeOf(outcome.failed);
  const words = [...experimentWords(args), '--file', quoteWord(file)];
  if (args.tolerance > 0) words.push('--tolerance', String(args.tolerance));
  const result = checkBaseline(baseline, inOrder(read.plan, outcome.done), {
    confidence: args.confidence,
    tolerance: args.tolerance,
    reproduce: ['allot baseline check', quoteWord(args.scenario), ...words].join(' '),
  });
  const report = baselineReport(result);
  await tellResult(reporters, { report, json: result, pretty: () => prettyCheck(report, styleFor(process.stdout)) });
  if (result.pass) return ExitCode.ok;
  for (const { name, found, pass } of report.checks) if (!pass) tell(`regression: ${name} is ${found}`);
  return ExitCode.threshold;
}

/** One allocator is held against itself. */
function carry({ plan, folder }: ReadPlan, args: BaselineArguments, onInterrupt: string): Promise<CarriedOut> {
  if (plan.allocators.length > 1) {
    throw new ScenarioError(
      `a baseline is of one allocator; name it with -a (there are ${plan.allocators.join(', ')})`,
    );
  }
  return carryOut(plan.runs, { folder, ...threadsOf(args), onInterrupt });
}

function inOrder({ runs }: Plan, done: readonly DoneRecord[]): DoneRecord[] {
  return runs.map(({ id }) => done.find(({ run }) => run === id)!);
}

function prettyCheck({ title, notes, figures, checks, reproduce }: CheckReport, style: Style): string {
  const rows = figures.rows.map((row, i) => [checks[i]!.pass ? style.good('✓') : style.bad('✗'), ...row]);
  const text = table(['', ...figures.head], rows, style, (column) => column < 2 || column === 5);
  return `${[[style.strong(title), ...notes].join('\n'), text, `${style.quiet('reproduce')}  ${reproduce}`].join('\n\n')}\n`;
}

/** Beside the scenario. */
function defaultFile(scenario: string): string {
  if (scenario === '-') throw new ScenarioError('say --file for the baseline of a scenario on standard input');
  return `${scenario.replace(/\.(ya?ml|json)$/i, '')}.baseline.json`;
}
