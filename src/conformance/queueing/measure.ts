import { CaseError } from '../fields.ts';
import type { Answer, Expectations } from './expectations.ts';

/** Jobs of the first attempt, and of the last that is made. */
export const FIRST = 100_000;
const MOST = 200_000_000;

/** A mismatch has to stand up to a run so many times as long. */
const CONFIRMATION = 4;

/**
 * Repeats a measurement with more and more jobs until its estimates are narrow enough for what is expected.
 *
 * Each attempt begins anew with the same chance, so a longer one has the shorter one as its beginning. Of a thousand
 * estimates one or two lie off by more than is allowed by chance alone, and a case may have ten; so what seems wrong is
 * measured once more, with twice the precision, and that counts.
 *
 * @throws CaseError if it takes too many jobs.
 */
export async function measure(
  expectations: Expectations,
  attempt: (jobs: number) => Promise<Readonly<Record<string, Answer>>>,
  first = FIRST,
): Promise<Map<string, Answer>> {
  for (let jobs = Math.ceil(first); jobs <= MOST; ) {
    const answers = new Map(Object.entries(await attempt(jobs)));
    const width = expectations.width(answers);
    console.log(jobs, width.toFixed(2), expectations.bad(answers));
    if (width <= 1 && expectations.fit(answers)) return answers;
    if (width <= 1) return new Map(Object.entries(await attempt(jobs * CONFIRMATION)));
    // The width falls with the root of the number of jobs; the margin often saves a third attempt.
    jobs = Math.ceil(jobs * Math.min(10, Math.max(1.3, width * width * 1.2)));
  }
  throw new CaseError(`${MOST} jobs do not suffice to measure ${expectations.names.join(', ')}`);
}
