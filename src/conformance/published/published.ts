import { type CaseForm, openCases, type SuiteOptions } from '../case-form.ts';
import { CaseError, type Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import { backfillingStudy } from './backfilling-study.ts';
import { canonical } from './canonical.ts';
import { gpuSharing } from './gpu-sharing.ts';
import { windows } from './windows.ts';

/** Figures that papers and programs have published of logs. */
export const published: CaseForm = {
  base: 'published',
  open: (document, options) => openCases(document, 'cases', (one, verdict) => check(one, verdict, options)),
};

function check(one: Fields, verdict: Verdict, { traces, long }: SuiteOptions): Promise<void> {
  one.prose('id', 'status', 'source', 'note');
  if (one.has('windowStarts')) return windows(one, verdict, traces);
  if (one.has('publishedMeanSd')) return gpuSharing(one, verdict, traces, long ? 10 : 2);
  if (one.has('published')) return backfillingStudy(one, verdict, traces);
  if (one.has('values')) return canonical(one, verdict, traces);
  throw new CaseError('no form of a published result that is known');
}
