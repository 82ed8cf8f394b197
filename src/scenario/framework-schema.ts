import * as z from 'zod';
import { hints } from './hints.ts';
import { isMap } from './raw.ts';
import { isRolePath } from './role-path.ts';
import { duration, flag, oneOf, text } from './values.ts';

export const rolePath = z
  .string()
  .refine(isRolePath)
  .register(hints, { expects: 'a role path, such as eng/ads (no empty part, none of dots alone)' });

const schedulerSchema = z
  .union([text, z.looseObject({ name: text.describe('The scheduler.').exactOptional() })])
  .register(hints, {
    expects: "a scheduler's name, or a mapping with `name` and its options",
    pick: (value) => (isMap(value) ? 1 : -1),
  });

/** What a scenario may say of a framework. */
export const frameworkSchema = z
  .strictObject({
    role: rolePath.describe("The framework's role; else the role of its own name.").exactOptional(),
    scheduler: schedulerSchema
      .describe('How it uses offers, under an allocator of two levels: a name, or `{ name, … }` with its options.')
      .exactOptional(),
    registers: duration
      .describe('When it registers with a master; else with its first job, or at the beginning if it submits none.')
      .exactOptional(),
    'failover-timeout': duration
      .default('0s')
      .describe('For how long a master lets its tasks go on after its connection is lost.'),
    checkpoint: flag.default(false).describe('Whether its tasks outlive a break between master and node.'),
    capabilities: z
      .array(
        oneOf([
          'gpu-resources',
          'revocable-resources',
          'shared-resources',
          'reservation-refinement',
          'region-aware',
          'partition-aware',
        ]),
      )
      .register(hints, { expects: 'a list of capabilities' })
      .describe(
        'What it tells the master that it can handle; else `gpu-resources`, once it has a job that demands gpus.',
      )
      .exactOptional(),
  })
  .describe('One framework; those that need no settings need not be listed.');
