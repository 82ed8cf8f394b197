import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceei } from '../../../src/fairness/ceei.ts';

const AB = [{ demand: [1, 4] }, { demand: [3, 1] }];

describe('ceei', () => {
  it('gives 45/11 and 18/11 tasks at prices 1/5 and 1/90 in the example of the DRF paper', () => {
    // both resources full: x + 3y = 9, 4x + y = 18; each spends 1: 45/11 (p + 4q) = 1, 18/11 (3p + q) = 1
    const { tasks, prices, gap } = ceei([9, 18], AB);
    expect(tasks[0]).toBeCloseTo(45 / 11, 7);
    expect(tasks[1]).toBeCloseTo(18 / 11, 7);
    expect(prices[0]).toBeCloseTo(1 / 5, 7);
    expect(prices[1]).toBeCloseTo(1 / 90, 7);
    expect(gap).toBeLessThanOrEqual(1e-10);
  });

  it('can be gained from by lying: it is not strategy-proof', () => {
    const honest = ceei([100, 100], [{ demand: [16, 1] }, { demand: [1, 2] }]).tasks;
    expect(honest[0]).toBeCloseTo(100 / 31, 6);
    expect(honest[1]).toBeCloseTo(1500 / 31, 5);
    const lied = ceei([100, 100], [{ demand: [16, 8] }, { demand: [1, 2] }]).tasks;
    expect(lied[0]).toBeCloseTo(25 / 6, 6);
    expect(lied[1]).toBeCloseTo(100 / 3, 6);
  });

  it('can give a user less when another leaves: no population monotonicity', () => {
    const users = [{ demand: [4, 1] }, { demand: [1, 16] }, { demand: [16, 1] }];
    const three = ceei([100, 100], users).tasks;
    expect(three[0]).toBeCloseTo(11.2833, 4);
    expect(three[1]).toBeCloseTo(5.3514, 4);
    expect(three[2]).toBeCloseTo(3.0947, 4);
    const two = ceei([100, 100], users.slice(0, 2)).tasks;
    expect(two[0]).toBeCloseTo(500 / 21, 6);
    expect(two[1]).toBeCloseTo(100 / 21, 6);
  });

  it('takes weights as money', () => {
    // one resource: 3/4 and 1/4 of 8
    const { tasks } = ceei([8], [{ demand: [1], weight: 3 }, { demand: [2] }]);
    expect(tasks[0]).toBeCloseTo(6, 12);
    expect(tasks[1]).toBeCloseTo(1, 12);
  });

  it('keeps who needs nothing, and who needs what there is none of, out of the market', () => {
    const { tasks, prices } = ceei([8, 0], [{ demand: [0, 0] }, { demand: [1, 1] }, { demand: [2, 0] }]);
    expect(tasks).toEqual([Number.POSITIVE_INFINITY, 0, 4]);
    expect(prices).toEqual([1 / 8, 0]);
  });

  it('says how large the gap still is when it is stopped early', () => {
    const { gap, iterations, tasks } = ceei([9, 18], AB, { iterations: 3 });
    expect(iterations).toBe(3);
    expect(gap).toBeGreaterThan(1e-3);
    // what is missing from the optimum of log(45/11) + log(18/11) is within the gap
    const missing = Math.log((45 / 11) * (18 / 11)) - Math.log(tasks[0]! * tasks[1]!);
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThanOrEqual(gap);
  });

  it('stays within capacity and reaches its gap on random instances', () => {
    const demand = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 })
      .filter((amounts) => amounts.some((amount) => amount > 0));
    const buyer = fc.record({ demand, weight: fc.integer({ min: 1, max: 4 }) });
    const amounts = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(amounts, fc.array(buyer, { minLength: 1, maxLength: 8 }), (capacity, buyers) => {
        const { tasks, gap } = ceei(capacity, buyers, { gap: 1e-5 });
        expect(gap).toBeLessThanOrEqual(1e-5);
        capacity.forEach((amount, r) => {
          const load = buyers.reduce((sum, buyer, u) => sum + buyer.demand[r]! * tasks[u]!, 0);
          expect(load).toBeLessThanOrEqual(amount * (1 + 1e-12));
        });
      }),
    );
  });
});
