import * as z from 'zod';
import { DURATION_UNITS } from '../base/time.ts';
import { hints } from './hints.ts';
import { at, isMap, isNotEmpty } from './raw.ts';
import { amount, duration, number, oneOf, positive, text, whole } from './values.ts';

const column = z
  .union([z.string().min(1), z.int().min(0)])
  .register(hints, { expects: "a column's name, or its number counted from 0" });

const where = column.describe('The column, by name or by number.');

/** Where the value of a field is found; `unit` says what the file counts in. */
function field<Given extends z.ZodRawShape, Constant extends z.ZodType>(given: Given, constant: Constant) {
  return z
    .union([
      column,
      z.strictObject({ column: where, ...given }),
      z.strictObject({ value: constant.describe('The same value for every row, instead of a column.') }),
    ])
    .register(hints, { expects: 'a column, `{ column, … }` or `{ value }`', pick });
}

function pick(value: unknown): number {
  if (!isMap(value)) return -1;
  return at(value, 'value') === undefined ? 1 : 2;
}

const unit = oneOf(DURATION_UNITS as readonly [string, ...string[]]).default('s');

const time = field({ unit: unit.describe('What the column counts in.') }, duration);

const name = field({}, z.union([z.string().min(1), z.number()]).register(hints, { expects: 'text or a number' }));

const count = field({}, whole(1));

const rank = field({}, number);

const demand = field(
  {
    unit: text.describe('What the column counts in, such as `MB` or `GB`.').exactOptional(),
    factor: positive.describe("What the column's numbers are multiplied by, such as 0.01 for percent.").exactOptional(),
  },
  amount,
);

/** From the columns of a CSV trace to the fields of a job. */
export const columnsSchema = z.strictObject({
  submit: time.describe('When the job was submitted.'),
  duration: time.describe('How long it ran.'),
  job: name.describe("The job's own name; else the number of its row.").exactOptional(),
  framework: name.describe('Who submitted it.').exactOptional(),
  tasks: count.describe('How many tasks it has; else one.').exactOptional(),
  estimate: time.describe("The user's guess of the run time; else the run time itself.").exactOptional(),
  priority: rank.describe('Its priority; else 0.').exactOptional(),
  demand: z
    .record(text, demand.describe('What each task asks for of one resource.'))
    .refine(isNotEmpty)
    .meta({ minProperties: 1 })
    .register(hints, { expects: 'a mapping of at least one resource to a column', keys: 'resource' })
    .describe('What each task asks for, by resource.'),
});
