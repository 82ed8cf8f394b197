import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairnessOfOneResource } from '../../../src/metrics/fairness-of-one-resource.ts';
import { FairnessOfResources } from '../../../src/metrics/fairness-of-resources.ts';
import type { Ledger } from '../../../src/metrics/ledger.ts';
import type { UserBundles } from '../../../src/metrics/user-bundles.ts';

const user = fc.record({
  queued: fc.nat(3),
  running: fc.nat(3),
  weight: fc.constantFrom(1, 2, 0.3, 7),
  held: fc.nat(20),
  wanted: fc.nat(20),
});

describe('FairnessOfOneResource', () => {
  it('finds what comparing every user with every other one finds', () => {
    fc.assert(
      fc.property(fc.array(user, { maxLength: 6 }), fc.nat(30), (users, free) => {
        const of = (key: keyof (typeof users)[number]) => Float64Array.from(users, (each) => each[key]);
        // Who runs nothing holds nothing, who has nothing queued wants nothing; queued tasks may demand nothing.
        const held = Float64Array.from(users, ({ running, held }) => (running > 0 ? held : 0));
        const wanted = Float64Array.from(users, ({ queued, wanted }) => (queued > 0 ? wanted : 0));
        const used = Float64Array.of(held.reduce((a, b) => a + b, 0));
        const bundles = {
          resources: 1,
          seen: users.length,
          queued: of('queued'),
          running: of('running'),
          weight: of('weight'),
          held,
          wanted,
          used,
        } as unknown as UserBundles;
        const ledger = { capacity: Float64Array.of(used[0]! + free) } as unknown as Ledger;
        const fast = new FairnessOfOneResource(ledger, bundles);
        const slow = new FairnessOfResources(ledger, bundles);
        const isDefined = slow.look();
        expect(fast.look()).toBe(isDefined);
        if (!isDefined) return;
        expect(fast.envy).toBeCloseTo(slow.envy, 12);
        expect(fast.missing).toBeCloseTo(slow.missing, 12);
        expect(fast.hasRoom).toBe(slow.hasRoom);
      }),
      { numRuns: 500 },
    );
  });
});
