import { ScenarioError } from '../base/errors.ts';
import type { PlannedRun } from './planned-run.ts';

/** One part of a plan that is divided among several processes: part `index`, from 1, of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Reads `2/5`, the second of five parts.
 *
 * @throws ScenarioError if it is none.
 */
export function readShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text.trim());
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || index > count) {
    throw new ScenarioError(`--shard ${text}: expected which of how many, such as 1/4 to 4/4`);
  }
  return { index, count };
}

/** Gives the runs of one part: in order of id, every so manieth, so that no part has all the long ones. */
export function shardOf(runs: readonly PlannedRun[], { index, count }: Shard): PlannedRun[] {
  const ids = runs.map(({ id }) => id).sort();
  const own = new Set(ids.filter((_, i) => i % count === index - 1));
  return runs.filter(({ id }) => own.has(id));
}
