import { ScenarioError } from '../../base/errors.ts';
import { fromSeconds } from '../../base/time.ts';
import { runTimes } from './batsim-profiles.ts';
import { at, isObject, type JsonObject, parseJson, readDocument } from './document.ts';
import { type DocumentTools, documentReader } from './document-reader.ts';
import { processorColumn } from './processor-column.ts';

/** Whole numbers that a double would change, under the key of an identifier. */
const LONG_ID = /"id"\s*:\s*(-?\d{16,})(?=\s*[,}])/g;

/**
 * Reads the workloads of Batsim: jobs with a profile each, in one JSON document.
 *
 * Profiles of type `delay`, and sequences of those, say how long a job runs; all others follow from a platform that is
 * not simulated here. The width is the number of hosts.
 *
 * @see https://batsim.readthedocs.io/en/latest/input-workload.html
 */
export const batsim = documentReader({
  name: 'batsim',
  summary: 'Batsim JSON: jobs with hosts, walltime and a profile of delays',
  looksLikeText: (head) => /^\{/.test(head) && /"(?:nb_res|subtime)"\s*:/.test(head),

  async machine(bytes) {
    const hosts = at(parseJson(await readDocument(bytes), bytes.name), 'nb_res');
    return Number.isSafeInteger(hosts) && (hosts as number) > 0 ? (hosts as number) : 'the document has no `nb_res`';
  },

  *records(tools) {
    const { text, file, account, writer } = tools;
    const { jobs, profiles } = batsimDocument(text, file);
    const runs = runTimes(profiles);
    const demand = new Float64Array(tools.context.resources.length);
    demand[processorColumn('batsim', tools.context)] = 1;
    const framework = frameworkOf(jobs, tools);
    for (const job of jobs) {
      account.read++;
      const reason = take(job);
      if (reason !== null) writer.skip(reason);
      yield;
    }

    function take(job: unknown): string | null {
      if (!isObject(job)) return 'not a job';
      const name = at(job, 'id');
      if (typeof name !== 'number' && typeof name !== 'string') return 'missing: id';
      const submit = numberOf(job, 'subtime');
      if (typeof submit === 'string') return submit;
      const width = numberOf(job, 'res');
      if (typeof width === 'string') return width;
      const profile = at(job, 'profile');
      if (typeof profile !== 'string' && typeof profile !== 'number') return 'missing: profile';
      const run = runs(String(profile));
      if (typeof run === 'string') return run;
      const walltime = at(job, 'walltime');
      writer.add(
        {
          name: typeof name === 'number' && !Number.isSafeInteger(name) ? String(name) : name,
          framework: framework(job),
          submit: fromSeconds(submit),
          estimate: typeof walltime === 'number' ? fromSeconds(walltime) : Number.NaN,
          priority: 0,
          constraint: 0,
          line: account.read,
        },
        { run: fromSeconds(run), width, demand },
      );
      return null;
    }
  },
});

/** Gives the two parts of a workload; throws a ScenarioError where the document is something else. */
function batsimDocument(text: string, file: string): { jobs: readonly unknown[]; profiles: JsonObject } {
  const document = parseJson(text.replace(LONG_ID, '"id":"$1"'), file);
  const jobs = at(document, 'jobs');
  const profiles = at(document, 'profiles');
  if (!Array.isArray(jobs)) throw new ScenarioError('a Batsim workload has a list `jobs`', { file });
  if (!isObject(profiles)) throw new ScenarioError('a Batsim workload has a mapping `profiles`', { file });
  return { jobs, profiles };
}

/** Gives the number under a key, or the reason why there is none. */
function numberOf(job: JsonObject, key: string): number | string {
  const value = at(job, key);
  if (value === undefined || value === null) return `missing: ${key}`;
  return typeof value === 'number' ? value : `not a number: ${key}`;
}

/** Finds the key of the jobs that tells the framework, and writes down which it is. */
function frameworkOf(
  jobs: readonly unknown[],
  { options, context, account }: DocumentTools,
): (job: JsonObject) => number {
  const key = options.frameworkBy;
  const isGiven = key !== 'none' && jobs.some((job) => isName(at(job, key)));
  if (!isGiven) {
    if (key !== 'none' && key !== 'user') {
      throw new ScenarioError([{ path: 'framework-by', message: `no job has \`${key}\`` }]);
    }
    account.rules['framework-by'] = 'none';
    const all = context.frameworks.id('all');
    return () => all;
  }
  return (job) => {
    const value = at(job, key);
    return context.frameworks.id(isName(value) ? String(value) : 'unknown');
  };
}

function isName(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}
