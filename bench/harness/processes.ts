import { spawn } from 'node:child_process';
import type { Sample } from './contest.ts';

/** A process that has ended well. */
export type Finished = Sample & { readonly out: string };

/** Has bash say what a command cost, in milliseconds, on a channel of its own. */
const TIMED = 'TIMEFORMAT="%U %S %R"; { time "$@" 2>&4; } 4>&2 2>&3';

/**
 * Runs a command and gives the CPU time of the whole process with its threads and children.
 *
 * @throws Error if it does not end with 0.
 */
export function runProcess(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const child = spawn('bash', ['-c', TIMED, 'bash', command, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  const texts = ['', '', ''];
  for (const [i, stream] of [child.stdout, child.stderr, child.stdio[3]!].entries()) {
    (stream as NodeJS.ReadableStream).setEncoding('utf8').on('data', (text: string) => {
      texts[i] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const [out, err, times] = texts as [string, string, string];
      if (code !== 0) {
        reject(new Error(`${command} ${words.join(' ')} ended with ${code}: ${err}`));
        return;
      }
      const [user, system, wall] = times.trim().split('\n').at(-1)!.split(' ').map(Number) as [number, number, number];
      resolve({ cpu: user + system, wall, out });
    });
  });
}

/** Runs a program that times a part of itself and prints a sample as its last line. */
export async function runPart(command: string, words: readonly string[]): Promise<Sample> {
  const { out } = await runProcess(command, words);
  return JSON.parse(out.trim().split('\n').at(-1)!) as Sample;
}
