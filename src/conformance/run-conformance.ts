import type { CaseForm, OpenCase, SuiteOptions } from './case-form.ts';
import type { CaseOutcome } from './case-outcome.ts';
import { whyCaseDeclined, whyFileDeclined } from './declined.ts';
import { Fields } from './fields.ts';
import { baseNameOf, forms, stemOf } from './forms.ts';
import { MissingTrace, noTraces } from './trace-folder.ts';
import { Verdict } from './verdict.ts';

/** A case file as it was read. */
export interface CaseFile {
  readonly name: string;
  readonly text: string;
}

export interface ConformanceOptions extends Partial<SuiteOptions> {
  /** Is told of each outcome as it comes. */
  readonly onOutcome?: (outcome: CaseOutcome) => void;
}

/**
 * Runs every case of the files through the engine and compares all that each expects.
 *
 * A file, a category, a policy or a key that is not known fails, unless the table of what is declined names it. A case
 * whose log is not there is skipped.
 */
export async function runConformance(
  files: readonly CaseFile[],
  options: ConformanceOptions = {},
): Promise<CaseOutcome[]> {
  const { long = false, traces = noTraces } = options;
  const outcomes: CaseOutcome[] = [];
  for (const file of files) {
    for await (const outcome of runFile(file, { long, traces })) {
      options.onOutcome?.(outcome);
      outcomes.push(outcome);
    }
  }
  return outcomes;
}

async function* runFile({ name, text }: CaseFile, options: SuiteOptions): AsyncGenerator<CaseOutcome> {
  const file = stemOf(name);
  const fail = (detail: string): CaseOutcome => ({ file, id: '*', status: 'failed', detail });
  const base = baseNameOf(name);
  if (base === null) {
    yield fail('no form of case file has this name');
    return;
  }
  try {
    const document: unknown = JSON.parse(text);
    const reason = whyFileDeclined(base);
    if (reason !== null) {
      for (const id of idsOf(document)) yield { file, id, status: 'declined', detail: reason };
      return;
    }
    const fields = new Fields(document, '');
    const cases = openFile(forms.find((form) => form.base === base)!, fields, options);
    if (cases.length === 0) yield fail('there is no case in it');
    const unread = fields.unread();
    if (unread.length > 0) yield fail(`${unread.map((path) => `\`${path}\``).join(', ')} was not understood`);
    for (const one of cases) yield { file, id: one.id, ...(await runCase(base, one)) };
  } catch (error) {
    yield fail(messageOf(error));
  }
}

function openFile(form: CaseForm, document: Fields, options: SuiteOptions): OpenCase[] {
  document.prose('about', 'title', 'source', 'note', 'notes');
  return form.open(document, options);
}

async function runCase(base: string, one: OpenCase): Promise<Pick<CaseOutcome, 'status' | 'detail'>> {
  const reason = whyCaseDeclined(base, one.id, one.raw);
  if (reason !== null) return { status: 'declined', detail: reason };
  const verdict = new Verdict();
  try {
    await one.check(verdict);
  } catch (error) {
    if (error instanceof MissingTrace) verdict.skip(error.message);
    else verdict.fail(messageOf(error));
  }
  return verdict.close();
}

/** Ids of the cases of a file that is declined as a whole; `*` where it has none. */
function idsOf(document: unknown): string[] {
  const cases: unknown = (document as { cases?: unknown } | null)?.cases;
  if (!Array.isArray(cases) || cases.length === 0) return ['*'];
  return cases.map((one: { id?: unknown } | null) => String(one?.id ?? '*'));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error);
}
