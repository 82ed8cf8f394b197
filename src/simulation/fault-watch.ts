import { PolicyFactKind } from '../allocators/policy-fact.ts';
import { FactKind, type FactLog } from './fact-log.ts';
import type { Observer } from './observer.ts';

/** Notes whether a run went on after a party outside of it had broken its contract. */
export class FaultWatch implements Observer {
  hasSeenFault = false;

  readFacts({ count, kind, position }: FactLog): void {
    for (let row = 0; row < count; row++) {
      if (kind[row] === FactKind.policy && position[row] === PolicyFactKind.fault) this.hasSeenFault = true;
    }
  }
}
