import type { Problem } from '../base/errors.ts';
import { type CheckReport, checkLine } from './check-report.ts';

/** Gives the checks that failed as annotations of GitHub Actions, a line each. */
export function githubAnnotations({ title, checks, reproduce }: CheckReport): string {
  return checks
    .filter(({ pass }) => !pass)
    .map((check) => `::error title=${property(title)}::${message(`${checkLine(check)}\n${reproduce}`)}\n`)
    .join('');
}

/** Gives a problem of the user's input as an annotation at its place. */
export function githubProblem({ path, message: text, suggestion, place }: Problem): string {
  // What was typed on the command line has no place in a file.
  const where =
    place === undefined || place.file.startsWith('--')
      ? []
      : [['file', place.file] as const, ['line', place.line] as const, ['col', place.column] as const];
  const properties = where.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${property(String(value))}`],
  );
  const said = `${path === '' ? '' : `${path}: `}${text}${suggestion === undefined ? '' : ` (${suggestion})`}`;
  return `::error${properties.length === 0 ? '' : ` ${properties.join(',')}`}::${message(said)}`;
}

/** @see GitHub, Workflow commands for GitHub Actions: what must be escaped in messages and properties. */
function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
