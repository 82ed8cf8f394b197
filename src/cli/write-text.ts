import { dirname } from 'node:path';
import { FileWriter } from '../platform/file-writer.ts';
import { makeFolder } from '../platform/folder.ts';

/** Writes a file whole; its folder is made if it is missing. */
export function writeText(path: string, text: string): void {
  makeFolder(dirname(path));
  const file = new FileWriter(path);
  file.write(Buffer.from(text));
  file.close();
}
