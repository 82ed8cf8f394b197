import { grown } from '../base/grow.ts';

/** Rows that have changed, each once, in order of first change; O(1) to add. */
export class Changes {
  count = 0;
  /** The first `count` entries. */
  rows = new Int32Array(0);
  #in = new Uint8Array(0);

  add(row: number): void {
    if (row >= this.#in.length) this.#in = grown(this.#in, row + 1);
    if (this.#in[row] === 1) return;
    this.#in[row] = 1;
    if (this.count === this.rows.length) this.rows = grown(this.rows, this.count + 1);
    this.rows[this.count++] = row;
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.#in[this.rows[i]!] = 0;
    this.count = 0;
  }
}
