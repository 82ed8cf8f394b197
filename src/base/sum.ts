/**
 * Adds doubles with a running correction, so that millions of terms lose no digit that is printed.
 *
 * @see Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 1974
 */
export class Sum {
  // A field that begins with 0 holds small integers; every sum would be made anew when it first holds a fraction.
  #sum = -0;
  #lost = -0;

  add(term: number): void {
    const next = this.#sum + term;
    this.#lost += Math.abs(this.#sum) >= Math.abs(term) ? this.#sum - next + term : term - next + this.#sum;
    this.#sum = next;
  }

  /** Adds entries `from` to `to - 1`, in order. */
  addAll(terms: Float64Array, from: number, to: number): void {
    let sum = this.#sum;
    let lost = this.#lost;
    for (let i = from; i < to; i++) {
      const term = terms[i]!;
      const next = sum + term;
      lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
      sum = next;
    }
    this.#sum = sum;
    this.#lost = lost;
  }

  get value(): number {
    return 0 + this.#sum + this.#lost;
  }
}
