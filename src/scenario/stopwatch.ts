/** Adds up how long pieces of work take on a clock that the one who does them does not see. */
export class Stopwatch {
  /** Milliseconds of the clock. */
  total = 0;
  /** Pieces of work. */
  spans = 0;
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  readonly time = <T>(work: () => T): T => {
    const began = this.#clock();
    try {
      return work();
    } finally {
      this.total += this.#clock() - began;
      this.spans++;
    }
  };
}
