/** What became of one case. */
export interface CaseOutcome {
  /** Name of the file, without `.json`. */
  readonly file: string;
  /** The case's own id; `*` for a file as a whole. */
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'declined';
  /** What was checked and what was declined with the reason; of a failed case every mismatch. */
  readonly detail: string;
}

const WORDS = { passed: 'ok', failed: 'FAILED', declined: 'declined' } as const;

/** Gives the line that is printed of a case. */
export function formatOutcome({ file, id, status, detail }: CaseOutcome): string {
  return `${WORDS[status]} ${file}/${id}  ${detail}`;
}

/** Gives the line that is printed after the last case. */
export function formatCount(outcomes: readonly CaseOutcome[]): string {
  const { passed, declined, failed } = countOutcomes(outcomes);
  return `${outcomes.length} cases: ${passed} ok, ${declined} declined, ${failed} failed`;
}

export function countOutcomes(outcomes: readonly CaseOutcome[]): Record<CaseOutcome['status'], number> {
  const counts = { passed: 0, failed: 0, declined: 0 };
  for (const { status } of outcomes) counts[status]++;
  return counts;
}
