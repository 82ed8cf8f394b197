import { dominantShare } from '../../fairness/dominant-share.ts';
import type { Fields } from '../fields.ts';
import { toNumber } from '../fraction.ts';
import { drf } from '../mechanisms.ts';
import type { Verdict } from '../verdict.ts';
import { compareDivision } from './compare-division.ts';
import { asNumbers, indexOf, readAmounts, readCapacity, readWorld } from './pooled-world.ts';

/** Small examples from elsewhere: one user's share, or continuous DRF over one pool or over agents that are pooled. */
export function otherExample(one: Fields, verdict: Verdict, tolerance: number): void {
  one.prose('title', 'paper', 'status', 'note', 'source');
  if (one.has('allocation')) {
    shareOfAllocation(one, verdict, tolerance);
    return;
  }
  verdict.serve(drf.name);
  if (one.has('pooled')) checkPool(one, verdict, tolerance);
  const world = readWorld(one, one.has('pooled') ? 'pooled' : 'capacity');
  const { capacity, users } = asNumbers(world);
  const tasks = drf.divide(capacity, users);
  if (one.has('expected')) compareDivision('expected', one.fields('expected'), world, tasks, { verdict, tolerance });
  if (!one.has('expectedContinuous')) return;
  const expected = one.fields('expectedContinuous');
  for (const name of expected.keys) {
    verdict.near(`expectedContinuous.${name}`, tasks[indexOf(world, name)]!, expected.raw(name), tolerance);
  }
}

function shareOfAllocation(one: Fields, verdict: Verdict, tolerance: number): void {
  verdict.serve('dominant share');
  const { resources, capacity } = readCapacity(one.fields('capacity'));
  const totals = capacity.map(toNumber);
  const held = readAmounts(one.fields('allocation'), resources).map(toNumber);
  const expected = one.fields('expected');
  const share = dominantShare(held, totals);
  if (expected.has('dominantShare')) verdict.near('dominantShare', share, expected.raw('dominantShare'), tolerance);
  if (!expected.has('dominantResource')) return;
  const r = held.findIndex((amount, i) => totals[i]! > 0 && amount / totals[i]! === share);
  verdict.same('dominantResource', resources[r], expected.text('dominantResource'));
}

/** The pool is the sum of its agents. */
function checkPool(one: Fields, verdict: Verdict, tolerance: number): void {
  const pooled = one.fields('pooled');
  const agents = one.items('capacityPerAgent');
  for (const resource of pooled.keys) {
    const sum = agents.reduce((total, agent) => total + agent.number(resource), 0);
    verdict.near(`pooled.${resource}`, sum, pooled.raw(resource), tolerance);
  }
}
