import { parseDuration, toSeconds } from '../base/time.ts';

const RATE = /^\s*((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*\/\s*([a-z]+)\s*$/i;

/**
 * Reads a rate such as `0.5/s` or `30/h`; a bare number is per second.
 *
 * @returns events per second, above 0, or from 0 where that will do; null when `text` is no such rate.
 */
export function parseRate(text: string | number, least: 'above-zero' | 'or-zero' = 'above-zero'): number | null {
  const rate = typeof text === 'number' ? text : perSecond(text);
  const isEnough = least === 'or-zero' ? rate >= 0 : rate > 0;
  return isEnough && Number.isFinite(rate) ? rate : null;
}

function perSecond(text: string): number {
  const match = RATE.exec(text);
  const period = match === null ? null : parseDuration(`1${match[2]}`);
  return period === null ? Number.NaN : Number(match![1]) / toSeconds(period);
}
