import { type CaseForm, openCases } from '../case-form.ts';
import { CaseError, type Fields } from '../fields.ts';
import type { TraceFolder } from '../trace-folder.ts';
import type { Verdict } from '../verdict.ts';
import { backfillingStudy } from './backfilling-study.ts';
import { canonical } from './canonical.ts';
import { windows } from './windows.ts';

/** Figures that papers and programs have published of logs. */
export const published: CaseForm = {
  base: 'published',
  open: (document, { traces }) => openCases(document, 'cases', (one, verdict) => check(one, verdict, traces)),
};

function check(one: Fields, verdict: Verdict, traces: TraceFolder): Promise<void> {
  one.prose('id', 'status', 'source', 'note');
  if (one.has('windowStarts')) return windows(one, verdict, traces);
  if (one.has('published')) return backfillingStudy(one, verdict, traces);
  if (one.has('values')) return canonical(one, verdict, traces);
  throw new CaseError('no form of a published result that is known');
}
