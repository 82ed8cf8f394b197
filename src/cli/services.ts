import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ChildChannel } from '../platform/child-channel.ts';
import { fileProblem, openBytes } from '../platform/files.ts';
import { readWhole } from '../platform/read-whole.ts';
import { sha256 } from '../platform/sha256.ts';
import type { Services } from '../scenario/services.ts';

/** Node's services, which also know how far traces have been read. */
export interface NodeServices extends Services {
  /** Gives which part of a trace's bytes has been read, 0 to 1; null where its length is not known. */
  readShare(file: string): number | null;
}

/** Gives Node's services to a run; `folder` is where the paths of a scenario begin. */
export function nodeServices(folder: string): NodeServices {
  const place = (file: string): string => (file === '-' ? file : resolve(folder, file));
  const read = new Map<string, number>();
  return {
    openTrace: (file) => {
      const bytes = openBytes(place(file), (count) => read.set(file, count));
      return file === '-' ? bytes : { ...bytes, name: file };
    },
    readWhole: (file) => readWhole(place(file), file),
    traceProblem: (file) => fileProblem(place(file)),
    readShare: (file) => (file === '-' ? null : shareOf(read.get(file) ?? 0, place(file))),
    sha256,
    openChannel: (command) => new ChildChannel(command, resolve(folder)),
    clock: () => performance.now(),
    peakMemory: () => Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

/** A pipe has no length. */
function shareOf(bytes: number, path: string): number | null {
  const length = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return length > 0 ? Math.min(1, bytes / length) : null;
}
