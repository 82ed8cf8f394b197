import { openStream, type Random } from '../../base/random.ts';
import { CaseError, type Fields } from '../fields.ts';
import { findMechanism, type Mechanism } from '../mechanisms.ts';
import type { Verdict } from '../verdict.ts';
import { PROPERTIES } from './properties.ts';

/** Instances that each property is tried on. */
const TRIALS = 400;

/**
 * The table of which mechanism has which property: `false` must be witnessed by an instance that breaks it, `true` must
 * survive every instance of a seeded search.
 *
 * @see Ghodsi et al., NSDI 2011, section 6, table 2
 */
export function propertyTable(one: Fields, verdict: Verdict): void {
  one.prose('title', 'status', 'note');
  const columns = one.texts('columns');
  const mechanisms = columns.map(findMechanism);
  for (const { name } of mechanisms) verdict.serve(name);
  const rows = one.fields('rows');
  for (const property of rows.keys) {
    const expected = rows.list(property);
    if (expected.length !== columns.length) throw new CaseError(`rows.${property}: expected ${columns.length} answers`);
    const found = mechanisms.map((mechanism) => survives(property, mechanism));
    verdict.same(property, found, expected);
  }
}

function survives(name: string, mechanism: Mechanism): boolean {
  const property = PROPERTIES[name];
  if (property === undefined) throw new CaseError(`unknown property \`${name}\``);
  const random = openStream('conformance', `properties/${name}`);
  for (let trial = 0; trial < TRIALS; trial++) {
    if (!property.holds(mechanism, drawInstance(random, property.shape), random)) return false;
  }
  return true;
}

/** Two to four users of one to three resources, with whole demands from 1 to 16 and capacities from 20 to 120. */
function drawInstance(
  random: Random,
  shape: 'any' | 'single' | 'bottleneck',
): { capacity: number[]; demands: number[][] } {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const users = whole(2, 4);
  const resources = shape === 'single' ? 1 : shape === 'bottleneck' ? whole(2, 3) : whole(1, 3);
  const capacity = Array.from({ length: resources }, () => whole(20, 120));
  const demands = Array.from({ length: users }, () => {
    const demand = capacity.map(() => whole(1, 16));
    // Whoever shall have its bottleneck in the first resource demands more of that than of any other, in proportion.
    if (shape === 'bottleneck') demand[0] = Math.max(...demand.map((need, r) => (need * capacity[0]!) / capacity[r]!));
    return demand;
  });
  return { capacity, demands };
}
