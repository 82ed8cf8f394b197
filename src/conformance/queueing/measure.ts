import { CaseError } from '../fields.ts';
import type { Answer, Expectations } from './expectations.ts';

/** Jobs of the first attempt, and of the last that is made. */
export const FIRST = 300_000;
const MOST = 100_000_000;

/**
 * Repeats a measurement with more and more jobs until its estimates are narrow enough for what is expected.
 *
 * Each attempt begins anew with the same chance, so a longer one has the shorter one as its beginning.
 *
 * @throws CaseError if that takes too many jobs.
 */
export async function measure(
  expectations: Expectations,
  attempt: (jobs: number) => Promise<Readonly<Record<string, Answer>>>,
  first = FIRST,
): Promise<Map<string, Answer>> {
  for (let jobs = first; jobs <= MOST; ) {
    const answers = new Map(Object.entries(await attempt(jobs)));
    const width = expectations.width(answers);
    if ((globalThis as any).SEED) console.log("    n", jobs, width.toFixed(2));
    if (width <= 1) return answers;
    // The width falls with the root of the number of jobs; the margin saves a third attempt.
    jobs = Math.ceil(jobs * Math.min(10, Math.max(1.3, width * width * 1.2)));
  }
  throw new CaseError(`${MOST} jobs do not suffice to measure ${expectations.names.join(', ')}`);
}
