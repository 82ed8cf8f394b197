import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { noTraces, type TraceFolder } from '../conformance/trace-folder.ts';
import { openBytes } from '../platform/files.ts';
import { sha256 } from '../platform/sha256.ts';

/** Where the logs are beside a checkout of the project, seen from its root. */
const BESIDE = join('..', 'shared', 'traces');

/**
 * Finds the folder of logs: the one that is named, else that of the variable ALLOT_TRACES, else `../shared/traces`
 * where there is one.
 *
 * @throws ScenarioError if the one that is named is no folder; a variable that names none finds no logs.
 */
export function findTraceFolder(named: string | undefined, variable: string | undefined): TraceFolder {
  if (named !== undefined) {
    if (!isFolder(named)) throw new ScenarioError('there is no such folder of traces', { file: named });
    return openTraceFolder(named);
  }
  if (variable) {
    if (isFolder(variable)) return openTraceFolder(variable);
    return { ...noTraces, name: `ALLOT_TRACES names no folder: ${variable}` };
  }
  return isFolder(BESIDE) ? openTraceFolder(BESIDE) : noTraces;
}

/**
 * Opens a folder of logs in the Standard Workload Format (`*.swf`, `*.swf.gz`) and of tables (`*.csv`, `*.csv.gz`), in it or
 * in folders below.
 */
export function openTraceFolder(folder: string): TraceFolder {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll(sep, '/'));
  const files = all.filter((file) => /\.swf(\.gz)?$/i.test(file)).sort();
  const hashes = new Map<string, Promise<string>>();
  return {
    name: folder,
    files,
    tables: all.filter((file) => /\.csv(\.gz)?$/i.test(file)).sort(),
    open: (file) => openBytes(join(folder, file)),
    sha256(file) {
      const known = hashes.get(file) ?? hashOf(join(folder, file));
      hashes.set(file, known);
      return known;
    },
  };
}

async function hashOf(path: string): Promise<string> {
  const hash = sha256();
  for await (const chunk of openBytes(path).chunks()) hash.update(chunk);
  return hash.hex();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
