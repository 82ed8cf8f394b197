import { styleText } from 'node:util';
import { plainStyle, type Style } from '../report/style.ts';

type Format = Parameters<typeof styleText>[0];

/** Says whether text on the stream may carry colour: a terminal, and nobody asked for none. */
function hasColour(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && TERM !== 'dumb';
}

/** Gives how text is set off on the stream. */
export function styleFor(stream: NodeJS.WriteStream): Style {
  if (!hasColour(stream)) return plainStyle;
  const as = (format: Format) => (text: string) => styleText(format, text, { validateStream: false });
  return {
    strong: as('bold'),
    quiet: as('dim'),
    good: as('green'),
    bad: as('red'),
    accent: as('cyan'),
  };
}

/** Columns of the terminal; 80 where that is not known or given as none. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.columns ? Math.max(40, stream.columns) : 80;
}

/** Writes to standard output and waits until it is taken. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes a line to standard error. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
