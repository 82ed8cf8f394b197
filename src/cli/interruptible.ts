import { ExitCode } from './exit-code.ts';
import { tell } from './output.ts';

/** Signals that end a process, and what its exit code says of them. */
const ENDINGS = { SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Does something that the first Ctrl-C stops in order, and the next one at once.
 *
 * @param stop is called at the first; `message` is what the user is told.
 * @param quit ends the process at the next one, or where it is told to end, with this exit code.
 */
export async function interruptible<T>(
  message: string,
  stop: () => void,
  action: () => Promise<T>,
  quit: (code: number) => void = process.exit,
): Promise<T> {
  const second = (): void => quit(ExitCode.interrupted);
  const first = (): void => {
    process.once('SIGINT', second);
    stop();
    tell(`interrupted: ${message}; Ctrl-C again quits at once`);
  };
  const endings = Object.entries(ENDINGS).map(([signal, code]) => [signal, () => quit(code)] as const);
  process.once('SIGINT', first);
  for (const [signal, end] of endings) process.once(signal, end);
  try {
    return await action();
  } finally {
    process.off('SIGINT', first);
    process.off('SIGINT', second);
    for (const [signal, end] of endings) process.off(signal, end);
  }
}
