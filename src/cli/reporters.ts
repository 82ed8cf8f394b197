import { appendFileSync } from 'node:fs';
import { ScenarioError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import type { CheckReport } from '../report/check-report.ts';
import { githubAnnotations } from '../report/github.ts';
import { junit } from '../report/junit.ts';
import { markdown } from '../report/markdown.ts';
import { print } from './output.ts';
import { writeText } from './write-text.ts';

const KINDS = ['pretty', 'json', 'junit', 'github', 'markdown'] as const;
type Kind = (typeof KINDS)[number];

/** One form in which a result is told, to a file or to standard output. */
export interface Reporter {
  readonly kind: Kind;
  readonly file: string | null;
}

/**
 * Reads reporters such as `junit=results.xml`; pretty, or JSON where that is asked for, if there is none.
 *
 * @throws ScenarioError if one is unknown, or two would share standard output.
 */
export function readReporters(texts: readonly string[] = [], json = false): Reporter[] {
  const reporters = texts.map(readReporter);
  if (json) reporters.push({ kind: 'json', file: null });
  if (reporters.length === 0) return [{ kind: 'pretty', file: null }];
  const loud = reporters.filter(({ kind, file }) => file === null && kind !== 'github');
  if (loud.length > 1) {
    const names = loud.map(({ kind }) => kind).join(' and ');
    throw new ScenarioError(
      `${names} cannot share standard output: give all but one a file, as in --reporter junit=out.xml`,
    );
  }
  return reporters;
}

function readReporter(text: string): Reporter {
  const cut = text.indexOf('=');
  const [name, file] = cut < 0 ? [text, null] : [text.slice(0, cut), text.slice(cut + 1)];
  const kind = KINDS.find((known) => known === name);
  if (kind === undefined || file === '') {
    const hint = didYouMean(name, KINDS) ?? `known: ${KINDS.join(', ')}`;
    throw new ScenarioError(
      `--reporter ${text}: ${file === '' ? 'the file is missing' : `there is no such reporter (${hint})`}`,
    );
  }
  return { kind, file };
}

/** The forms of a result that each command makes itself. */
export interface Told {
  readonly report: CheckReport;
  readonly json: unknown;
  /** Made only where it is asked for. */
  readonly pretty: () => string;
}

/** Tells a result in every form that was asked for. */
export async function tellResult(reporters: readonly Reporter[], told: Told): Promise<void> {
  for (const { kind, file } of reporters) {
    const text = textOf(kind, told);
    if (kind === 'github') summarizeJob(told.report);
    if (file !== null) writeText(file, text);
    else if (kind === 'github') process.stderr.write(text);
    else await print(text);
  }
}

function textOf(kind: Kind, { report, json, pretty }: Told): string {
  switch (kind) {
    case 'pretty':
      return pretty();
    case 'json':
      return `${JSON.stringify(json, null, 2)}\n`;
    case 'junit':
      return junit(report);
    case 'github':
      return githubAnnotations(report);
    case 'markdown':
      return markdown(report);
  }
}

/** A job of GitHub Actions has a page of its own for what its steps want to show. */
function summarizeJob(report: CheckReport): void {
  const { GITHUB_STEP_SUMMARY: page } = process.env;
  if (page !== undefined && page !== '') appendFileSync(page, `${markdown(report)}\n`);
}
