import { readSwfHeader } from '../../workload/readers/swf-header.ts';
import { CaseError, type Fields } from '../fields.ts';
import { compareFigures } from '../logs/figures.ts';
import { findByName } from '../logs/find-log.ts';
import { firstJobs, openLog } from '../logs/open-log.ts';
import { policyOf, runLog } from '../logs/run-log.ts';
import type { TraceFolder } from '../trace-folder.ts';
import type { Verdict } from '../verdict.ts';

/** The log, and how many of its jobs. */
const ID = /^(.+?)-canonical-(full|\d+)(?:-|$)/;
const CONVENTION = /^(completions, arrivals, one pass per instant|as above)(;|$)/;

/** Policy by policy the figures of a log, or of its first jobs, under the conventions that are ours. */
export async function canonical(one: Fields, verdict: Verdict, traces: TraceFolder): Promise<void> {
  const match = ID.exec(one.text('id'));
  if (match === null) throw new CaseError('no log and number of jobs in this id');
  const convention = one.text('convention');
  if (!CONVENTION.test(convention)) throw new CaseError(`unknown convention \`${convention}\``);
  const [, name, jobs] = match;
  const values = one.fields('values');
  const chosen = values.keys.map((policy) => ({ policy, allocator: policyOf(policy) }));
  const file = findByName(name!, traces);
  const processors = await processorsOf(file, traces);
  for (const { policy, allocator } of chosen) {
    const whole = openLog(traces.open(file), processors, {
      zeroRunTime: 'skip',
      pastEstimate: 'kill',
      origin: 'zero',
    });
    const log = jobs === 'full' ? whole : firstJobs(whole, Number(jobs));
    compareFigures(policy, await runLog(log, allocator), values.fields(policy), verdict);
    verdict.serve(policy);
  }
}

async function processorsOf(file: string, traces: TraceFolder): Promise<number> {
  const header = await readSwfHeader(traces.open(file));
  const processors = Number(header['MaxProcs'] ?? header['MaxNodes']);
  if (!(processors > 0)) throw new CaseError(`the header of ${file} does not say how many processors there are`);
  return processors;
}
