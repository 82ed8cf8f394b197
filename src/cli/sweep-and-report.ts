import { resolve } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { formatDuration, fromSeconds } from '../base/time.ts';
import { chooseMetrics } from '../experiment/choose-metrics.ts';
import { readAxes } from '../experiment/grid.ts';
import type { Plan } from '../experiment/plan.ts';
import { type PlanFile, planFile } from '../experiment/plan-file.ts';
import type { PlannedRun } from '../experiment/planned-run.ts';
import { sweepNotice } from '../experiment/queued-sweep.ts';
import type { RunLedger } from '../experiment/run-ledger.ts';
import { doneRecord } from '../experiment/run-record.ts';
import type { Runner } from '../experiment/runner.ts';
import { readShard, type Shard, shardOf } from '../experiment/shard.ts';
import { type SweepResult, sweepResult } from '../experiment/sweep-result.ts';
import { factorsOf, sweepText } from '../experiment/sweep-text.ts';
import { readRedisAddress } from '../platform/redis-address.ts';
import { sha256 } from '../platform/sha256.ts';
import { processors } from '../platform/threads.ts';
import { resourcesOf } from '../scenario/whole-cluster.ts';
import { carryOut } from './carry-out.ts';
import { describeConflicts } from './describe-conflicts.ts';
import { estimateRun } from './estimate-run.ts';
import { ExitCode } from './exit-code.ts';
import { type ExperimentArguments, experimentWords, threadsOf } from './experiment-options.ts';
import { print, styleFor, tell, widthOf } from './output.ts';
import { QueueRunner } from './queue-runner.ts';
import { type ReadPlan, readPlan } from './read-plan.ts';
import { quoteWord } from './run-options.ts';
import { nodeServices } from './services.ts';
import { openRuns, readRuns, replaceFile, tellDamage } from './sweep-folder.ts';

/** Seeds where nobody says how many. */
const SEEDS = 10;

/** What `sweep` is told. */
export interface SweepArguments extends ExperimentArguments {
  readonly scenario: string;
  readonly grid?: string[] | undefined;
  readonly shard?: string | undefined;
  readonly retries?: number | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly queue?: string | undefined;
  readonly 'keep-queue'?: boolean | undefined;
}

/** More tries than this are a mistake. */
const MOST_RETRIES = 100;

/** Carries out what is not yet done of a plan, or says what that would be; gives the exit code. */
export async function sweepAndReport(args: SweepArguments): Promise<number> {
  const threads = threadsOf(args);
  const axes = readAxes(args.grid ?? []);
  refuseIdleOptions(args);
  const retries = args.retries ?? 0;
  if (!(Number.isInteger(retries) && retries >= 0 && retries <= MOST_RETRIES)) {
    throw new ScenarioError(`--retries must be a whole number from 0 to ${MOST_RETRIES}`);
  }
  const shard = args.shard === undefined ? null : readShard(args.shard);
  const { plan, folder } = await readPlan(args.scenario, args, args.seeds ?? String(SEEDS), axes);
  const resources = resourcesOf(plan.scenario, nodeServices(folder)).map(({ name }) => name);
  const metrics = chooseMetrics(args.metrics ?? [], resources);
  const file = planFile(plan, resources, commandOf(args));
  const out = args.out ?? defaultFolder(plan);
  const ledger = readRuns(out);
  if (ledger.conflicts.length > 0) return describeConflicts(ledger.conflicts, out);
  const own = shard === null ? plan.runs : shardOf(plan.runs, shard);
  const todo = own.filter(({ id }) => !ledger.done.has(id));
  const counts = { own: own.length, todo: todo.length };
  if (args['dry-run']) {
    await showPlan(
      file,
      { ...counts, out, shard, threads: threads.threads ?? processors(), json: args.json ?? false },
      () => secondsARun(todo, ledger, folder),
    );
    return ExitCode.ok;
  }
  const runner = args.queue === undefined ? null : await openQueue(args, { plan, folder, ledger });
  replaceFile(out, 'plan.json', `${JSON.stringify(file, null, 1)}\n`);
  tellStart(counts, ledger, shard);
  tellOthers(plan, ledger);
  const runs = openRuns(out, shard);
  const { interrupted, failed } = await carryOut(todo, {
    folder,
    ...threads,
    ...(args.retries !== undefined && { retries: args.retries }),
    ...(runner && { runner }),
    onInterrupt: `what is done is kept in ${out}; the same command goes on from there`,
    onRecord: (record) => {
      ledger.add(record);
      runs.append(JSON.stringify(record));
    },
  });
  runs.close();
  if (ledger.conflicts.length > 0) return describeConflicts(ledger.conflicts, out);
  const result = sweepResult(file, ledger, { metrics, confidence: args.confidence, sha256 });
  await reportSweep(result, out, args);
  if (interrupted) return ExitCode.interrupted;
  if (shard !== null && result.digest === null)
    tell('when all shards are done: allot merge <their folders> --out <folder>');
  if (seedsAreIdle(plan, ledger)) tell('nothing here is random, and every seed gave the same: --seeds 1 is enough');
  return failed.length > 0 ? ExitCode.failed : ExitCode.ok;
}

/** Writes the result beside the runs and prints it. */
export async function reportSweep(
  result: SweepResult,
  out: string,
  args: Pick<ExperimentArguments, 'json' | 'metrics'>,
): Promise<void> {
  const text = `${JSON.stringify(result, null, 2)}\n`;
  replaceFile(out, 'sweep.json', text);
  const style = styleFor(process.stdout);
  const mayDrop = args.metrics === undefined;
  await print(args.json ? text : sweepText(result, { style, width: widthOf(process.stdout), mayDrop, folder: out }));
}

/** Threads are the workers' business, and a queue is shared by runs and not by shards. */
function refuseIdleOptions({ queue, shard, threads, memory, 'keep-queue': keep }: SweepArguments): void {
  if (queue === undefined) {
    if (keep) throw new ScenarioError('--keep-queue goes with --queue');
    return;
  }
  if (shard !== undefined) throw new ScenarioError('--shard and --queue both divide the runs: give one of them');
  if (threads !== undefined || memory !== undefined) {
    throw new ScenarioError('with --queue the runs are done elsewhere: give --threads and --memory to `allot worker`');
  }
}

/** Opens a queue for the runs; what is found there of runs that are done is held against what is known of them. */
async function openQueue(args: SweepArguments, { plan, folder, ledger }: QueuedPlan): Promise<Runner> {
  const byId = new Map(plan.runs.map((run) => [run.id, run]));
  const runner = await QueueRunner.open({
    address: args.queue!,
    notice: sweepNotice(plan, resolve(folder)),
    keep: args['keep-queue'] ?? false,
    onSurplus: (id, measured) => {
      const run = byId.get(id);
      if (run !== undefined && !ledger.done.has(id)) return false;
      if (run !== undefined) ledger.add(doneRecord(run, measured));
      return true;
    },
  });
  if (ledger.done.size < plan.runs.length)
    tell(`the runs lie in a queue; wherever they are to be done: allot worker ${readRedisAddress(args.queue!).name}`);
  return runner;
}

interface QueuedPlan extends ReadPlan {
  readonly ledger: RunLedger;
}

/** Says whether runs that differ by their seed alone all gave the same schedule. */
function seedsAreIdle({ runs, seeds }: Plan, { done }: RunLedger): boolean {
  if (seeds.length < 2) return false;
  const schedules = new Map<string, Set<string>>();
  for (const { id, allocator, settings } of runs) {
    const key = JSON.stringify([allocator, settings]);
    const known = schedules.get(key) ?? new Set();
    schedules.set(key, known.add(done.get(id)?.schedule_digest ?? id));
  }
  return [...schedules.values()].every(({ size }) => size === 1);
}

/** Named after the scenario, and so that no name leads elsewhere. */
function defaultFolder({ scenario }: Plan): string {
  return `results/${(scenario.name ?? 'unnamed').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^\.+/, '')}`;
}

function commandOf(args: SweepArguments): string {
  const grid = (args.grid ?? []).flatMap((axis) => ['--grid', quoteWord(axis)]);
  return ['allot sweep', quoteWord(args.scenario), ...experimentWords(args), ...grid].join(' ');
}

function tellStart({ own, todo }: Counts, ledger: RunLedger, shard: Shard | null): void {
  const part = shard === null ? '' : `shard ${shard.index} of ${shard.count}: `;
  if (todo < own) tell(`${part}${own - todo} of ${own} runs are done already`);
  else if (shard !== null) tell(`${part}${own} runs`);
  tellDamage(ledger, ': what is lost is done again');
}

/** A folder may hold more than one plan asks for: seeds that were once wanted, or another sweep. */
function tellOthers({ runs }: Plan, ledger: RunLedger): void {
  const wanted = new Set(runs.map(({ id }) => id));
  let others = 0;
  for (const id of ledger.done.keys()) if (!wanted.has(id)) others++;
  if (others > 0) tell(`${others} runs in this folder are not of this sweep: they are kept, and not counted`);
}

interface Counts {
  readonly own: number;
  readonly todo: number;
}

interface PlanView extends Counts {
  readonly out: string;
  readonly shard: Shard | null;
  readonly threads: number;
  readonly json: boolean;
}

/** Says what a sweep would do: `Plan: 3 allocators × 4 of until × 30 seeds = 360 runs, 120 done, about 4 m`. */
async function showPlan(file: PlanFile, view: PlanView, estimate: () => Promise<number | null>): Promise<void> {
  const { own, todo, threads, shard, out } = view;
  const each = todo === 0 ? 0 : await estimate();
  const seconds = each === null ? null : (each * todo) / Math.min(threads, Math.max(1, todo));
  if (view.json) {
    const counts = { planned: file.runs.length, own, done: own - todo, todo };
    await print(`${JSON.stringify({ ...file, counts, threads, estimate_s: seconds }, null, 2)}\n`);
    return;
  }
  const lines = [`Plan: ${factorsOf(file)} = ${file.runs.length} runs`];
  if (shard !== null) lines.push(`shard ${shard.index} of ${shard.count}: ${own} runs`);
  const time = seconds === null ? 'nothing tells how long' : `about ${formatDuration(fromSeconds(rounded(seconds)))}`;
  const on = threads === 1 ? 'one thread' : `${threads} threads`;
  lines.push(todo === 0 ? 'all of them are done' : `${own - todo} done, ${todo} to do: ${time} on ${on}`);
  lines.push(`results go to ${out}`);
  await print(`${lines.join('\n')}\n`);
}

/** From runs that are done where there are any, else from the first that is to be done. */
async function secondsARun(todo: readonly PlannedRun[], ledger: RunLedger, folder: string): Promise<number | null> {
  const known = [...ledger.done.values()].map(({ engine }) => engine.wall_s);
  if (known.length > 0) return known.reduce((sum, wall) => sum + wall, 0) / known.length;
  return await estimateRun(todo[0]!, folder);
}

function rounded(seconds: number): number {
  return seconds < 10 ? Math.ceil(seconds * 10) / 10 : Math.ceil(seconds);
}
