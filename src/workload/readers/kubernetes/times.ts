import { fromSeconds, parseDuration, type Time } from '../../../base/time.ts';

const STAMP = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const PARTS = /\d+(?:\.\d+)?(?:ms|us|[hmsd])/g;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|us|[hmsd]))+$/;

/** Reads a time stamp of RFC 3339; microseconds since 1970, NaN where it is none. */
export function stampTime(value: unknown): Time {
  const match = typeof value === 'string' ? STAMP.exec(value) : null;
  if (match === null) return Number.NaN;
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59) return Number.NaN;
  const zone = match[7] === undefined ? 0 : (match[7] === '-' ? -60 : 60) * (Number(match[8]) * 60 + Number(match[9]));
  const seconds = (daysSince1970(year, month, day) * 24 + hour) * 3_600 + minute * 60 - zone;
  return fromSeconds(seconds) + fromSeconds(Number(match[6]));
}

/** Reads a duration such as `90s`, `1h30m` or a number of seconds; microseconds, NaN where it is none. */
export function durationTime(value: unknown): Time {
  if (typeof value === 'number') return value >= 0 ? (parseDuration(value) ?? Number.NaN) : Number.NaN;
  if (typeof value !== 'string') return Number.NaN;
  if (/^\d+(?:\.\d+)?$/.test(value)) return parseDuration(value) ?? Number.NaN;
  if (!DURATION.test(value)) return Number.NaN;
  return value.match(PARTS)!.reduce((sum, part) => sum + (parseDuration(part) ?? Number.NaN), 0);
}

/** Of the Gregorian calendar. */
function daysSince1970(year: number, month: number, day: number): number {
  // Years begin in March here, so that the leap day is their last.
  const shifted = month > 2 ? year : year - 1;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + ofYear - 719_468;
}
