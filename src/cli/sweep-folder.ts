import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { type PlanFile, parsePlanFile } from '../experiment/plan-file.ts';
import { RunLedger } from '../experiment/run-ledger.ts';
import type { Shard } from '../experiment/shard.ts';
import { makeFolder } from '../platform/folder.ts';
import { LineLog } from '../platform/line-log.ts';
import { tell } from './output.ts';

const REASONS = { ENOENT: 'there is no such file', ENOTDIR: 'this is no folder' };
const RUNS = /^runs(-\d+-of-\d+)?\.jsonl$/;

/** Reads the records of a folder into a ledger: those of `runs.jsonl` and of all shards. */
export function readRuns(folder: string, ledger = new RunLedger()): RunLedger {
  if (!existsSync(folder)) return ledger;
  for (const name of attempt(folder, () => readdirSync(folder))
    .filter((file) => RUNS.test(file))
    .sort()) {
    const path = join(folder, name);
    ledger.readLines(attempt(path, () => readFileSync(path, 'utf8')));
  }
  return ledger;
}

/**
 * Reads the plan of a folder.
 *
 * @throws ScenarioError if it has none.
 */
export function readPlanFile(folder: string): PlanFile {
  const path = join(folder, 'plan.json');
  return parsePlanFile(
    attempt(path, () => readFileSync(path, 'utf8')),
    path,
  );
}

/** Opens the file that records of a process are appended to. */
export function openRuns(folder: string, shard: Shard | null): LineLog {
  makeFolder(folder);
  const name = shard === null ? 'runs.jsonl' : `runs-${shard.index}-of-${shard.count}.jsonl`;
  return new LineLog(join(folder, name));
}

/** Replaces a file of a folder at one stroke, so that nobody ever sees a half of it. */
export function replaceFile(folder: string, name: string, text: string): void {
  makeFolder(folder);
  const path = join(folder, name);
  const draft = `${path}.${process.pid}.new`;
  attempt(path, () => {
    writeFileSync(draft, text);
    renameSync(draft, path);
  });
}

/** Says how many lines were no records, and what becomes of them. */
export function tellDamage({ unreadable }: RunLedger, remedy = ''): void {
  if (unreadable === 0) return;
  const lines = unreadable === 1 ? 'a line of results was' : `${unreadable} lines of results were`;
  tell(`${lines} cut off or damaged${remedy}`);
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = REASONS[code as keyof typeof REASONS] ?? message;
    throw new ScenarioError(reason, { file: path });
  }
}
