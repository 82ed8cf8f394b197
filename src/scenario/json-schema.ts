import * as z from 'zod';
import { scenarioSchema } from './schema.ts';

/** Gives the scenario format as JSON Schema (draft 7), for editors; it checks shapes, not what the parts say of one another. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(scenarioSchema, { target: 'draft-7', io: 'input' });
  return { ...schema, title: 'allot scenario' };
}
