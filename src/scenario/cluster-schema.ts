import * as z from 'zod';
import { hints } from './hints.ts';
import { nodeListNames } from './lists/node-list-formats.ts';
import { at, isMap, isNotEmpty } from './raw.ts';
import { amount, attributeValue, notNegative, oneOf, text, whole } from './values.ts';

const capacity = z
  .union([amount, z.strictObject({ devices: whole(0).describe('How many devices of this resource a node has.') })])
  .register(hints, {
    expects: 'an amount, such as 8 or 64GB, or `{ devices: 4 }`',
    pick: (value) => (isMap(value) ? 1 : -1),
  });

const attributes = z
  .record(text, attributeValue.describe('The value that constraints of jobs are compared with.'))
  .register(hints, { expects: 'a mapping of names to values', keys: 'attribute' });

const nodeGroupSchema = z.strictObject({
  name: text.describe('The name of these nodes; no two groups share one.'),
  count: whole(1).default(1).describe('How many such nodes there are.'),
  capacity: z
    .record(
      text,
      capacity.describe(
        'How much of a resource a node has; `devices` are numbered, and a task takes a share of one or whole ones.',
      ),
    )
    .refine(isNotEmpty)
    .meta({ minProperties: 1 })
    .register(hints, { expects: 'a mapping of at least one resource to an amount', keys: 'resource' })
    .describe('What a node has, by resource. mem and disk count in MiB; K, M, G and T are powers of 1024.'),
  price: notNegative.default(0).describe('What one such node costs per hour, in any currency.'),
  attributes: attributes.describe('What sets these nodes apart, such as a rack or a processor model.').exactOptional(),
});

/** A list of nodes that stands in a file of its own. */
export const nodeFileSchema = z.strictObject({
  file: text.describe('A list of nodes, relative to the scenario file; see [clusters.md](clusters.md).'),
  format: oneOf(nodeListNames).describe("The list's format; else found by the look of the file.").exactOptional(),
  machines: oneOf(['present', 'all'])
    .default('present')
    .describe('Of a list that tells of changes: the machines that are there at the beginning, or all that ever come.'),
  prefix: text.describe('What stands before each name, so that two lists can be told apart.').exactOptional(),
  copies: whole(1).default(1).describe('How many there are of each node of the list.'),
  price: notNegative.describe('What a node costs per hour where the list does not say; 0 if left out.').exactOptional(),
  attributes: attributes.describe('Attributes of all its nodes; those that the list states go first.').exactOptional(),
});

/** What the work runs on. */
export const clusterSchema = z.strictObject({
  nodes: z
    .array(
      z.union([nodeGroupSchema, nodeFileSchema]).register(hints, {
        expects: 'a mapping with `name` and `capacity`, or with `file`',
        pick: (value) => (isMap(value) ? (at(value, 'file') === undefined ? 0 : 1) : -1),
      }),
    )
    .min(1)
    .register(hints, { expects: 'a list of at least one group of nodes' })
    .describe('The groups of equal nodes, and lists of nodes in files.'),
});
