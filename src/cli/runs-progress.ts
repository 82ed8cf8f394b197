import { formatDuration, fromSeconds } from '../base/time.ts';
import { formatNumber } from '../report/quantity.ts';
import type { Style } from '../report/style.ts';

/** Milliseconds before a first word, and between two. */
const PATIENCE = 2_000;
const BETWEEN = 200;
/** Columns of the bar. */
const BAR = 24;

/** How far an experiment is. */
export interface RunsStanding {
  readonly done: number;
  readonly failed: number;
  readonly all: number;
  /** Milliseconds since the first run began. */
  readonly elapsed: number;
}

/** Tells how far an experiment of many runs is: on a terminal on one line, else with a line each tenth of the way. */
export class RunsProgress {
  readonly #stream: NodeJS.WriteStream;
  readonly #style: Style;
  readonly #watched: boolean;
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;
  #all: number;
  #done = 0;
  #failed = 0;
  #tenths = 0;
  #shown = false;

  /** @param all how many runs are to be done. */
  constructor(stream: NodeJS.WriteStream, style: Style, all: number) {
    this.#stream = stream;
    this.#style = style;
    this.#all = all;
    this.#watched = stream.isTTY === true && process.env['TERM'] !== 'dumb';
    this.#timer = setInterval(() => this.#draw(), BETWEEN).unref();
  }

  /** More runs than were thought of. */
  expect(more: number): void {
    this.#all += more;
  }

  /** A run is over. */
  note(hasFailed: boolean): void {
    this.#done++;
    if (hasFailed) this.#failed++;
    if (this.#watched) return;
    const tenths = Math.floor((this.#done / this.#all) * 10);
    if (tenths > this.#tenths && this.#standing.elapsed > PATIENCE) {
      this.#stream.write(`${runsLine(this.#standing, 1_000, this.#style).trimStart()}\n`);
    }
    this.#tenths = tenths;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
    this.#shown = false;
  }

  /** Says no more. */
  end(): void {
    clearInterval(this.#timer);
    this.clear();
  }

  get #standing(): RunsStanding {
    return {
      done: this.#done,
      failed: this.#failed,
      all: this.#all,
      elapsed: performance.now() - this.#began,
    };
  }

  #draw(): void {
    if (!this.#watched || this.#standing.elapsed < PATIENCE) return;
    this.#shown = true;
    this.#stream.write(`\r${runsLine(this.#standing, this.#stream.columns || 80, this.#style)}\u001b[K`);
  }
}

/** Gives as much as fits on a line: ` 41 % ━━━───  33 of 80 runs · 1 failed · 2.1 runs/s · 22 s left`. */
export function runsLine({ done, failed, all, elapsed }: RunsStanding, columns: number, style: Style): string {
  const share = all === 0 ? 1 : done / all;
  const facts = [`${formatNumber(done)} of ${formatNumber(all)} runs`];
  if (failed > 0) facts.push(style.bad(`${formatNumber(failed)} failed`));
  if (done > 0) {
    const rate = (done / elapsed) * 1_000;
    const left = Math.max(1, Math.round(((elapsed / done) * (all - done)) / 1_000));
    facts.push(
      rate >= 0.1
        ? `${formatNumber(Number(rate.toPrecision(2)))} runs/s`
        : `${formatDuration(fromSeconds(Math.round(1 / rate)))} a run`,
    );
    if (done < all) facts.push(`${formatDuration(fromSeconds(left))} left`);
  }
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const text = facts.join(style.quiet(' · '));
  const room = columns - 1 - percent.length - 2 - facts.join(' · ').length;
  if (columns > 200 || room < BAR + 2) return `${percent}  ${text}`;
  const full = Math.floor(share * BAR);
  return `${percent} ${style.accent('━'.repeat(full))}${style.quiet('─'.repeat(BAR - full))}  ${text}`;
}
