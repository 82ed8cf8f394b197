import { CaseError } from '../fields.ts';
import { MissingTrace, type TraceFolder } from '../trace-folder.ts';

/** Finds a log by its path, or by its file name where the folder has other folders; throws MissingTrace. */
export function findByPath(path: string, folder: TraceFolder): string {
  const wanted = fileName(path);
  const found = folder.files.find((file) => file === path) ?? folder.files.find((file) => fileName(file) === wanted);
  if (found === undefined) throw new MissingTrace(path, folder);
  return found;
}

/** Finds a log by the SHA-256 of its text, unpacked; null where no file has it. */
export async function findByContent(sha256: string, folder: TraceFolder): Promise<string | null> {
  for (const file of folder.files) if ((await folder.sha256(file)) === sha256) return file;
  return null;
}

/**
 * Finds a log by how its name begins: `kth-sp2` is `KTH-SP2-1996-2.swf.gz`; one of that very name comes first.
 *
 * Throws MissingTrace where there is none, CaseError where several begin so.
 */
export function findByName(name: string, folder: TraceFolder): string {
  const wanted = plain(name);
  const called = folder.files.map((file) => ({ file, name: plain(fileName(file)) }));
  const same = called.filter((each) => each.name === wanted);
  const found = same.length > 0 ? same : called.filter((each) => each.name.startsWith(`${wanted}-`));
  if (found.length === 0) throw new MissingTrace(`a log whose name begins with ${name}`, folder);
  if (found.length > 1) throw new CaseError(`${name} may be ${found.map(({ file }) => file).join(' or ')}`);
  return found[0]!.file;
}

function fileName(path: string): string {
  return path.replace(/^.*\//, '').replace(/(\.swf)?(\.gz)?$/i, '');
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
