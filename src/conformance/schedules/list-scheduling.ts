import { CaseError, type Fields } from '../fields.ts';
import { parseFraction } from '../fraction.ts';
import { runPool } from '../pool-run.ts';
import { CLOSE, type Verdict } from '../verdict.ts';
import { compareSpans } from './compare-spans.ts';
import { findPolicy } from './policies.ts';
import { servedRuns } from './served-runs.ts';

/**
 * Tasks on identical processors in the order of a list; also that no run beats the optimum or breaks Graham's bound.
 *
 * @see Graham, Bounds on Multiprocessing Timing Anomalies, SIAM Journal on Applied Mathematics 17(2), 1969
 */
export async function listScheduling(one: Fields, verdict: Verdict): Promise<void> {
  if (one.has('precedence') && one.list('precedence').length > 0) throw new CaseError('precedence is not served');
  const processors = one.fraction('processors');
  const tasks = one.fields('tasks');
  const lengths = new Map(tasks.keys.map((name) => [name, tasks.number(name)]));
  const list = one.texts('list');
  const missing = [...lengths.keys()].filter((name) => !list.includes(name));
  if (missing.length > 0) throw new CaseError(`the list lacks ${missing.join(', ')}`);
  const jobs = list.map((name) => {
    const run = lengths.get(name);
    if (run === undefined) throw new CaseError(`the list names ${name}, which is no task`);
    return { name, framework: 'tasks', submit: 0, run, demand: [parseFraction(1)!] };
  });
  const optimum = one.has('optimalMakespan') ? one.number('optimalMakespan') : null;
  const bound = one.has('boundValue') ? one.number('boundValue') : null;
  if (one.has('grahamBound')) checkBound(one.text('grahamBound'), Number(processors.top), optimum, bound, verdict);
  for (const { policy, run } of servedRuns(one, 'list-scheduling', verdict)) {
    const chosen = policy === 'list' ? findPolicy('fcfs') : findPolicy(policy);
    if (chosen === null) throw new CaseError(`unknown policy \`${policy}\``);
    const { spans, metrics } = await runPool({ resources: ['cpus'], capacity: [processors], jobs, ...chosen });
    const makespan = metrics['makespan'] ?? Number.NaN;
    if (run.has('schedule')) compareSpans(policy, spans, run.fields('schedule'), verdict);
    const expected = run.fields('metrics');
    for (const key of expected.keys) {
      if (key === 'makespan') verdict.near(`${policy} makespan`, makespan, expected.raw(key));
      else verdict.fail(`${policy} ${key}: there is no such metric`);
    }
    if (optimum !== null)
      verdict.holds(`${policy}: makespan ${makespan} >= the optimum ${optimum}`, makespan >= optimum);
    if (bound !== null)
      verdict.holds(`${policy}: makespan ${makespan} <= the bound ${bound}`, makespan <= bound + CLOSE);
  }
}

function checkBound(formula: string, m: number, optimum: number | null, bound: number | null, verdict: Verdict): void {
  if (formula !== '(2-1/m)*OPT') throw new CaseError(`unknown bound \`${formula}\``);
  if (optimum !== null && bound !== null) verdict.near('boundValue', (2 - 1 / m) * optimum, bound);
}
