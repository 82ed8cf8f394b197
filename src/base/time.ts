/** Microseconds, a whole number held in a double; exact for 285 years either side of zero. */
export type Time = number;

/** Microseconds in one second. */
export const SECOND: Time = 1_000_000;

/** Later than any event of any run. */
export const NEVER: Time = Number.POSITIVE_INFINITY;

/** Gives the nearest whole microsecond to `seconds`; halves round up. */
export function fromSeconds(seconds: number): Time {
  return Math.floor(seconds * SECOND + 0.5);
}

/** Gives seconds as a double; for the doors of the program only. */
export function toSeconds(time: Time): number {
  return time / SECOND;
}

const UNITS: Readonly<Record<string, Time>> = {
  us: 1,
  ms: 1_000,
  s: SECOND,
  m: 60 * SECOND,
  min: 60 * SECOND,
  h: 3_600 * SECOND,
  d: 86_400 * SECOND,
};

const DURATION = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i;

/** The units a duration takes, shortest first. */
export const DURATION_UNITS: readonly string[] = ['us', 'ms', 's', 'm', 'h', 'd'];

/**
 * Reads a duration such as `90s`, `1.5h` or a bare number of seconds.
 *
 * @returns whole microseconds, or null when `text` is no duration.
 */
export function parseDuration(text: string | number): Time | null {
  if (typeof text === 'number') return Number.isFinite(text) ? fromSeconds(text) : null;
  const match = DURATION.exec(text);
  if (match === null) return null;
  const unit = match[2] === '' ? SECOND : UNITS[match[2]!.toLowerCase()];
  if (unit === undefined) return null;
  const time = Math.floor(Number(match[1]) * unit + 0.5);
  return Number.isSafeInteger(time) ? time : null;
}

/** Gives a duration as people write it: `350 ms`, `12.5 s`, `3 m 20 s`, `2 h 11 m`, `4 d 7 h`. */
export function formatDuration(time: Time): string {
  if (time < 0) return `-${formatDuration(-time)}`;
  if (time === 0) return '0 s';
  if (time < 1_000) return `${time} us`;
  if (time < SECOND) return `${trim(time / 1_000, 1)} ms`;
  if (time < 100 * SECOND) return `${trim(time / SECOND, 1)} s`;
  const seconds = Math.round(time / SECOND);
  if (seconds < 3_600) return pair(seconds, 60, 'm', 1, 's');
  if (seconds < 86_400) return pair(Math.round(seconds / 60), 60, 'h', 1, 'm');
  return pair(Math.round(seconds / 3_600), 24, 'd', 1, 'h');
}

function pair(count: number, per: number, big: string, step: number, small: string): string {
  const rest = (count % per) * step;
  const head = `${Math.floor(count / per)} ${big}`;
  return rest === 0 ? head : `${head} ${rest} ${small}`;
}

function trim(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.0+$/, '');
}
