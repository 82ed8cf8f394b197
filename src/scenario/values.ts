import * as z from 'zod';
import { DISTRIBUTIONS, type Outcome, parseDistribution } from '../base/distributions.ts';
import { parseDuration, type Time } from '../base/time.ts';
import { distributionFaults } from './distribution-faults.ts';
import { hints } from './hints.ts';
import { isMap, listed } from './raw.ts';

/** What a demand's or a capacity's amount looks like. */
const AMOUNT_EXPECTED = 'an amount, such as 2, 0.5 or 4GB';

const DURATION_EXPECTED = 'a duration of 0 or more, such as 90s or 1.5h';

/** Reads a duration that is not negative, in microseconds; null when `value` is none. */
export function readDuration(value: string | number): Time | null {
  const time = parseDuration(value);
  return time !== null && time >= 0 && Number.isSafeInteger(time) ? time : null;
}

const distribution = z.record(z.string(), z.unknown()).meta({
  minProperties: 1,
  maxProperties: 1,
  propertyNames: { enum: DISTRIBUTIONS.map(({ name }) => name) },
});

/** Text that is not empty. */
export const text = z.string().min(1).register(hints, { expects: 'text' });

/** A number of either sign. */
export const number = z.number().register(hints, { expects: 'a number' });

/** A number that is not below 0. */
export const notNegative = z.number().min(0).register(hints, { expects: 'a number of 0 or more' });

/** A number above 0. */
export const positive = z.number().gt(0).register(hints, { expects: 'a number above 0' });

/** True or false. */
export const flag = z.boolean().register(hints, { expects: '`true` or `false`' });

/** A whole number that is at least `least`. */
export function whole(least: number) {
  return z
    .int()
    .min(least)
    .register(hints, { expects: `a whole number of ${least} or more` });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words).register(hints, { expects: listed(words, 'or') });
}

/** What an attribute of a node holds. */
export const attributeValue = z
  .union([z.string(), z.number(), z.boolean()])
  .register(hints, { expects: 'text, a number, `true` or `false`' });

/** A time span as a scenario writes it; `readDuration` gives its microseconds. */
export const duration = z
  .union([z.number(), z.string()])
  .refine((value) => readDuration(value) !== null)
  .register(hints, { expects: DURATION_EXPECTED });

/** A time span that is longer than nothing. */
export const positiveDuration = z
  .union([z.number(), z.string()])
  .refine((value) => (readDuration(value) ?? 0) > 0)
  .register(hints, { expects: 'a duration above 0, such as 90s or 1.5h' });

/** A time span, or a law of chance that gives one. */
export const durationOrDistribution = varying(DURATION_EXPECTED, (value) =>
  parseDistribution(value, readDuration, DURATION_EXPECTED),
);

/** How many tasks a job has, or a law of chance that gives it. */
export const tasksOrDistribution = varying('a whole number of 1 or more', (value, expected) =>
  // A mean may lie between whole numbers; a count may not.
  isMap(value) ? parseDistribution(value, readNumber, 'a number') : parseDistribution(value, readCount, expected),
);

/** What a task asks for or a node has of one resource; what it means depends on the resource (cross checks read it). */
export const amount = z.union([z.number().min(0), z.string()]).register(hints, { expects: AMOUNT_EXPECTED });

/** An amount, or a law of chance that gives one. */
export const amountOrDistribution = z
  .union([z.number().min(0), z.string(), distribution])
  .register(hints, { expects: `${AMOUNT_EXPECTED}, or a distribution` });

/** A value with a unit of its own, or `{ distribution: parameters }`. */
function varying(expected: string, read: (value: unknown, expected: string) => Outcome) {
  return z
    .union([z.number(), z.string(), distribution])
    .superRefine((value, context) => {
      for (const { path, message, suggestion, part } of distributionFaults(value, read(value, expected))) {
        context.addIssue({ code: 'custom', message, path: [...path], params: { suggestion, part } });
      }
    })
    .register(hints, { expects: `${expected}, or a distribution` });
}

function readNumber(value: string | number): number | null {
  return typeof value === 'number' ? value : null;
}

function readCount(value: string | number): number | null {
  return Number.isSafeInteger(value) && Number(value) >= 1 ? Number(value) : null;
}
