import * as z from 'zod';

/** What people are told about a schema, in errors and in the docs. */
export interface Hint {
  /** What a value must be, in words that follow "must be": `a duration, such as 90s`. */
  readonly expects?: string;
  /** What the free keys of a record are: `resource`. */
  readonly keys?: string;
  /** Gives the branch of a union that a mapping or list was meant for; -1 for what has no parts of its own. */
  readonly pick?: (value: unknown) => number;
}

/** The hints of the schemas that have one; copies made by `.describe()` share those of their original. */
export const hints = z.registry<Hint>();
