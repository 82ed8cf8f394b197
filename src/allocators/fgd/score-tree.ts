/** The best of a row of scores, kept as they change: the highest, the first of equals. */
export class ScoreTree {
  readonly #leaves: number;
  readonly #best: Float64Array;

  /** All scores are minus infinity at first. */
  constructor(places: number) {
    let leaves = 1;
    while (leaves < places) leaves *= 2;
    this.#leaves = leaves;
    this.#best = new Float64Array(2 * leaves).fill(Number.NEGATIVE_INFINITY);
  }

  get(place: number): number {
    return this.#best[this.#leaves + place]!;
  }

  set(place: number, score: number): void {
    const best = this.#best;
    let at = this.#leaves + place;
    if (best[at] === score) return;
    best[at] = score;
    for (at >>= 1; at > 0; at >>= 1) {
      const higher = Math.max(best[2 * at]!, best[2 * at + 1]!);
      if (best[at] === higher) return;
      best[at] = higher;
    }
  }

  /** The place of the highest score, the first of equals; -1 where all are minus infinity. */
  first(): number {
    const best = this.#best;
    const highest = best[1]!;
    if (highest === Number.NEGATIVE_INFINITY) return -1;
    let at = 1;
    while (at < this.#leaves) at = best[2 * at] === highest ? 2 * at : 2 * at + 1;
    return at - this.#leaves;
  }
}
