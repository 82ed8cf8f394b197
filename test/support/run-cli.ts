import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The root of the project. */
export const ROOT = join(import.meta.dirname, '../..');

/** What a command line left behind. */
export interface CliOutcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a caller may set beside the words of the command. */
export interface CliOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another Node. */
  readonly node?: string;
}

/** Runs the built command line in a process of its own. */
export function allot(words: readonly string[], options: CliOptions = {}): Promise<CliOutcome> {
  const child = spawn(options.node ?? process.execPath, [join(ROOT, 'dist/bin/allot.js'), ...words], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
    });
  });
}

/** Runs a command that must succeed and gives its JSON. */
export async function allotJson<T = unknown>(words: readonly string[], options: CliOptions = {}): Promise<T> {
  const { code, out, err } = await allot([...words, '--json'], options);
  if (code !== 0) throw new Error(`allot ${words.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}
