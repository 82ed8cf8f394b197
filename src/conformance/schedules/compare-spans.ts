import type { Fields } from '../fields.ts';
import type { Span } from '../pool-run.ts';
import type { Verdict } from '../verdict.ts';

/** Holds the [start, end] of every job against `schedule`, by name; jobs that only one side has are mismatches. */
export function compareSpans(what: string, spans: ReadonlyMap<string, Span>, schedule: Fields, verdict: Verdict): void {
  for (const name of spans.keys())
    if (!schedule.keys.includes(name)) verdict.fail(`${what}: ${name} ran, but is not listed`);
  for (const name of schedule.keys) {
    const expected = schedule.list(name);
    const span = spans.get(name);
    if (span === undefined) verdict.fail(`${what}: ${name} did not end`);
    else verdict.nearList(`${what} ${name}`, span, expected);
  }
}
