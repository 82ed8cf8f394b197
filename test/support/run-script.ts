import { spawn } from 'node:child_process';
import { type CliOutcome, ROOT } from './run-cli.ts';

/** Runs a TypeScript file of the project in a process of its own; `file` is relative to the root. */
export function runScript(file: string, words: readonly string[] = []): Promise<CliOutcome> {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...words], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.end();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
    });
  });
}
