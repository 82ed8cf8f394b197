import * as z from 'zod';
import { DEFAULT_SCALE } from '../base/amounts.ts';
import { clusterSchema } from './cluster-schema.ts';
import { eventSchema, quotaSchema } from './event-schema.ts';
import { frameworkSchema, rolePath } from './framework-schema.ts';
import { hints } from './hints.ts';
import { scaleOf } from './precision.ts';
import { at, isMap } from './raw.ts';
import { parseThreshold } from './threshold.ts';
import { duration, oneOf, positive, positiveDuration, text } from './values.ts';
import { workloadItemSchema } from './workload-schema.ts';

const resourceSchema = z.strictObject({
  precision: z
    .number()
    .refine((precision) => scaleOf(precision) !== null)
    .register(hints, { expects: '1 divided by a whole number, such as 0.001 or 1e-6' })
    .default(1 / DEFAULT_SCALE)
    .describe('The smallest step of an amount; finer demands round up, finer capacities down.'),
});

const allocatorSchema = z
  .union([
    text,
    z.looseObject({ name: text.describe('The allocator; `allot allocators` lists them.') }),
    z.looseObject({
      command: z
        .array(text.describe('The program, then its arguments.'))
        .min(1)
        .register(hints, { expects: 'a list of texts, such as [python3, policy.py]' })
        .describe('A program that decides, instead of a `name`; see [external.md](external.md).'),
    }),
  ])
  .register(hints, {
    expects: "an allocator's name, or a mapping with `name` and its options",
    pick: (value) => (isMap(value) ? (at(value, 'name') === undefined && Object.hasOwn(value, 'command') ? 2 : 1) : -1),
  })
  .transform((choice): AllocatorChoice => {
    if (typeof choice === 'string') return { name: choice };
    return 'name' in choice ? (choice as AllocatorChoice) : { name: 'external', ...choice };
  });

/** Which allocator, with the options as written; the allocator itself checks them. */
export interface AllocatorChoice {
  readonly name: string;
  readonly [option: string]: unknown;
}

/** The scenario file: the one source of its types, its checks, its table in the docs and its JSON Schema. */
export const scenarioSchema = z.strictObject({
  version: z.literal(1).register(hints, { expects: '1' }).describe('The version of this format.'),
  name: text.describe('What results call this scenario.').exactOptional(),
  seed: z
    .union([z.string().regex(/^[^\p{Cc}]+$/u), z.number()])
    .register(hints, { expects: 'text on one line, or a number' })
    .transform(String)
    .default('1')
    .describe('Where chance starts; a number counts with all its digits as written.'),
  resources: z
    .record(text, resourceSchema.describe('How one resource is measured.'))
    .register(hints, { expects: 'a mapping of resources to `{ precision }`', keys: 'resource' })
    .describe('How resources are measured, for those that need finer steps.')
    .exactOptional(),
  cluster: clusterSchema.describe('What the work runs on.'),
  roles: z
    .record(
      rolePath,
      z
        .strictObject({
          weight: positive.default(1).describe('How much it counts against its siblings.'),
          quota: quotaSchema.describe('Its guarantee and limit, for allocators that know quotas.').exactOptional(),
        })
        .describe('One role; a path such as `eng/ads` is below `eng`.'),
    )
    .register(hints, { expects: 'a mapping of role paths to their settings', keys: 'role' })
    .describe('What shares are given to; where this is absent, every role has weight 1.')
    .exactOptional(),
  frameworks: z
    .record(text, frameworkSchema)
    .register(hints, { expects: 'a mapping of frameworks to their settings', keys: 'framework' })
    .describe('Who submits jobs.')
    .exactOptional(),
  workload: z
    .array(workloadItemSchema)
    .min(1)
    .register(hints, { expects: 'a list of at least one source of jobs' })
    .describe('Where the jobs come from: each item spells out jobs, replays a `trace` or is a `generate`.'),
  events: z
    .array(eventSchema)
    .register(hints, { expects: 'a list of events' })
    .describe('What happens to nodes, and to the parties of a two-level master, while work goes on.')
    .exactOptional(),
  allocator: allocatorSchema
    .default({ name: 'fifo' })
    .describe('The policy: a name, or `{ name, … }` with its options; else the first of `allocators`.'),
  allocators: z
    .array(allocatorSchema)
    .min(1)
    .register(hints, { expects: 'a list of at least one allocator' })
    .describe('Policies to choose from: a run takes the first unless `allocator` names one.')
    .exactOptional(),
  until: positiveDuration.describe('When to stop; else when all jobs have ended.').exactOptional(),
  warmup: duration.describe('How much of the beginning the steady window leaves out.').exactOptional(),
  simulation: z
    .strictObject({
      conventions: oneOf(['canonical', 'pyss'])
        .default('canonical')
        .describe(
          'The order of what happens at one instant: completions, arrivals, one pass; or, as in pyss, arrivals before completions and a pass after each, with tasks whose estimated end is now counted as gone.',
        ),
    })
    .prefault({})
    .describe('How time passes.'),
  thresholds: z
    .record(
      text,
      z
        .string()
        .refine((threshold) => parseThreshold(threshold) !== null)
        .register(hints, { expects: 'a comparison (>=, >, <=, < or ==) and a number, such as ">= 0.9" or "< 5m"' })
        .describe('What the metric must satisfy; a duration is compared in seconds.'),
    )
    .register(hints, { expects: 'a mapping of metrics to comparisons', keys: 'metric' })
    .describe('What a run must reach to pass; `allot metrics` lists the names.')
    .exactOptional(),
});

/** A scenario that was checked: values as written, defaults filled in. */
export type Scenario = z.output<typeof scenarioSchema>;

/** A scenario as a program may write it, with defaults left out. */
export type ScenarioInput = z.input<typeof scenarioSchema>;

type NodesEntry = Scenario['cluster']['nodes'][number];
export type NodeGroup = Extract<NodesEntry, { name: string }>;
export type NodeFile = Extract<NodesEntry, { file: string }>;
export type EventEntry = NonNullable<Scenario['events']>[number];
export type EventFile = Extract<EventEntry, { file: string }>;
export type WorkloadItem = Scenario['workload'][number];
export type InlineWorkload = Extract<WorkloadItem, { framework: string }>;
export type TraceWorkload = Extract<WorkloadItem, { trace: unknown }>['trace'];
export type GeneratedWorkload = Extract<WorkloadItem, { generate: unknown }>['generate'];
export type TraceColumns = NonNullable<TraceWorkload['columns']>;
