import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ScenarioError } from '../base/errors.ts';
import type { CaseFile } from '../conformance/run-conformance.ts';

/** Gives the folder of the case files that come with the package; it lies beside `dist` as beside `src`. */
export function shippedCases(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const cases = join(folder, 'test', 'conformance', 'cases');
    if (existsSync(cases)) return cases;
    if (folder === dirname(folder))
      throw new ScenarioError('the package has lost its case files (test/conformance/cases)');
  }
}

/**
 * Reads the case files (`*.json`) of some folders in order of name; one that is byte for byte an earlier one of the
 * same name is left out.
 *
 * @throws ScenarioError if a folder cannot be read or has no case file.
 */
export function readCaseFiles(folders: readonly string[]): CaseFile[] {
  const files: CaseFile[] = [];
  for (const folder of folders) {
    const names = attempt(folder, () => readdirSync(folder).filter((name) => name.endsWith('.json')));
    if (names.length === 0) throw new ScenarioError('there is no case file (*.json) in it', { file: folder });
    for (const name of names.sort()) {
      const path = join(folder, name);
      const text = attempt(path, () => readFileSync(path, 'utf8'));
      if (!files.some((file) => file.name === name && file.text === text)) files.push({ name, text });
    }
  }
  return files;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'this is a file, not a folder of case files',
  EISDIR: 'this is a folder, not a case file',
  EACCES: 'no permission to read it',
};

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ScenarioError(REASONS[code ?? ''] ?? `it cannot be read: ${message}`, { file: path });
  }
}
