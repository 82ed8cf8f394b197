import { formatDuration, type Time } from '../base/time.ts';
import { formatNumber } from '../report/quantity.ts';
import type { Observer } from '../simulation/observer.ts';

/** Milliseconds before a first word, and between two. */
const PATIENCE = 2_000;
const BETWEEN = 250;
/** Jobs between two looks at the clock. */
const STRIDE = 1_024;

/** Tells a terminal how far a long run is; says nothing where nobody watches, or when the run is short. */
export class Progress implements Observer {
  readonly #stream: NodeJS.WriteStream;
  readonly #began = performance.now();
  #jobs = 0;
  #next: number;
  #shown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#next = this.#began + PATIENCE;
  }

  onJobEnded(time: Time): void {
    if (++this.#jobs % STRIDE !== 0 || this.#stream.isTTY !== true) return;
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + BETWEEN;
    const rate = formatNumber(Math.round((this.#jobs / (now - this.#began)) * 1_000));
    this.#show(`${formatNumber(this.#jobs)} jobs, ${formatDuration(time)} of the run, ${rate} jobs/s`);
  }

  onEnd(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
  }

  #show(text: string): void {
    this.#shown = true;
    this.#stream.write(`\r\u001b[K${text.slice(0, (this.#stream.columns || 80) - 1)}`);
  }
}
