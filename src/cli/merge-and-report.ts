import { ScenarioError } from '../base/errors.ts';
import { chooseMetrics } from '../experiment/choose-metrics.ts';
import type { PlanFile } from '../experiment/plan-file.ts';
import { RunLedger } from '../experiment/run-ledger.ts';
import { sweepResult } from '../experiment/sweep-result.ts';
import { sha256 } from '../platform/sha256.ts';
import { describeFailure, nameOf } from './carry-out.ts';
import { describeConflicts } from './describe-conflicts.ts';
import { ExitCode } from './exit-code.ts';
import type { ExperimentArguments } from './experiment-options.ts';
import { tell } from './output.ts';
import { reportSweep } from './sweep-and-report.ts';
import { readPlanFile, readRuns, replaceFile, tellDamage } from './sweep-folder.ts';

/** What `merge` is told. */
export interface MergeArguments extends Pick<ExperimentArguments, 'metrics' | 'confidence' | 'out' | 'json'> {
  readonly folders: readonly string[];
}

/** Runs that are named one by one where they are missing. */
const NAMED = 10;

/** Puts the results of several shards together, says what is missing, and gives the exit code. */
export async function mergeAndReport(args: MergeArguments): Promise<number> {
  const { folders } = args;
  if (folders.length > 1 && args.out === undefined) {
    throw new ScenarioError('where shall the results go? Say --out and a folder');
  }
  const out = args.out ?? folders[0]!;
  const plan = commonPlan(folders);
  const ledger = new RunLedger();
  for (const folder of folders) readRuns(folder, ledger);
  if (ledger.conflicts.length > 0) return describeConflicts(ledger.conflicts, folders.join(', '));
  const records = plan.runs.flatMap(({ run }) => ledger.done.get(run) ?? ledger.failed.get(run) ?? []);
  replaceFile(out, 'plan.json', `${JSON.stringify(plan, null, 1)}\n`);
  replaceFile(out, 'runs.jsonl', records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const metrics = chooseMetrics(args.metrics ?? [], plan.resources);
  const result = sweepResult(plan, ledger, { metrics, confidence: args.confidence, sha256 });
  for (const failure of result.failures) tell(describeFailure(failure));
  tellDamage(ledger);
  tellMissing(plan, ledger);
  await reportSweep(result, out, args);
  return result.digest === null ? ExitCode.failed : ExitCode.ok;
}

/** The plan that all folders are parts of. */
function commonPlan(folders: readonly string[]): PlanFile {
  const plans = folders.map((folder) => readPlanFile(folder));
  const other = plans.findIndex(({ plan }) => plan !== plans[0]!.plan);
  if (other >= 0) {
    const message = `this is part of another sweep than ${folders[0]}: ${plans[other]!.command}`;
    throw new ScenarioError(message, { file: folders[other]! });
  }
  return plans[0]!;
}

function tellMissing({ runs }: PlanFile, ledger: RunLedger): void {
  const missing = runs.filter(({ run }) => !ledger.done.has(run) && !ledger.failed.has(run));
  for (const entry of missing.slice(0, NAMED)) tell(`missing: ${entry.run.slice(0, 12)} ${nameOf(entry)}`);
  if (missing.length > NAMED) tell(`and ${missing.length - NAMED} more are missing`);
}
