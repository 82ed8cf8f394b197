import { describe, expect, it } from 'vitest';
import { ScenarioError } from '../../src/base/errors.ts';
import { openStream, type Random } from '../../src/base/random.ts';
import { gunzipped } from '../../src/platform/gunzip.ts';
import type { JobBatch } from '../../src/workload/job-batch.ts';
import { inOrder } from '../../src/workload/job-stages.ts';
import { openTrace, traceReaders } from '../../src/workload/readers/registry.ts';
import { plainContext, total, type WorkloadContext } from '../../src/workload/workload-source.ts';
import { mutated } from '../support/mutate.ts';
import { type TraceSample, traceSamples } from '../support/trace-samples.ts';

const FULL = process.env['ALLOT_FULL'] === '1';
const FILES = FULL ? 10_000 : 300;
/** As elsewhere: the usual suite draws the same files each time, the full one new ones. */
const SEED = process.env['ALLOT_SEED'] ?? (FULL ? `${Date.now()}` : '20261122');
/** Seconds that a file of a kilobyte may take, on a machine that has other things to do. */
const PATIENCE = 20;
/** More than a job of the widest that is built; so many are never held at once. */
const TASKS = 2 ** 25;

/** A sample of which one file is damaged. */
interface Damaged {
  readonly sample: TraceSample;
  /** Which file it is, and what stands in it. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

function damage(sample: TraceSample, random: Random): Damaged {
  const others = Object.keys(sample.others ?? {});
  const file = others.length > 0 && random() < 0.4 ? others[Math.floor(random() * others.length)]! : sample.file;
  const content = file === sample.file ? sample.content : sample.others![file]!;
  return { sample, file, bytes: mutated(content, random) };
}

function openFile({ sample, file, bytes }: Damaged, name: string) {
  const content = name === sample.file ? sample.content : sample.others![name]!;
  const all = name === file ? bytes : Buffer.from(content as string);
  return {
    name,
    chunks: () =>
      gunzipped(
        name,
        (async function* () {
          yield all;
        })(),
      ),
  };
}

/** Reads a damaged trace to its end and says what is wrong with what comes out; null if nothing is. */
async function fault(format: string, damaged: Damaged): Promise<string | null> {
  const { sample } = damaged;
  const context = plainContext({
    resources: sample.resources,
    openFile: (name) => openFile(damaged, name),
    constraint: () => 1,
    weight: () => 1,
  });
  const begin = performance.now();
  const source = () =>
    openTrace(
      openFile(damaged, sample.file),
      {
        file: sample.file,
        format,
        frameworkBy: 'user',
        pastEstimate: 'overrun',
        sort: 'whole',
        origin: 'trace',
        ...sample.options,
      },
      context,
    );
  try {
    const { account, batches } = ((opened) => ({ account: opened.account, batches: opened.batches() }))(source());
    let records = 0;
    let last = 0;
    for await (const batch of batches) {
      const wrong = batchFault(batch, last, context);
      if (wrong !== null) return wrong;
      for (let job = 0; job < batch.jobs; job++) records += batch.records[job]!;
      last = batch.submit[batch.jobs - 1] ?? last;
    }
    const skipped = total(account.skipped);
    if (account.read !== records + skipped) return `read ${account.read}, in jobs ${records}, skipped ${skipped}`;
    if (Object.keys(account.skipped).length > 40) return 'as many reasons as records';
  } catch (error) {
    if (!(error instanceof ScenarioError)) return `${(error as Error).stack ?? error}`;
    const names = [sample.file, ...Object.keys(sample.others ?? {})];
    if (!names.some((name) => error.message.includes(name))) return `names no file: ${error.message}`;
  }
  const seconds = (performance.now() - begin) / 1e3;
  return seconds > PATIENCE ? `took ${seconds.toFixed(1)} s` : null;
}

/** Says what is wrong with the jobs of a batch that come behind one submitted at `after`. */
function batchFault(batch: JobBatch, after: number, { resources, frameworks }: WorkloadContext): string | null {
  if (batch.tasks > TASKS) return `${batch.tasks} tasks in a batch`;
  let before = after;
  for (let job = 0; job < batch.jobs; job++) {
    const submit = batch.submit[job]!;
    const name = batch.name[job];
    if (!(Number.isSafeInteger(submit) && submit >= before)) return `job ${name} submitted at ${submit}`;
    before = submit;
    if (typeof name !== 'string' && !Number.isSafeInteger(name)) return `a job's name is ${name}`;
    const estimate = batch.estimate[job]!;
    if (!(Number.isNaN(estimate) || (Number.isSafeInteger(estimate) && estimate >= 0))) return `estimate ${estimate}`;
    if (!Number.isFinite(batch.priority[job]!)) return `priority ${batch.priority[job]}`;
    if (!(batch.framework[job]! >= 0 && batch.framework[job]! < frameworks.size)) return `no framework of ${name}`;
    if (!(batch.records[job]! >= 1)) return `job ${name} of ${batch.records[job]} records`;
    const wrong = tasksFault(batch, job, resources.length);
    if (wrong !== null) return `job ${name}: ${wrong}`;
  }
  return null;
}

function tasksFault(batch: JobBatch, job: number, resources: number): string | null {
  const [first, end] = [batch.taskStart[job]!, batch.taskStart[job + 1]!];
  if (!(end > first)) return 'no task';
  for (let task = first; task < end; task++) {
    const run = batch.run[task]!;
    if (!(Number.isSafeInteger(run) && run >= 0)) return `a task runs for ${run}`;
    for (let r = 0; r < resources; r++) {
      const amount = batch.demand[task * resources + r]!;
      if (!(Number.isSafeInteger(amount) && amount >= 0)) return `a task demands ${amount}`;
    }
  }
  const stages = batch.stages[job];
  if (stages === undefined) return null;
  const { count, firstTask, parentStart, parents } = stages;
  if (firstTask[0] !== 0 || firstTask[count] !== end - first) return 'its stages do not have its tasks';
  for (let stage = 0; stage < count; stage++) {
    if (!(firstTask[stage + 1]! > firstTask[stage]!)) return 'a stage without tasks';
    for (let p = parentStart[stage]!; p < parentStart[stage + 1]!; p++) {
      if (!(parents[p]! >= 0 && parents[p]! < count && parents[p] !== stage)) return `parent ${parents[p]}`;
    }
  }
  return inOrder(stages).length === count ? null : 'its stages wait for one another';
}

describe.each(traceReaders.map(({ name }) => name))('damaged files of the format %s', (format) => {
  it(
    `are errors with their file, or read with every record accounted for (${FILES} files)`,
    async () => {
      for (let i = 0; i < FILES; i++) {
        const damaged = damage(traceSamples[format]!, openStream(SEED, `${format}/${i}`));
        const wrong = await fault(format, damaged);
        if (wrong === null) continue;
        const content = JSON.stringify(Buffer.from(damaged.bytes).toString('latin1')).slice(0, 4_000);
        expect.fail(`ALLOT_SEED=${SEED}, file ${i}: ${wrong}\nin ${damaged.file}: ${content}`);
      }
    },
    FULL ? 1_800_000 : 60_000,
  );
});
