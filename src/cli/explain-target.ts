import { findAllocator } from '../allocators/registry.ts';
import { ScenarioError } from '../base/errors.ts';
import { explanationText } from '../experiment/explain/explanation-text.ts';
import { explainJobs } from '../scenario/explain-jobs.ts';
import type { ExplainedJob, Explanation, Remedy } from '../scenario/explanation.ts';
import type { Override } from '../scenario/marked.ts';
import { AttendedRun } from './attended-run.ts';
import { Coverage } from './coverage.ts';
import { ExitCode } from './exit-code.ts';
import { print, styleFor, tell, widthOf } from './output.ts';
import { Progress } from './progress.ts';
import { changedTraces, isRecordedRun, readManifest } from './read-manifest.ts';
import { type LoadedScenario, readScenario } from './read-scenario.ts';
import { overridesOf, type RunArguments } from './run-options.ts';

/** What the options of `explain` are when parsed. */
export interface ExplainArguments extends RunArguments {
  target: string;
  job?: string[] | undefined;
  index?: number[] | undefined;
  try?: string[] | undefined;
}

/** Spans of one job that are told at most: by JSON, and where people read. */
const MOST_SPANS = { json: 500, text: 14 };

/** A strict queue may pass over what does not fit; the setting that has it do so. */
const SKIPS = 'allocator.queue=skip';

/** Runs again and tells why jobs waited; gives the exit code. */
export async function explainTarget(args: ExplainArguments): Promise<number> {
  const names = args.job ?? [];
  const indices = args.index ?? [];
  if (names.length + indices.length === 0) throw new ScenarioError('say which job: --job NAME or --index N');
  const subject = openSubject(args);
  const changed = await changedTraces(subject.traces);
  for (const trace of changed) tell(`${trace} is not the file that was recorded: its SHA-256 differs`);
  const mostSpans = args.json ? MOST_SPANS.json : MOST_SPANS.text;
  const found = await attend(subject.open([]), { names, indices }, mostSpans);
  if (changed.length > 0 || (subject.digest !== null && found.digest !== subject.digest)) {
    tell('not reproduced: this run came out differently from the one recorded, so nothing is explained');
    tell(`  expected ${subject.digest}\n  got      ${found.digest}`);
    return ExitCode.notReproducible;
  }
  refuseUnknown(found, names, indices);
  const explanation = await tryOthers(found, subject, args.try ?? []);
  const text = args.json
    ? `${JSON.stringify(explanation, null, 2)}\n`
    : explanationText(explanation, styleFor(process.stdout), widthOf(process.stdout));
  await print(text);
  return ExitCode.ok;
}

/** What is explained: how to open it with changes, and what must come of it without. */
interface Subject {
  readonly open: (changes: readonly Override[]) => LoadedScenario;
  /** Null where nothing was recorded. */
  readonly digest: string | null;
  readonly traces: Readonly<Record<string, string>>;
}

function openSubject(args: ExplainArguments): Subject {
  const overrides = overridesOf(args);
  if (!isRecordedRun(args.target)) {
    return { open: (changes) => readScenario(args.target, [...overrides, ...changes]), digest: null, traces: {} };
  }
  if (overrides.length > 0) {
    throw new ScenarioError(
      `${overrides[0]!.label}: a run that was recorded is explained as it was; --try tries changes`,
    );
  }
  const { digest, traces } = readManifest(args.target);
  return { open: (changes) => readManifest(args.target, changes).loaded, digest, traces };
}

async function attend(
  { scenario, services }: LoadedScenario,
  watched: { names: readonly string[]; indices: readonly number[] },
  mostSpans: number,
): Promise<Explanation> {
  const progress = new Progress(process.stderr, styleFor(process.stderr));
  const pacer = new AttendedRun(new Coverage(scenario, services.readShare), progress);
  try {
    return await explainJobs(scenario, services, watched, mostSpans, { pacer });
  } finally {
    progress.clear();
  }
}

function refuseUnknown({ jobs }: Explanation, names: readonly string[], indices: readonly number[]): void {
  const missing = [
    ...names
      .filter((name) => !jobs.some(({ job }) => job === name))
      .map((name) => `--job ${name}: no job of that name`),
    ...indices
      .filter((index) => !jobs.some((job) => job.index === index))
      .map((n) => `--index ${n}: no job of that number`),
  ];
  if (missing.length > 0) throw new ScenarioError(`${missing.join('; ')} was submitted in this run`);
}

/** Runs what somebody wants to know, and, where a strict queue has kept a job from room, without that. */
async function tryOthers(found: Explanation, subject: Subject, settings: readonly string[]): Promise<Explanation> {
  const tried = [...settings];
  const isStrict =
    'queue' in (findAllocator(found.allocator.name)?.options ?? {}) && found.allocator['queue'] === 'strict';
  if (isStrict && settings.length === 0 && found.jobs.some(isHeldBack)) tried.push(SKIPS);
  const remedies = found.jobs.map(({ remedies }) => [...remedies]);
  for (const setting of tried) {
    const loaded = subject.open(overridesOf({ set: [setting] }));
    const indices = found.jobs.map(({ index }) => index);
    const other = await attend(loaded, { names: [], indices }, 1);
    for (const [i, job] of found.jobs.entries()) {
      const its = other.jobs.find(({ index }) => index === job.index);
      const isWanted = settings.length > 0 || isHeldBack(job);
      if (isWanted)
        remedies[i]!.unshift({ kind: 'setting', set: setting, start_s: its?.start_s ?? null } satisfies Remedy);
    }
  }
  return { ...found, jobs: found.jobs.map((job, i) => ({ ...job, remedies: remedies[i]! })) };
}

/** There was room for it, and a job before it in a strict queue that did not fit. */
function isHeldBack({ timeline }: ExplainedJob): boolean {
  return timeline.some(({ room, reason }) => room.has_room !== false && reason?.kind === 'behind-head');
}
