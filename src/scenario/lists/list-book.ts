import { type Problem, ScenarioError } from '../../base/errors.ts';
import { tally } from '../../workload/workload-source.ts';
import { type ListAccount, openListAccount } from './list-account.ts';

/** Problems of one file that are told; of a file in another format, more would only repeat them. */
const MOST_PROBLEMS = 20;

/** Where a record of a list stands. */
export interface ListPlace {
  /** From 1. */
  readonly line: number;
}

/** Collects what becomes of the records of a list, and what is wrong with them. */
export class ListBook {
  readonly file: string;
  readonly account: ListAccount;
  readonly #problems: Problem[] = [];

  constructor(file: string, format: string) {
    this.file = file;
    this.account = openListAccount(file, format);
  }

  /** Adds something that is wrong with a record. */
  fault({ line }: ListPlace, message: string, suggestion?: string): void {
    const place = { file: this.file, line };
    this.#problems.push({ path: '', message, place, ...(suggestion !== undefined && { suggestion }) });
  }

  /** Counts a record that is left out. */
  skip(reason: string): void {
    tally(this.account.skipped, reason);
  }

  /** Counts a record that is used with something left aside. */
  note(what: string): void {
    tally(this.account.notes, what);
  }

  /** Throws a ScenarioError with what was found to be wrong, if anything was. */
  refuse(): void {
    if (this.#problems.length > 0) throw new ScenarioError(this.#problems.slice(0, MOST_PROBLEMS));
  }
}
