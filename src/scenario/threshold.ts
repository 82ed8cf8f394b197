import { parseDuration, toSeconds } from '../base/time.ts';

/** How a metric's value is compared with a threshold's. */
export type Comparison = '>=' | '>' | '<=' | '<' | '==';

/** What a metric's value must satisfy for a run to pass; a duration is kept in seconds, as metrics are. */
export interface Threshold {
  readonly comparison: Comparison;
  readonly value: number;
}

const THRESHOLD = /^\s*(>=|>|<=|<|==)\s*([^\s=<>].*)$/s;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Reads `<comparison> <number>` such as `>= 0.9` or `< 5m`; null when `text` is something else. */
export function parseThreshold(text: string): Threshold | null {
  const match = THRESHOLD.exec(text);
  if (match === null) return null;
  const value = readNumber(match[2]!.trimEnd());
  return value === null ? null : { comparison: match[1] as Comparison, value };
}

function readNumber(text: string): number | null {
  if (NUMBER.test(text)) return Number.isFinite(Number(text)) ? Number(text) : null;
  const time = parseDuration(text);
  return time === null ? null : toSeconds(time);
}
