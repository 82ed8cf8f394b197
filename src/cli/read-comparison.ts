import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import type { Comparison } from '../experiment/comparison.ts';
import { fileProblem } from '../platform/files.ts';

/**
 * Reads what `compare --out` has written to a folder.
 *
 * @throws ScenarioError if it cannot be read or is no comparison.
 */
export function readComparison(folder: string): Comparison {
  const file = join(folder, 'comparison.json');
  const trouble = fileProblem(file);
  if (trouble !== null) throw new ScenarioError(trouble, { file });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ScenarioError(`not a comparison: ${error instanceof Error ? error.message : 'no JSON'}`, { file });
  }
  if ((value as Partial<Comparison> | null)?.schema === 'allot.comparison/1') return value as Comparison;
  throw new ScenarioError('not a comparison: expected `"schema": "allot.comparison/1"`', { file });
}
