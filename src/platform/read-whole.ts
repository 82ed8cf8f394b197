import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ScenarioError } from '../base/errors.ts';
import { fileProblem } from './files.ts';

/** Bytes of the largest file that is read at once, packed or not: a list of ten million nodes is no larger. */
const LARGEST = 256 * 1024 * 1024;

/**
 * Reads all of a file at once, unpacked where it begins like gzip; `name` is what errors call it.
 *
 * @throws ScenarioError if it cannot be read, is damaged, or is larger than 256 MiB.
 */
export function readWhole(path: string, name = path): Uint8Array {
  const trouble = fileProblem(path);
  if (trouble !== null) throw new ScenarioError(trouble, { file: name });
  if (statSync(path).size > LARGEST) throw new ScenarioError(TOO_LARGE, { file: name });
  const bytes = readFileSync(path);
  if (bytes.length > LARGEST) throw new ScenarioError(TOO_LARGE, { file: name });
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ScenarioError(code === 'ERR_BUFFER_TOO_LARGE' ? TOO_LARGE : 'the gzip data is damaged or cut short', {
      file: name,
    });
  }
}

const TOO_LARGE = 'this is larger than the 256 MiB that a list may have';
