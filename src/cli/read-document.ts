import { readFileSync } from 'node:fs';
import { ScenarioError } from '../base/errors.ts';
import { fileProblem } from '../platform/files.ts';

/**
 * Reads a file of JSON that this program has written.
 *
 * @param schema what the document says it is, such as `allot.result/1`.
 * @param parts objects and lists that it has at least.
 * @throws ScenarioError if it cannot be read or is another document.
 */
export function readDocument<T extends { readonly schema: string }>(
  file: string,
  schema: T['schema'],
  parts: readonly (keyof T & string)[],
): T {
  const trouble = fileProblem(file);
  if (trouble !== null) throw new ScenarioError(`${trouble}; \`allot run --out\` makes such folders`, { file });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ScenarioError(`no JSON: ${error instanceof Error ? error.message : String(error)}`, { file });
  }
  const read = value as Partial<T> | null;
  if (read?.schema !== schema) throw new ScenarioError(`expected \`"schema": "${schema}"\``, { file });
  const missing = parts.find((name) => typeof read[name] !== 'object' || read[name] === null);
  if (missing !== undefined) throw new ScenarioError(`\`${missing}\` is missing or damaged`, { file });
  return read as T;
}
