import { type CaseForm, type OpenCase, openCase, openCases } from '../case-form.ts';
import { CaseError, Fields } from '../fields.ts';
import { drf, findMechanism, type Mechanism } from '../mechanisms.ts';
import type { Verdict } from '../verdict.ts';
import { compareDivision, usefulTasks } from './compare-division.ts';
import { discreteFilling } from './discrete-filling.ts';
import { otherExample } from './other-examples.ts';
import { asNumbers, changeWorld, indexOf, type PooledWorld, readWorld, tellLie } from './pooled-world.ts';
import { propertyTable } from './property-table.ts';

/** The worked examples of the DRF paper. */
export const drfPaper: CaseForm = {
  base: 'drf-paper',
  open(document) {
    const meta = document.has('meta') ? document.fields('meta') : new Fields({}, 'meta');
    meta.prose('title', 'paper', 'note', 'source', 'about');
    const tolerance = meta.has('tolerance') ? meta.number('tolerance') : 0;
    const cases: OpenCase[] = [];
    if (document.has('cases'))
      cases.push(...openCases(document, 'cases', (one, verdict) => example(one, verdict, tolerance)));
    if (document.has('otherExamples')) {
      cases.push(...openCases(document, 'otherExamples', (one, verdict) => otherExample(one, verdict, tolerance)));
    }
    if (document.has('propertyTable')) {
      const raw = document.raw('propertyTable') as OpenCase['raw'];
      cases.push(openCase('property-table', raw, new Fields(raw, ''), propertyTable));
    }
    return cases;
  },
};

async function example(one: Fields, verdict: Verdict, tolerance: number): Promise<void> {
  one.prose('title', 'paper', 'status', 'note', 'lp');
  const world = readWorld(one);
  const policy = one.text('policy');
  if (policy === 'DRF discrete') {
    verdict.serve('drf');
    const keys = { picks: 'expectedPicks', tasks: 'expectedTasks', rows: 'expectedRows' };
    return discreteFilling(world, one, keys, { verdict, tolerance });
  }
  const mechanism = findMechanism(policy);
  verdict.serve(mechanism.name);
  const before = divide(mechanism, world);
  compareDivision('expected', one.fields('expected'), world, before, { verdict, tolerance });
  if (one.has('drf')) {
    verdict.serve(drf.name);
    compareDivision('drf', one.fields('drf'), world, divide(drf, world), { verdict, tolerance });
  }
  if (one.has('change')) {
    const changed = changeWorld(world, one.fields('change'));
    const after = divide(mechanism, changed);
    compareDivision('expectedAfter', one.fields('expectedAfter'), changed, after, { verdict, tolerance });
  }
  if (one.has('lie')) compareLie(one, mechanism, world, before, { verdict, tolerance });
  if (one.has('discrete')) {
    verdict.serve('drf');
    await discreteFilling(world, one.fields('discrete'), { picks: 'picks', tasks: 'tasks' }, { verdict, tolerance });
  }
}

function compareLie(
  one: Fields,
  mechanism: Mechanism,
  world: PooledWorld,
  before: readonly number[],
  how: { verdict: Verdict; tolerance: number },
): void {
  const lie = one.fields('lie');
  const claimed = tellLie(world, lie);
  const after = divide(mechanism, claimed);
  compareDivision('expectedAfterLie', one.fields('expectedAfterLie'), claimed, after, { ...how, truth: world });
  if (!one.has('assertion')) return;
  const user = /^tasks of user (\S+) after the lie <= before$/.exec(one.text('assertion'))?.[1];
  if (user === undefined) throw new CaseError('assertion: expected `tasks of user … after the lie <= before`');
  const u = indexOf(world, user);
  how.verdict.holds(one.text('assertion'), usefulTasks(claimed, after, world)[u]! <= before[u]! + 1e-9);
}

function divide(mechanism: Mechanism, world: PooledWorld): readonly number[] {
  const { capacity, users } = asNumbers(world);
  return mechanism.divide(capacity, users);
}
