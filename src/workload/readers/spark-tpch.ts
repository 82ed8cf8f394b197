import { exponentialQuantile } from '../../base/distributions/exponential.ts';
import { ScenarioError } from '../../base/errors.ts';
import type { OptionReader, OptionSpecs } from '../../base/options.ts';
import { below } from '../../base/random.ts';
import { formatDuration, type Time } from '../../base/time.ts';
import type { WorkloadContext } from '../workload-source.ts';
import { demandColumns } from './demand-columns.ts';
import { parseJson } from './document.ts';
import { type DocumentTools, documentReader } from './document-reader.ts';
import { type SparkProfile, sparkProfiles, sparkStages } from './spark-profiles.ts';

const own: OptionSpecs = {
  draw: {
    kind: 'choice',
    of: ['random', 'each'],
    default: 'random',
    summary: 'Which profile a job takes: any with equal chances, or each once, in the order of the file.',
  },
  jobs: {
    kind: 'number',
    whole: true,
    min: 1,
    default: 100,
    summary: 'Jobs that are drawn; with `each` all profiles.',
  },
  arrivals: {
    kind: 'choice',
    of: ['poisson', 'every', 'together'],
    default: 'poisson',
    summary: 'Gaps between jobs: exponential, all equal, or none.',
  },
  gap: { kind: 'duration', default: '45s', summary: 'Mean time between two jobs.' },
  executors: {
    kind: 'number',
    whole: true,
    min: 1,
    default: 50,
    summary: 'Executors that the run times were measured with.',
  },
  queries: { kind: 'text', default: 'all', summary: 'Queries to draw from, such as `1, 6, 21`.' },
  sizes: { kind: 'text', default: 'all', summary: 'Sizes to draw from, such as `2g, 100g`.' },
  cpus: { kind: 'number', min: 0, default: 1, summary: 'Cores of a task.' },
  mem: { kind: 'number', min: 0, default: 0, summary: 'MiB of a task.' },
};

/**
 * Draws Spark jobs out of measured profiles of the TPC-H queries: a job is a graph of stages, and each of its tasks runs as
 * long as it did when it was measured.
 *
 * @see Mao et al., Learning scheduling algorithms for data processing clusters, SIGCOMM 2019
 */
export const sparkTpch = documentReader({
  name: 'spark-tpch',
  summary: 'Profiles of TPC-H queries on Spark: jobs drawn from them, graphs of stages with measured task times',
  resources: ['cpus', 'mem'],
  own,
  as: 'tasks',
  canBe: ['tasks'],
  looksLikeText: (head) => /^\{/.test(head) && /"first_wave"\s*:/.test(head),

  *records({ text, file, options, context, account, writer }: DocumentTools) {
    const profiles = wanted(sparkProfiles(parseJson(text, file), file), options.own, file);
    const [cpus, mem] = demandColumns(['cpus', 'mem'], 'spark-tpch', context, account);
    const demand = new Float64Array(context.resources.length);
    if (cpus! >= 0) demand[cpus!] = options.own.number('cpus');
    if (mem! >= 0) demand[mem!] = options.own.number('mem');
    writeRules(options.own, account.rules);
    const isEach = options.own.text('draw') === 'each';
    const choose = isEach ? null : context.stream('profiles');
    const nextGap = gaps(options.own, context);
    const jobs = isEach ? profiles.length : options.own.number('jobs');
    const framework = frameworkOf(options.frameworkBy, context, account.rules);
    const known = new Map<SparkProfile, ReturnType<typeof sparkStages>>();
    let submit: Time = 0;
    for (let job = 0; job < jobs; job++) {
      const profile = profiles[choose === null ? job : below(choose, profiles.length)]!;
      const stages = known.get(profile) ?? sparkStages(profile, options.own.number('executors'), demand);
      known.set(profile, stages);
      const line = ++account.read;
      if (typeof stages === 'string') writer.skip(stages, line);
      else {
        const name = `${job}-q${profile.query}-${profile.size}`;
        const common = { estimate: Number.NaN, priority: 0, constraint: 0, line };
        writer.addWhole({ name, framework: framework(profile), submit, ...common }, stages);
      }
      submit += nextGap();
      yield;
    }
  },
});

/** The profiles that the options leave; throws a ScenarioError where there are none. */
function wanted(profiles: readonly SparkProfile[], options: OptionReader, file: string): SparkProfile[] {
  const queries = listOf(options.text('queries'));
  const sizes = listOf(options.text('sizes'));
  const found = profiles.filter(
    ({ query, size }) => (queries === null || queries.has(query)) && (sizes === null || sizes.has(size)),
  );
  if (found.length > 0) return found;
  throw new ScenarioError(`no profile of queries ${options.text('queries')} and sizes ${options.text('sizes')}`, {
    file,
  });
}

function listOf(text: string): ReadonlySet<string> | null {
  return text.trim() === 'all' ? null : new Set(text.split(/[\s,]+/).filter((each) => each !== ''));
}

/** Gives what draws the time to the next job. */
function gaps(options: OptionReader, { stream }: Pick<WorkloadContext, 'stream'>): () => Time {
  const mean = options.duration('gap')!;
  const arrivals = options.text('arrivals');
  if (arrivals === 'together') return () => 0;
  if (arrivals === 'every') return () => mean;
  const draw = stream('arrivals');
  return () => Math.floor(exponentialQuantile(draw()) * mean + 0.5);
}

function writeRules(options: OptionReader, rules: DocumentTools['account']['rules']): void {
  for (const [name, { kind }] of Object.entries(own)) {
    if (kind === 'duration') rules[name] = formatDuration(options.duration(name)!);
    else rules[name] = kind === 'number' ? options.number(name) : options.text(name);
  }
}

function frameworkOf(
  by: string,
  { frameworks }: Pick<WorkloadContext, 'frameworks'>,
  rules: DocumentTools['account']['rules'],
): (profile: SparkProfile) => number {
  if (by === 'query') return ({ query }) => frameworks.id(`query-${query}`);
  if (by === 'size') return ({ size }) => frameworks.id(size);
  if (by !== 'user' && by !== 'none') {
    throw new ScenarioError([
      { path: 'framework-by', message: `a profile has no \`${by}\`; there are query and size` },
    ]);
  }
  rules['framework-by'] = 'none';
  return () => frameworks.id('all');
}
