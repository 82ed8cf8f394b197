import type { Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import type { AllocatorWorld } from './allocator-world.ts';

/** One step of a case, done in a world. */
export interface StepContext {
  readonly step: Fields;
  readonly world: AllocatorWorld;
  readonly verdict: Verdict;
  /** Where a mismatch was found, for people. */
  readonly at: string;
}

export type Steps = Readonly<Record<string, (context: StepContext) => void>>;
