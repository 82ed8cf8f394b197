import { resolve } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import type { SweepNotice } from '../experiment/queued-sweep.ts';
import { sha256OfFile } from '../platform/files.ts';

/** Characters of a hash that are shown. */
const SHOWN = 12;

/** Says why a worker cannot take part in a sweep; null where it can. */
export async function admit(notice: SweepNotice, folder: string, mayStart: boolean): Promise<string | null> {
  if (notice.version !== VERSION) {
    return `it was planned by allot ${notice.version}, and this is ${VERSION}; use the same version everywhere`;
  }
  if (notice.programs && !mayStart) return 'programs decide in it; start the worker with --programs if you trust them';
  for (const [name, hash] of Object.entries(notice.traces)) {
    const problem = await traceProblem(resolve(folder, name), hash);
    if (problem !== null) return problem;
  }
  return null;
}

async function traceProblem(path: string, hash: string): Promise<string | null> {
  try {
    const own = await sha256OfFile(path);
    if (own === hash) return null;
    return `${path} is another file than the sweep was planned with: its SHA-256 is ${own.slice(0, SHOWN)}… here, and ${hash.slice(0, SHOWN)}… there`;
  } catch (error) {
    if (error instanceof ScenarioError) return error.message;
    throw error;
  }
}
