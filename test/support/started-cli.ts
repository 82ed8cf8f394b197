import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type CliOutcome, ROOT } from './run-cli.ts';

/** A command line that goes on while a test does other things. */
export interface StartedCli {
  readonly child: ChildProcess;
  /** What it has written to standard error so far. */
  readonly err: () => string;
  readonly ended: Promise<CliOutcome>;
}

/** Starts the built command line. */
export function startAllot(words: readonly string[]): StartedCli {
  const child = spawn(process.execPath, [join(ROOT, 'dist/bin/allot.js'), ...words], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = new Promise<CliOutcome>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return { child, err: () => err, ended };
}
