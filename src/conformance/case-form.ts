import { CaseError, Fields } from './fields.ts';
import type { TraceFolder } from './trace-folder.ts';
import type { Verdict } from './verdict.ts';

/** How a suite is run. */
export interface SuiteOptions {
  /** Narrower confidence for what is simulated: minutes instead of seconds. */
  readonly long: boolean;
  /** The logs that cases replay. */
  readonly traces: TraceFolder;
}

/** One case of a file, ready to be checked. */
export interface OpenCase {
  readonly id: string;
  readonly raw: Readonly<Record<string, unknown>>;
  /** Compares everything that the case expects; throws CaseError where it is not understood. */
  check(verdict: Verdict): Promise<void> | void;
}

/** What a driver exports: one form of case file. */
export interface CaseForm {
  /** The base name of its files. */
  readonly base: string;
  /** Gives the cases of a file in order; throws CaseError for a file that is of another form. */
  open(document: Fields, options: SuiteOptions): OpenCase[];
}

/** Opens each object of a list; whatever a check leaves unread fails the case. */
export function openCases(
  document: Fields,
  key: string,
  check: (one: Fields, verdict: Verdict) => Promise<void> | void,
): OpenCase[] {
  return document.list(key).map((value, i) => {
    const one = new Fields(value, '');
    if (!one.has('id')) throw new CaseError(`${key}.${i} has no id`);
    return openCase(one.text('id'), value as OpenCase['raw'], one, check);
  });
}

/** Makes a case of one object of the file. */
export function openCase(
  id: string,
  raw: OpenCase['raw'],
  one: Fields,
  check: (one: Fields, verdict: Verdict) => Promise<void> | void,
): OpenCase {
  return {
    id,
    raw,
    async check(verdict) {
      await check(one, verdict);
      for (const path of one.unread()) verdict.fail(`\`${path}\` was not understood`);
    },
  };
}
