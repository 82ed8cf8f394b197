import { bytesInMemory } from '../../src/base/byte-source.ts';
import type { TraceFolder } from '../../src/conformance/trace-folder.ts';

/** Three jobs for four processors: job, submit, -, run, processors, -, -, requested, estimate. */
export const SMALL_LOG = [
  '; MaxProcs: 4',
  '1 100 -1 10 3 -1 -1 3 10',
  '2 101 -1  5 2 -1 -1 2  5',
  '3 102 -1  9 1 -1 -1 1  8',
].join('\n');

/** A folder of logs in memory, each with its text; its SHA-256 is its own path turned round, so that tests can name it. */
export function folderOf(logs: Readonly<Record<string, string>>): TraceFolder {
  return {
    name: 'a folder in memory',
    files: Object.keys(logs),
    tables: [],
    open: (file) => bytesInMemory(file, logs[file]!),
    sha256: (file) => Promise.resolve(hashOf(file)),
  };
}

export function hashOf(file: string): string {
  return [...file].reverse().join('');
}
