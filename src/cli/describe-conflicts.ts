import type { Conflict } from '../experiment/run-ledger.ts';
import { ExitCode } from './exit-code.ts';
import { tell } from './output.ts';

/** Conflicts that are told one by one. */
const TOLD = 10;

/** Says which runs were done twice with different results; gives the exit code. */
export function describeConflicts(conflicts: readonly Conflict[], where: string): number {
  for (const { run, first, second } of conflicts.slice(0, TOLD)) {
    const settings = Object.keys(first.settings).length === 0 ? '' : `, ${JSON.stringify(first.settings)}`;
    tell(`run ${run.slice(0, 12)} (${first.label}, seed ${first.seed}${settings}) came out differently:`);
    tell(`  ${first.digest}\n  ${second.digest}`);
  }
  const count = conflicts.length === 1 ? 'a run was done' : `${conflicts.length} runs were done`;
  tell(`${where}: ${count} twice with different results; remove the wrong ones before going on`);
  return ExitCode.notReproducible;
}
