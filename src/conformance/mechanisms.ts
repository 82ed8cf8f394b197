import { assetFairness } from '../fairness/asset-fairness.ts';
import { ceei } from '../fairness/ceei.ts';
import { progressiveFilling, type User } from '../fairness/progressive-filling.ts';
import { CaseError } from './fields.ts';

/** Tasks of an equilibrium are then good to about twelve digits. */
const FINE_GAP = 1e-13;

/** A rule that divides pooled resources among divisible tasks. */
export interface Mechanism {
  readonly name: string;
  /** Gives the tasks of each user. */
  divide(capacity: readonly number[], users: readonly User[]): readonly number[];
}

export const drf: Mechanism = {
  name: 'DRF',
  divide: (capacity, users) => progressiveFilling(capacity, users).tasks,
};

export const asset: Mechanism = {
  name: 'asset fairness',
  divide: (capacity, users) => assetFairness(capacity, users).tasks,
};

export const equilibrium: Mechanism = {
  name: 'CEEI',
  divide(capacity, users) {
    if (users.some(({ tasks }) => tasks !== undefined))
      throw new CaseError('CEEI with bounded demand is not defined here');
    return ceei(capacity, users, { gap: FINE_GAP }).tasks;
  },
};

const MECHANISMS: readonly { readonly called: RegExp; readonly mechanism: Mechanism }[] = [
  { called: /^(weighted )?DRF( with .+| \(.+\))?$/, mechanism: drf },
  { called: /^(weighted )?asset fairness( with .+| \(.+\))?$/, mechanism: asset },
  { called: /^(weighted )?CEEI( \(.+\))?$/, mechanism: equilibrium },
];

/** Finds the mechanism that a policy such as `weighted DRF` or `CEEI (Nash bargaining: …)` names. */
export function findMechanism(policy: string): Mechanism {
  const found = MECHANISMS.find(({ called }) => called.test(policy));
  if (found === undefined) throw new CaseError(`unknown policy \`${policy}\``);
  return found.mechanism;
}
