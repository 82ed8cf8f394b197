import type { Time } from '../../base/time.ts';
import type { Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import type { MasterWorld } from './master-world.ts';

/** One step of a case, done in a world. */
export interface MasterStepContext {
  readonly step: Fields;
  readonly world: MasterWorld;
  readonly verdict: Verdict;
  /** Where a mismatch was found, for people. */
  readonly at: string;
}

/** Steps that do something; each gives the time up to which the run must go on before it, or the next step, is continued. */
export type MasterSteps = Readonly<Record<string, (context: MasterStepContext) => Iterable<Time>>>;

/** Steps that only look. */
export type MasterLooks = Readonly<Record<string, (context: MasterStepContext) => void>>;
