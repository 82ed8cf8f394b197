/**
 * Shares one resource by water filling: all rise together in proportion to their weights, and who has what it demands
 * stops.
 *
 * @param weights above zero, one a demand; all 1 where left out.
 * @returns what each gets, in the unit of `capacity`; in sum the smaller of the capacity and the demands.
 * @throws RangeError if a number is out of range.
 * @see Bertsekas and Gallager, Data Networks, section 6.5.2
 */
export function maxMin(capacity: number, demands: readonly number[], weights?: readonly number[]): number[] {
  check(capacity, demands, weights);
  const weight = (i: number) => weights?.[i] ?? 1;
  const stop = (i: number) => demands[i]! / weight(i);
  const order = demands.map((_, i) => i).sort((a, b) => stop(a) - stop(b) || a - b);
  // Sums of weights from the back: taking weights off one total would leave its rounding to the last ones.
  const rising = new Array<number>(order.length + 1).fill(0);
  for (let k = order.length - 1; k >= 0; k--) rising[k] = rising[k + 1]! + weight(order[k]!);
  const given = new Array<number>(demands.length).fill(0);
  let left = capacity;
  order.forEach((i, k) => {
    // Dividing last keeps whole results whole: 16 x 2.5 / 8 rather than 16 x 0.3125.
    given[i] = Math.min(demands[i]!, (left * weight(i)) / rising[k]!);
    left = Math.max(0, left - given[i]!);
  });
  return given;
}

function check(capacity: number, demands: readonly number[], weights: readonly number[] | undefined): void {
  if (!(capacity >= 0)) throw new RangeError(`capacity is ${capacity}, expected zero or more`);
  if (weights !== undefined && weights.length !== demands.length) {
    throw new RangeError(`${weights.length} weights for ${demands.length} demands`);
  }
  for (const demand of demands) if (!(demand >= 0)) throw new RangeError(`demand is ${demand}, expected zero or more`);
  for (const weight of weights ?? []) {
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`weight is ${weight}, expected a number above zero`);
    }
  }
}
