import { type CaseForm, openCases } from '../case-form.ts';
import { CaseError, type Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import { allocation } from './allocation.ts';
import { allocationOverTime } from './allocation-over-time.ts';
import { binPacking } from './bin-packing.ts';
import { listScheduling } from './list-scheduling.ts';
import { preemptive } from './preemptive.ts';
import { rigidJobs } from './rigid-jobs.ts';

const CATEGORIES: Readonly<Record<string, (one: Fields, verdict: Verdict) => Promise<void>>> = {
  'rigid-jobs': rigidJobs,
  preemptive,
  'list-scheduling': listScheduling,
  'bin-packing': binPacking,
  allocation,
  'allocation-over-time': allocationOverTime,
};

/** Small schedules and divisions with full expected results, by category. */
export const schedules: CaseForm = {
  base: 'schedules',
  open: (document) => openCases(document, 'cases', check),
};

async function check(one: Fields, verdict: Verdict): Promise<void> {
  one.prose('title', 'note', 'source', 'verifiedBy');
  const category = one.text('category');
  const serve = Object.hasOwn(CATEGORIES, category) ? CATEGORIES[category] : undefined;
  if (serve === undefined) throw new CaseError(`unknown category \`${category}\``);
  await serve(one, verdict);
}
