/** What became of one case. */
export interface CaseOutcome {
  /** Name of the file, without `.json`. */
  readonly file: string;
  /** The case's own id; `*` for a file as a whole. */
  readonly id: string;
  /** Skipped is a case that needs a log which is not there. */
  readonly status: 'passed' | 'failed' | 'declined' | 'skipped';
  /** What was checked and what was declined with the reason; of a failed case every mismatch; of a skipped one what it lacks. */
  readonly detail: string;
}

const WORDS = { passed: 'ok', failed: 'FAILED', declined: 'declined', skipped: 'skipped' } as const;

/** Gives the line that is printed of a case. */
export function formatOutcome({ file, id, status, detail }: CaseOutcome): string {
  return `${WORDS[status]} ${file}/${id}  ${detail}`;
}

/** Gives the line that is printed after the last case. */
export function formatCount(outcomes: readonly CaseOutcome[]): string {
  const { passed, declined, skipped, failed } = countOutcomes(outcomes);
  return `${outcomes.length} cases: ${passed} ok, ${declined} declined, ${skipped} skipped, ${failed} failed`;
}

export function countOutcomes(outcomes: readonly CaseOutcome[]): Record<CaseOutcome['status'], number> {
  const counts = { passed: 0, failed: 0, declined: 0, skipped: 0 };
  for (const { status } of outcomes) counts[status]++;
  return counts;
}
