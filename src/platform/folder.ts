import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ScenarioError } from '../base/errors.ts';

/**
 * Makes a folder and those above it that are missing.
 *
 * One at a time: in places that refuse folders without saying so, such as /proc, Node's own recursion does not end.
 *
 * @throws ScenarioError if the folder cannot be made.
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  try {
    for (let at = resolve(path); !isFolder(at); at = dirname(at)) missing.push(at);
    for (const folder of missing.reverse()) mkdirSync(folder);
  } catch (error) {
    throw new ScenarioError(
      `this folder cannot be made (${error instanceof Error ? error.message : 'unknown reason'})`,
      {
        file: path,
      },
    );
  }
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) throw new Error(`${path} is a file`);
  return found !== undefined;
}
