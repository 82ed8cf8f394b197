/** Weights by hour of the day and day of the week, and the jobs a second of a whole week. */
export interface FittedWeek {
  readonly rate: number;
  readonly hours: readonly number[];
  readonly days: readonly number[];
}

const HOUR = 3_600;
const HOURS_OF_WEEK = 168;

/** Times for which the two factors are adjusted to one another. */
const ROUNDS = 50;

/**
 * Gives the most likely weights of a stream whose rate is a product of two factors, by adjusting one after the other; days
 * are alike where fewer than two weeks were seen, hours where fewer than two days were.
 *
 * @param submits seconds, in order, from Monday midnight on.
 */
export function fitWeek(submits: readonly number[]): FittedWeek {
  const end = submits.at(-1)!;
  const counts = new Array<number>(HOURS_OF_WEEK).fill(0);
  const seen = new Array<number>(HOURS_OF_WEEK).fill(0);
  for (const submit of submits) counts[Math.floor(submit / HOUR) % HOURS_OF_WEEK]!++;
  for (let hour = Math.floor(submits[0]! / HOUR); hour * HOUR < end; hour++) {
    const from = Math.max(submits[0]!, hour * HOUR);
    seen[hour % HOURS_OF_WEEK]! += Math.min(end, (hour + 1) * HOUR) - from;
  }
  const span = end - submits[0]!;
  const hours = new Array<number>(24).fill(1);
  const days = new Array<number>(7).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    if (span >= 2 * 24 * HOUR)
      adjust(
        hours,
        (at) => at % 24,
        (at) => days[Math.floor(at / 24)]!,
      );
    if (span >= 14 * 24 * HOUR)
      adjust(
        days,
        (at) => Math.floor(at / 24),
        (at) => hours[at % 24]!,
      );
    if (round === 0 && span < 2 * 24 * HOUR) break;
  }
  const expected = seen.reduce((sum, time, at) => sum + time * hours[at % 24]! * days[Math.floor(at / 24)]!, 0);
  return {
    rate: (submits.length / expected) * meanOf(hours) * meanOf(days),
    hours: hours.map((weight) => weight / meanOf(hours)),
    days: days.map((weight) => weight / meanOf(days)),
  };

  function adjust(factor: number[], partOf: (at: number) => number, other: (at: number) => number): void {
    const [found, room] = [factor.map(() => 0), factor.map(() => 0)];
    for (let at = 0; at < HOURS_OF_WEEK; at++) {
      found[partOf(at)]! += counts[at]!;
      room[partOf(at)]! += seen[at]! * other(at);
    }
    for (const [part, n] of found.entries()) factor[part] = room[part]! > 0 ? n / room[part]! : 0;
    const mean = meanOf(factor);
    for (const part of factor.keys()) factor[part] = room[part]! > 0 ? factor[part]! / mean : 1;
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
