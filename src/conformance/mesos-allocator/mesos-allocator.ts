import { type CaseForm, type OpenCase, openCase, openCases } from '../case-form.ts';
import { CaseError, Fields } from '../fields.ts';
import { checkMasterCase } from '../mesos-master/master-cases.ts';
import type { Verdict } from '../verdict.ts';
import { actions } from './actions.ts';
import { AllocatorWorld, type Timing } from './allocator-world.ts';
import { expectations } from './expectations.ts';

const SEEDS = 8;
const TIMINGS: readonly Timing[] = ['eager', 'coalesced'];

/**
 * What the hierarchical allocator of Mesos offers, step by step, each case with 8 seeds and in every timing it states;
 * and what its master does.
 */
export const mesosAllocator: CaseForm = {
  base: 'mesos-allocator',
  open(document) {
    document.prose('meta', 'benchmarks', 'benchmarkParameters');
    return [
      ...(document.has('cases') ? openCases(document, 'cases', check) : []),
      ...(document.has('masterCases') ? openCases(document, 'masterCases', checkMasterCase) : []),
      ...unserved(document, 'notSupportedUpstream', 'not-supported-upstream', 'sourceTest'),
    ];
  },
};

function check(one: Fields, verdict: Verdict): void {
  one.prose('sourceTest', 'description', 'tags', 'derived', 'notes', 'note');
  const flags = one.has('flags') ? one.fields('flags') : null;
  const steps = one.items('steps');
  for (const timing of timingsOf(one)) {
    verdict.serve(timing);
    for (let seed = 0; seed < SEEDS; seed++) {
      const world = new AllocatorWorld(flags, timing, seed);
      for (const [i, step] of steps.entries()) takeStep(step, world, verdict, `${timing} seed ${seed} step ${i}`);
    }
  }
}

function takeStep(step: Fields, world: AllocatorWorld, verdict: Verdict, where: string): void {
  const op = step.text('op');
  const at = `${where} ${op}`;
  const act = Object.hasOwn(actions, op) ? actions[op] : Object.hasOwn(expectations, op) ? expectations[op] : undefined;
  if (act === undefined) throw new CaseError(`${where}: unknown operation \`${op}\``);
  step.prose('note', 'comment');
  act({ step, world, verdict, at });
}

function timingsOf(one: Fields): readonly Timing[] {
  if (!one.has('validUnder')) return TIMINGS;
  return one.texts('validUnder').map((name) => {
    const timing = TIMINGS.find((each) => each === name);
    if (timing === undefined) throw new CaseError(`unknown timing \`${name}\``);
    return timing;
  });
}

/** Cases of a list that nothing here serves: each must be declined, by its category. */
function unserved(document: Fields, key: string, category: string, idKey: string): OpenCase[] {
  if (!document.has(key)) return [];
  return document.list(key).map((value, i) => {
    const one = new Fields(value, `${key}.${i}`);
    return openCase(one.text(idKey), { ...(value as OpenCase['raw']), category }, one, () => {
      throw new CaseError(`${key} are not served`);
    });
  });
}
