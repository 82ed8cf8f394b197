import type { Hasher } from '../base/hasher.ts';
import { digestOf } from './planned-run.ts';
import { type DoneRecord, essenceOf } from './run-record.ts';

/** Gives one SHA-256 over what came of some runs, whatever the order in which they were done, and by whom. */
export function resultsDigest(records: readonly DoneRecord[], sha256: () => Hasher): string {
  const lines = records.map((record) => `${record.run} ${digestOf(essenceOf(record), sha256)}`);
  return digestOf(lines.sort().join('\n'), sha256);
}
