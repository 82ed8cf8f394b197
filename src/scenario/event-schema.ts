import * as z from 'zod';
import { hints } from './hints.ts';
import { eventListNames } from './lists/event-list-formats.ts';
import { at, isMap } from './raw.ts';
import { amount, duration, oneOf, positive, positiveDuration, text } from './values.ts';

const when = duration.describe('When it happens, from the origin of time.');
const span = positiveDuration.describe('After how long it is as before; for ever where left out.').exactOptional();

const nodeEventSchema = z.strictObject({
  at: when,
  node: z
    .union([text, z.array(text).min(1)])
    .register(hints, {
      expects: 'a node, a group of nodes, or a list of these',
      pick: (value) => (Array.isArray(value) ? 1 : -1),
    })
    .describe('Which nodes: names of single ones, such as `node-3`, or of groups.'),
  is: oneOf(['down', 'draining', 'unreachable', 'up']).describe(
    '`down`: gone with all that ran there, which is queued again; `draining`: what runs goes on, nothing new starts; `unreachable`: the same, and nobody hears of it; `up`: as at the beginning.',
  ),
  for: span,
});

const frameworkEventSchema = z.strictObject({
  at: when,
  framework: text.describe('Which framework.'),
  is: oneOf(['down', 'up', 'gone']).describe(
    '`down`: its scheduler has lost the connection; `up`: it registers again; `gone`: it leaves, and its jobs are given up.',
  ),
  for: span,
});

const masterEventSchema = z.strictObject({
  at: when,
  master: oneOf(['down', 'up']).describe('`down`: the master is lost, another one takes over when it is `up`.'),
  for: span,
});

const quantities = z
  .record(text, amount.describe('How much of a resource.'))
  .register(hints, { expects: 'a mapping of resources to amounts', keys: 'resource' });

/** What is kept for a role, and the most that it may have. */
export const quotaSchema = z.strictObject({
  guarantee: quantities.describe('How much is kept in reach for the role and all below it, by resource.').default({}),
  limit: quantities.describe('How much they may have at most, by resource; no limit on what is left out.').default({}),
});

const roleEventSchema = z.strictObject({
  at: when,
  role: text.describe('Which role.'),
  weight: positive.describe('Its weight from now on.').exactOptional(),
  quota: quotaSchema.describe('Its quota from now on.').exactOptional(),
});

const eventFileSchema = z.strictObject({
  file: text.describe(
    'A list of what happens to nodes, relative to the scenario file; see [clusters.md](clusters.md).',
  ),
  format: oneOf(eventListNames).describe("The list's format; else found by the look of the file.").exactOptional(),
  'starts-at': duration
    .default('0s')
    .describe("Which time of the list is time 0 of the run; what is earlier makes up the nodes' first state."),
});

/** What happens to nodes, to the master, to frameworks and roles while work goes on. */
export const eventSchema = z
  .union([nodeEventSchema, frameworkEventSchema, masterEventSchema, roleEventSchema, eventFileSchema])
  .register(hints, {
    expects: 'a mapping with `node`, `framework`, `master`, `role` or `file`',
    pick: (value) => {
      if (!isMap(value)) return -1;
      const subject = ['node', 'framework', 'master', 'role', 'file'].findIndex((key) => at(value, key) !== undefined);
      return Math.max(0, subject);
    },
  });
