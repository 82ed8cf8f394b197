import { formatDuration, fromSeconds, type Time } from '../base/time.ts';
import { formatNumber } from '../report/quantity.ts';
import type { Style } from '../report/style.ts';
import textWidth from './text-width.ts';

/** Milliseconds before a first word, and between two. */
const PATIENCE = 2_000;
const BETWEEN = 200;
/** Columns of the bar. */
const BAR = 24;

/** What a line of progress says. */
export interface Standing {
  /** How much of the work is done, 0 to 1; null where that cannot be known. */
  readonly share: number | null;
  readonly jobs: number;
  readonly tasks: number;
  /** The clock of the run. */
  readonly now: Time;
  /** Milliseconds that the run has taken. */
  readonly elapsed: number;
}

/** Tells a terminal how far a long run is, on one line; says nothing where nobody watches, or when the run is short. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #style: Style;
  readonly #watched: boolean;
  #next = PATIENCE;
  #shown = false;

  constructor(stream: NodeJS.WriteStream, style: Style) {
    this.#stream = stream;
    this.#style = style;
    this.#watched = stream.isTTY === true && process.env['TERM'] !== 'dumb';
  }

  /** Draws the line anew if it is time to; `standing` is asked only then. */
  update(elapsed: number, standing: () => Standing): void {
    if (!this.#watched || elapsed < this.#next) return;
    this.#next = elapsed + BETWEEN;
    this.#shown = true;
    const line = progressLine(standing(), this.#stream.columns || 80, this.#style);
    this.#stream.write(`\r${line}\u001b[K`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
    this.#shown = false;
  }
}

/** Gives as much as fits on a line of so many columns: `  41 % ━━━───  12,345 jobs · 81,234 tasks/s · 3 s left`. */
export function progressLine(standing: Standing, columns: number, style: Style): string {
  const { share, jobs, tasks, now, elapsed } = standing;
  const rate = `${formatNumber(Math.round((tasks / elapsed) * 1_000))} tasks/s`;
  const facts = [`${formatNumber(jobs)} jobs`, rate];
  if (share === null) facts.push(`t = ${formatDuration(Math.max(0, now))}`);
  else if (share > 0.01) facts.push(`${formatDuration(fromSeconds(secondsLeft(elapsed, share)))} left`);
  const percent = share === null ? '' : `${String(Math.floor(share * 100)).padStart(3)} %`;
  let room = columns - 1 - textWidth(percent) - 2;
  const said: string[] = [];
  for (const fact of facts) {
    room -= textWidth(fact) + (said.length > 0 ? 3 : 0);
    if (room < 0) break;
    said.push(fact);
  }
  const text = `  ${said.join(style.quiet(' · '))}`;
  if (share === null) return text;
  return room < BAR + 1 ? `${percent}${text}` : `${percent} ${bar(share, style)}${text}`;
}

/** Whole seconds, so that the figure does not flicker. */
function secondsLeft(elapsed: number, share: number): number {
  return Math.max(1, Math.round((elapsed * (1 - share)) / share / 1_000));
}

function bar(share: number, style: Style): string {
  const full = Math.floor(share * BAR);
  return style.accent('━'.repeat(full)) + style.quiet('─'.repeat(BAR - full));
}
