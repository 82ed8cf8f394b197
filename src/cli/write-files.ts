import { join } from 'node:path';
import { FileWriter } from '../platform/file-writer.ts';
import { makeFolder } from '../platform/folder.ts';

/**
 * Writes texts to files of a folder, by name; what was there is lost.
 *
 * @throws ScenarioError if the folder cannot be made or a file not be written.
 */
export function writeFiles(folder: string, texts: Readonly<Record<string, string>>): void {
  makeFolder(folder);
  for (const [name, text] of Object.entries(texts)) {
    const file = new FileWriter(join(folder, name));
    file.write(Buffer.from(text));
    file.close();
  }
}
