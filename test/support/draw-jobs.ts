import { type ResourceCatalog, resource } from '../../src/base/amounts.ts';
import { type Distribution, parseDistribution } from '../../src/base/distributions.ts';
import { Interner } from '../../src/base/interner.ts';
import { openStream } from '../../src/base/random.ts';
import { NEVER, parseDuration } from '../../src/base/time.ts';
import { generate } from '../../src/workload/generators/generate.ts';
import {
  type GeneratedJobs,
  type GivenTemplate,
  type ModelParameters,
  plainParameters,
} from '../../src/workload/generators/generator.ts';
import { generatorNamed } from '../../src/workload/generators/registry.ts';
import type { JobStages } from '../../src/workload/job-stages.ts';
import { plainContext, type SourceAccount } from '../../src/workload/workload-source.ts';

/** One job of a workload, times in seconds and demands in units. */
export interface DrawnJob {
  readonly submit: number;
  readonly framework: string;
  readonly estimate: number;
  readonly runs: readonly number[];
  readonly demand: readonly (readonly number[])[];
  readonly stages: JobStages | undefined;
  readonly flags: number;
}

export interface Drawing {
  readonly jobs?: number;
  readonly until?: string;
  readonly seed?: string;
  readonly parameters?: Partial<ModelParameters>;
  readonly template?: Partial<GivenTemplate>;
  readonly frameworks?: GeneratedJobs['frameworks'];
  readonly resources?: ResourceCatalog;
  /** Takes the names of the streams of chance as they are opened. */
  readonly opened?: string[];
}

const CPUS_MEM_GPUS: ResourceCatalog = [resource('cpus'), resource('mem'), resource('gpus', { devices: true })];

/** Makes a law as a scenario writes it, in microseconds where `of` is a duration. */
export function law(spec: unknown, of: 'duration' | 'number' = 'number'): Distribution {
  const outcome = parseDistribution(spec, of === 'duration' ? parseDuration : Number);
  if ('problems' in outcome) throw new Error(outcome.problems[0]!.message);
  return outcome.distribution;
}

/** What a model needs that has no laws of its own. */
const PLAIN: Partial<GivenTemplate> = {
  tasks: law(1),
  demand: [law(1), null, null],
  duration: law({ exponential: { mean: '60s' } }, 'duration'),
};

/** Gives a stream of jobs of a model, and its account. */
export function openDrawing(model: string, drawing: Drawing = {}) {
  const definition = generatorNamed(model)!;
  const seed = drawing.seed ?? '1';
  const resources = drawing.resources ?? CPUS_MEM_GPUS;
  const frameworks = new Interner();
  const stream = (name: string) => {
    drawing.opened?.push(name);
    return openStream(seed, `workload/0/${name}`);
  };
  const context = plainContext({ resources, frameworks, stream });
  const needed = Object.fromEntries(
    Object.entries(PLAIN).filter(([key]) => definition.keys[key as 'demand'] === 'needed'),
  );
  const source = generate(
    definition,
    {
      label: model,
      name: 'job',
      frameworks: drawing.frameworks ?? (definition.frameworks === undefined ? [{ name: 'a', weight: 1 }] : []),
      jobs: drawing.jobs ?? (drawing.until === undefined ? 1_000 : Number.POSITIVE_INFINITY),
      until: drawing.until === undefined ? NEVER : parseDuration(drawing.until)!,
      template: {
        ...{ tasks: definition.jobs === undefined ? PLAIN.tasks! : null, demand: null, duration: null, as: null },
        ...{ estimate: null, priority: 0, weight: 0, gang: false, constraint: 0 },
        ...needed,
        ...drawing.template,
      },
      parameters: { ...plainParameters, ...neededParameters(model), ...drawing.parameters },
    },
    context,
  );
  return { source, frameworks, resources };
}

/** Rates of 6 a minute for models that must be told one. */
function neededParameters(model: string): Partial<ModelParameters> {
  const keys = generatorNamed(model)!.keys;
  return {
    ...(keys.rate === 'needed' && { rate: 1e-7 }),
    ...(keys.states === 'needed' && {
      states: [
        { rate: 1e-6, stay: 60e6 },
        { rate: 0, stay: 540e6 },
      ],
    }),
  };
}

/** Draws all jobs of a stream. */
export async function drawJobs(model: string, drawing: Drawing = {}): Promise<DrawnJob[]> {
  return (await drawAll(model, drawing)).jobs;
}

export async function drawAll(
  model: string,
  drawing: Drawing = {},
): Promise<{ jobs: DrawnJob[]; account: SourceAccount }> {
  const { source, frameworks, resources } = openDrawing(model, drawing);
  return { jobs: await jobsOf(source, frameworks, resources), account: source.account };
}

/** Reads all jobs of a source. */
export async function jobsOf(
  source: ReturnType<typeof openDrawing>['source'],
  frameworks: Interner,
  resources: ResourceCatalog,
): Promise<DrawnJob[]> {
  const jobs: DrawnJob[] = [];
  for await (const batch of source.batches()) {
    for (let row = 0; row < batch.jobs; row++) {
      const [from, end] = [batch.taskStart[row]!, batch.taskStart[row + 1]!];
      jobs.push({
        submit: batch.submit[row]! / 1e6,
        framework: frameworks.name(batch.framework[row]!),
        estimate: batch.estimate[row]! / 1e6,
        runs: Array.from(batch.run.subarray(from, end), (run) => run / 1e6),
        demand: Array.from({ length: end - from }, (_, task) =>
          resources.map(({ scale }, r) => batch.demand[(from + task) * resources.length + r]! / scale),
        ),
        stages: batch.stages[row],
        flags: batch.flags[row]!,
      });
    }
  }
  return jobs;
}

/** Mean and standard error of independent values. */
export function meanOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** Gaps between submissions, from time 0 on. */
export function gapsOf(jobs: readonly DrawnJob[]): number[] {
  return jobs.map(({ submit }, i) => submit - (i === 0 ? 0 : jobs[i - 1]!.submit));
}
