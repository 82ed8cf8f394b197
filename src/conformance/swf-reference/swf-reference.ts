import { type CaseForm, openCases } from '../case-form.ts';
import { CaseError, type Fields } from '../fields.ts';
import { compareFigures } from '../logs/figures.ts';
import { findByPath } from '../logs/find-log.ts';
import { openLog } from '../logs/open-log.ts';
import { policyOf, runLog } from '../logs/run-log.ts';
import type { TraceFolder } from '../trace-folder.ts';
import type { Verdict } from '../verdict.ts';

/** Decimals with which the file prints means. */
const DECIMALS = 9;

const ESTIMATE_RULES: readonly string[] = ['kill', 'extend'] satisfies EstimateRule[];
type EstimateRule = 'kill' | 'extend';

/** Schedules of real logs on which independent programs agree: every start time, by their hash, and the figures. */
export const swfReference: CaseForm = {
  base: 'swf-reference',
  open: (document, { traces }) => {
    document.prose('rules');
    return openCases(document, 'cases', (one, verdict) => check(one, verdict, traces));
  },
};

/**
 * The file's own rule of reading is that of our reader: requested processors, else allocated; the estimate, else the run
 * time; negative times and jobs without processors left out; the rest in order of submission, from the first that fits.
 */
async function check(one: Fields, verdict: Verdict, traces: TraceFolder): Promise<void> {
  one.prose('id', 'agreeing', 'note');
  const policy = one.text('policy');
  const chosen = policyOf(policy);
  const rule = one.text('estimate_rule');
  if (!isEstimateRule(rule)) throw new CaseError(`unknown estimate rule \`${rule}\``);
  const processors = one.positive('procs');
  const file = findByPath(one.text('trace'), traces);
  const log = openLog(traces.open(file), processors, { zeroRunTime: 'keep', pastEstimate: rule, origin: 'zero' });
  compareFigures('', await runLog(log, chosen), one, verdict, DECIMALS);
  verdict.serve(policy);
}

function isEstimateRule(rule: string): rule is EstimateRule {
  return ESTIMATE_RULES.includes(rule);
}
