import { CaseError } from '../../fields.ts';
import type { Answer } from '../expectations.ts';
import { gim1Wait, runGim1 } from './gim1.ts';
import type { Model } from '../model.ts';

/** The station that the bound is tried on: D/M/1 at a load of 0.8. */
const RATE = 0.8;

/** Kingman's bound of the mean wait, and that a station keeps to it. */
export const kingman: Model = {
  id: /^kingman/,
  async answer({ expectations, verdict }) {
    return new Map<string, Answer>();
  },
};
