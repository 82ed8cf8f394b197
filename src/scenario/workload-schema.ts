import * as z from 'zod';
import { nearest } from '../base/nearest.ts';
import { LUBLIN_PARAMETERS } from '../workload/generators/lublin-feitelson.ts';
import { generatorNames, generators } from '../workload/generators/registry.ts';
import { traceFormats } from '../workload/readers/formats.ts';
import { columnsSchema } from './column-schema.ts';
import { hints } from './hints.ts';
import { parseRate } from './rate.ts';
import { at, isMap, isNotEmpty } from './raw.ts';
import {
  amountOrDistribution,
  attributeValue,
  duration,
  durationOrDistribution,
  flag,
  notNegative,
  number,
  oneOf,
  positive,
  positiveDuration,
  tasksOrDistribution,
  text,
  whole,
} from './values.ts';

const demand = z
  .record(text, amountOrDistribution.describe('What each task asks for of one resource.'))
  .refine(isNotEmpty)
  .meta({ minProperties: 1 })
  .register(hints, { expects: 'a mapping of at least one resource to an amount', keys: 'resource' })
  .describe('What each task asks for, by resource; an amount or a distribution of amounts.');

const constraints = z
  .record(
    text,
    z
      .union([attributeValue, z.array(attributeValue).min(1)])
      .register(hints, {
        expects: 'a value, or a list of at least one value',
        pick: (value) => (Array.isArray(value) ? 1 : -1),
      })
      .describe('The value, or values, that a node must have one of; compared as text.'),
  )
  .register(hints, { expects: 'a mapping of attributes to values', keys: 'attribute' })
  .describe('Which nodes the tasks may run on, by attribute; all must hold.')
  .exactOptional();

const speed = z
  .number()
  .refine((value) => value === 0 || (value >= 0.001 && value <= 1_000))
  .register(hints, { expects: '0, or a number from 0.001 to 1000' })
  .describe('How fast; 2 halves the run time, and with 0 the tasks cannot run there.');

const speeds = z
  .record(
    text,
    z
      .record(text, speed)
      .refine(isNotEmpty)
      .meta({ minProperties: 1 })
      .register(hints, { expects: 'a mapping of at least one value to a speed', keys: 'value' })
      .describe("Speeds by the attribute's value, compared as text."),
  )
  .register(hints, { expects: 'a mapping of attributes to speeds by value', keys: 'attribute' })
  .describe('How fast the tasks run, by attribute of the node; 1 where nothing is said, and several multiply.')
  .exactOptional();

const stage = z.strictObject({
  name: text.describe('What other stages call it.'),
  after: z
    .union([text, z.array(text).min(1)])
    .register(hints, {
      expects: 'the name of a stage, or a list of at least one',
      pick: (value) => (Array.isArray(value) ? 1 : -1),
    })
    .describe('The stages whose last task must end before a task of this one is queued.')
    .exactOptional(),
  tasks: tasksOrDistribution.describe("How many tasks it has; else the job's `tasks`.").exactOptional(),
  duration: durationOrDistribution.describe("How long a task of it runs; else the job's `duration`.").exactOptional(),
  demand: demand.describe("What each task of it asks for, of all resources; else the job's `demand`.").exactOptional(),
});

const stages = z
  .array(stage)
  .min(1)
  .register(hints, { expects: 'a list of at least one stage' })
  .describe('Parts of each job, of which some wait for others; independent tasks where left out.')
  .exactOptional();

const traits = {
  demand,
  duration: durationOrDistribution.describe('How long a task runs; with `speeds`, at speed 1.'),
  stages,
  estimate: durationOrDistribution
    .describe("The user's guess of the run time; else the run time itself.")
    .exactOptional(),
  priority: number.default(0).describe('Higher goes first, where the allocator looks at it.'),
  complexity: notNegative.default(1).describe('How much work the job counts as, where `weight` is left out.'),
  weight: notNegative
    .describe(
      'How much each task counts in a weighted plan; else complexity x (1 + priority), a priority below 0 counting as 0.',
    )
    .exactOptional(),
  gang: flag.default(false).describe('Whether the tasks of a job start together or not at all.'),
  constraints,
  speeds,
};

const scaleSchema = z
  .strictObject({
    load: positive
      .default(1)
      .describe('Divides times of submission: 1.2 offers 1.2 times the load; run times and sizes are kept.'),
    time: positive
      .default(1)
      .describe('Multiplies times of submission, run times and estimates: the load and all proportions are kept.'),
    size: positive
      .default(1)
      .describe('Multiplies what each task demands; times and numbers of tasks are kept. Rounded up to whole steps.'),
    tasks: positive
      .default(1)
      .describe('Multiplies the tasks of each job, or of each of its stages; times and demands are kept. Rounded.'),
  })
  .describe('Makes the workload larger or smaller; order, names and frameworks are kept.')
  .exactOptional();

const shareOfJobs = z.number().gt(0).max(1).register(hints, { expects: 'a number above 0, up to 1' });

const sampleSchema = z
  .union([
    shareOfJobs,
    z.strictObject({
      share: shareOfJobs.default(1).describe('What share of the jobs, or frameworks, chance takes.'),
      by: oneOf(['job', 'framework'])
        .default('job')
        .describe('Whether chance takes single jobs, or all jobs of some frameworks.'),
      jobs: whole(1).describe('No more than the first so many of those.').exactOptional(),
      from: duration.default('0s').describe('Only jobs submitted from here on; here is time 0 of what is taken.'),
      until: positiveDuration.describe('Only jobs submitted before.').exactOptional(),
    }),
  ])
  .register(hints, {
    expects: 'a share above 0, up to 1, or a mapping with `share`, `by`, `jobs`, `from` or `until`',
    pick: (value) => (isMap(value) ? 1 : -1),
  })
  .describe('Takes only some jobs, as they are; a bare number is the `share`.')
  .exactOptional();

const changes = { scale: scaleSchema, sample: sampleSchema };

/** Jobs that the scenario spells out. */
export const inlineSchema = z.strictObject({
  framework: text.describe('Who submits the jobs.'),
  name: text.describe('What the jobs are called in results.').exactOptional(),
  jobs: whole(1).default(1).describe('How many such jobs there are.'),
  tasks: whole(1).default(1).describe('How many tasks a job has.'),
  submit: duration.default('0s').describe('When the first job is submitted.'),
  every: durationOrDistribution.default('0s').describe('The gap between one job and the next; 0s submits all at once.'),
  ...traits,
  ...changes,
});

/** A log to replay. */
export const traceSchema = z.strictObject({
  file: text.describe('The log, relative to the scenario file.'),
  format: oneOf(traceFormats).describe("The log's format; else found by the look of the file.").exactOptional(),
  as: oneOf(['pool', 'gang', 'tasks'])
    .describe(
      'What n processors or instances are: one task that takes n from a pool, n tasks that start together, or n tasks that start as they can; else what suits the format.',
    )
    .exactOptional(),
  'framework-by': text
    .default('user')
    .describe('What counts as the framework: `user`, `group`, `queue`, `none` or the name of a column.'),
  'zero-run-time': oneOf(['skip', 'keep'])
    .describe('Jobs that ran for no time: skipped, but in the tidy format, or kept.')
    .exactOptional(),
  'past-estimate': oneOf(['overrun', 'kill', 'extend'])
    .default('overrun')
    .describe(
      'Jobs that ran longer than estimated: left as they are, killed at the estimate, or the estimate is raised.',
    ),
  sort: oneOf(['streaming', 'whole'])
    .default('streaming')
    .describe('Put rows in order of submission through a limited buffer, or read the whole log first.'),
  origin: oneOf(['zero', 'trace'])
    .describe("Time 0 is the first submission, but in the tidy format, or that of the log's own clock.")
    .exactOptional(),
  columns: columnsSchema.describe('Which column holds what; CSV only, and required there.').exactOptional(),
  delimiter: z
    .string()
    .regex(/^[^"\r\n]$/u)
    .register(hints, { expects: 'one character' })
    .describe('What separates columns; found from the first line where left out. CSV only.')
    .exactOptional(),
  options: z
    .record(text, z.unknown().describe('The value of one option.'))
    .register(hints, { expects: 'a mapping of options to values', keys: 'option' })
    .describe('What only this format knows; the pages about the formats list it.')
    .exactOptional(),
});

const share = z.strictObject({
  name: text.describe('A framework.'),
  weight: positive.default(1).describe('How often it submits, relative to the others.'),
});

const rate = z
  .union([z.number(), z.string()])
  .refine((value) => parseRate(value) !== null)
  .register(hints, { expects: 'a rate above 0, such as 0.5/s or 30/h' });

/** `powerOfTwo` as scenarios write it. */
function kebab(name: string): string {
  return name.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`);
}

const stateRate = z
  .union([z.number(), z.string()])
  .refine((value) => parseRate(value, 'or-zero') !== null)
  .register(hints, { expects: 'a rate of 0 or more, such as 0.5/s or 30/h' });

const state = z.strictObject({
  rate: stateRate.describe('How many jobs arrive per time while the state lasts; 0 for none.'),
  stay: positiveDuration.describe('How long the state lasts, on average.'),
});

/** Weights of which there are so many, one of them above 0. */
function weights(count: number, of: string) {
  return z
    .array(notNegative)
    .length(count)
    .refine((all) => all.some((weight) => weight > 0))
    .register(hints, { expects: `a list of ${count} numbers of 0 or more, ${of}, not all 0` });
}

/** Jobs that are drawn at random; which keys go with which model stands in the models. */
export const generateSchema = z.strictObject({
  model: oneOf(generatorNames).describe(
    `How jobs arrive, and for some models what they are like: ${generators.map(({ name, summary }) => `\`${name}\`, ${summary}`).join('; ')}.`,
  ),
  framework: z
    .union([text, z.array(share).min(1)])
    .register(hints, {
      expects: 'text, or a list of at least one `{ name, weight }`',
      pick: (value) => (Array.isArray(value) ? 1 : -1),
    })
    .describe('Who submits the jobs, or several who share them at random; models fitted to a log name their own.')
    .exactOptional(),
  rate: rate
    .describe(
      'How many jobs arrive per time, on average; a bare number is per second. Models fitted to a log have one of their own.',
    )
    .exactOptional(),
  states: z
    .array(state)
    .min(1)
    .refine((all) => all.some((one) => (parseRate(one.rate) ?? 0) > 0))
    .register(hints, { expects: 'a list of at least one `{ rate, stay }`, one of them with a rate above 0' })
    .describe('The states of `mmpp`; after each comes one of the others, all equally likely.')
    .exactOptional(),
  hours: weights(24, 'from midnight on')
    .describe('How the rate depends on the hour of the day; only proportions count.')
    .exactOptional(),
  days: weights(7, 'from Monday on')
    .describe('How the rate depends on the day of the week; only proportions count.')
    .exactOptional(),
  offset: duration
    .describe('Which time of the week the run begins at, from Monday midnight on; else Monday midnight.')
    .exactOptional(),
  processors: whole(1).describe('How many processors the machine of `lublin-feitelson` has; else 128.').exactOptional(),
  class: oneOf(['all', 'batch', 'interactive'])
    .describe('Which jobs of `lublin-feitelson`; else all, without a difference.')
    .exactOptional(),
  parameters: z
    .strictObject(
      Object.fromEntries(
        LUBLIN_PARAMETERS.map((name) => [
          kebab(name),
          z
            .number()
            .register(hints, { expects: 'a number' })
            .describe('A number of the model; the page about generators says which.')
            .exactOptional(),
        ]),
      ),
    )
    .describe('Numbers of `lublin-feitelson` in place of the published ones; `allot trace fit` prints them.')
    .exactOptional(),
  year: z
    .literal([2009, 2010])
    .register(hints, { expects: '2009 or 2010' })
    .describe('Which log of `facebook-like`; else 2009.')
    .exactOptional(),
  as: oneOf(['pool', 'gang', 'tasks'])
    .describe(
      'What a width of n becomes, where the model draws it: one task that takes n from a pool, n tasks that start together, or n on their own; else what suits the model.',
    )
    .exactOptional(),
  jobs: whole(1).describe('How many jobs to draw; give this or `until`.').exactOptional(),
  until: positiveDuration.describe('When to stop drawing; give this or `jobs`.').exactOptional(),
  tasks: tasksOrDistribution
    .describe('How many tasks a job has, rounded, to 1 at least; else what the model draws, or 1.')
    .exactOptional(),
  ...traits,
  demand: demand
    .describe(
      'What each task asks for, by resource; an amount or a distribution. Models fitted to a log have their own.',
    )
    .exactOptional(),
  duration: durationOrDistribution
    .describe('How long a task runs; with `speeds`, at speed 1. Models fitted to a log have their own.')
    .exactOptional(),
});

const [INLINE, TRACE, GENERATE] = [0, 1, 2];

/** One source of jobs. */
export const workloadItemSchema = z
  .union([
    inlineSchema,
    z.strictObject({ trace: traceSchema.describe('A log to replay.'), ...changes }),
    z.strictObject({ generate: generateSchema.describe('Jobs to draw at random.'), ...changes }),
  ])
  .register(hints, { expects: 'a mapping with `framework`, `trace` or `generate`', pick: pickItem });

function pickItem(value: unknown): number {
  if (!isMap(value)) return -1;
  if (at(value, 'trace') !== undefined) return TRACE!;
  if (at(value, 'generate') !== undefined) return GENERATE!;
  if (['framework', 'demand', 'duration'].some((key) => at(value, key) !== undefined)) return INLINE!;
  const meant = Object.keys(value).map((key) => nearest(key, ['trace', 'generate']));
  return meant.includes('trace') ? TRACE! : meant.includes('generate') ? GENERATE! : INLINE!;
}
