/** A unit in which times are shown. */
export interface TimeUnit {
  readonly name: string;
  readonly seconds: number;
}

const UNITS: readonly TimeUnit[] = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
  { name: 'ms', seconds: 0.001 },
];

/** Gives the largest unit of which a span has at least three. */
export function timeUnitFor(span: number): TimeUnit {
  return UNITS.find(({ seconds }) => span >= 3 * seconds) ?? UNITS.at(-1)!;
}
