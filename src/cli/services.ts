import { resolve } from 'node:path';
import { fileProblem, openBytes } from '../platform/files.ts';
import { sha256 } from '../platform/sha256.ts';
import type { Services } from '../scenario/services.ts';

/** Gives Node's services to a run; `folder` is where the paths of a scenario begin. */
export function nodeServices(folder: string): Services {
  const place = (file: string): string => (file === '-' ? file : resolve(folder, file));
  return {
    openTrace: (file) => (file === '-' ? openBytes(file) : { ...openBytes(place(file)), name: file }),
    traceProblem: (file) => fileProblem(place(file)),
    sha256,
    clock: () => performance.now(),
    peakMemory: () => Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
