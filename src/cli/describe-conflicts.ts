import type { Conflict } from '../experiment/run-ledger.ts';
import type { DoneRecord } from '../experiment/run-record.ts';
import { nameOf } from './carry-out.ts';
import { ExitCode } from './exit-code.ts';
import { tell } from './output.ts';

/** Conflicts that are told one by one. */
const TOLD = 10;

/** Says which runs were done twice with different results; gives the exit code. */
export function describeConflicts(conflicts: readonly Conflict[], where: string): number {
  for (const { run, first, second } of conflicts.slice(0, TOLD)) {
    tell(`run ${run.slice(0, 12)} ${nameOf(first)} came out differently:`);
    tell(differenceOf(first, second));
  }
  const count = conflicts.length === 1 ? 'a run was done' : `${conflicts.length} runs were done`;
  tell(`${where}: ${count} twice with different results; remove the wrong ones before going on`);
  return ExitCode.notReproducible;
}

/** Where the digests are the same, somebody has changed figures. */
function differenceOf(first: DoneRecord, second: DoneRecord): string {
  if (first.digest !== second.digest) return `  ${first.digest}\n  ${second.digest}`;
  const names = Object.keys({ ...first.metrics, ...second.metrics });
  const other = names.filter((name) => first.metrics[name] !== second.metrics[name]);
  if (other.length === 0) return `  the same digest ${first.digest}, but other facts beside it`;
  const [name] = other as [string];
  const more = other.length === 1 ? '' : `, and ${other.length - 1} more`;
  return `  the same digest, but ${name} is ${first.metrics[name]} and ${second.metrics[name]}${more}`;
}
