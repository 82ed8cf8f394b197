import { ScenarioError } from '../base/errors.ts';

/** Most seeds of one experiment; a mistyped range should not fill the memory. */
const MOST = 1_000_000;

const WHOLE = /^(?:0|[1-9]\d*)$/;

/**
 * Reads which seeds to run: `30` (as many, counted up from `first` where that is a whole number), `1..30` (a range with
 * both ends), or a list such as `3,17,heavy` (of one: `heavy,`).
 *
 * @throws ScenarioError if it is none of these, or a seed stands in it twice.
 */
export function readSeeds(text: string, first: string): string[] {
  const trimmed = text.trim();
  if (WHOLE.test(trimmed)) return count(Number(trimmed), first, text);
  const range = /^(\d+)\.\.(\d+)$/.exec(trimmed);
  const seeds = range === null ? list(trimmed, text) : fromTo(BigInt(range[1]!), BigInt(range[2]!), text);
  const twice = seeds.find((seed, i) => seeds.indexOf(seed) < i);
  if (range === null && twice !== undefined) throw refuse(text, `seed ${twice} stands in it twice`);
  return seeds;
}

function count(number: number, first: string, text: string): string[] {
  if (number < 1 || number > MOST) throw refuse(text, `there must be 1 to ${MOST} seeds`);
  if (!WHOLE.test(first)) return Array.from({ length: number }, (_, i) => (i === 0 ? first : `${first}-${i + 1}`));
  return fromTo(BigInt(first), BigInt(first) + BigInt(number - 1), text);
}

function fromTo(low: bigint, high: bigint, text: string): string[] {
  if (high < low) throw refuse(text, 'the range ends before it begins');
  if (high - low >= BigInt(MOST)) throw refuse(text, `there must be 1 to ${MOST} seeds`);
  return Array.from({ length: Number(high - low) + 1 }, (_, i) => String(low + BigInt(i)));
}

function list(trimmed: string, text: string): string[] {
  const seeds = trimmed
    .replace(/,$/, '')
    .split(',')
    .map((seed) => seed.trim());
  if (seeds.some((seed) => seed === '')) throw refuse(text, 'expected how many, a range or a list: 30, 1..30 or 3,17');
  if (!trimmed.includes(',')) throw refuse(text, `for this one seed write --seeds ${text},`);
  return seeds;
}

function refuse(text: string, message: string): ScenarioError {
  return new ScenarioError(`--seeds ${text}: ${message}`);
}
