import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engineSchedule } from '../support/engine-schedule.ts';
import { twinWorlds } from '../support/twin-arbitrary.ts';
import { TWIN_ORDERS } from '../support/twin-order.ts';
import { TWIN_PLACEMENTS, type TwinPlacement } from '../support/twin-placement.ts';
import { type TwinPolicy, UnitStepTwin } from '../support/unit-step-twin.ts';

/** Runs of one policy with one placement; a policy has 4 placements, and most are both strict and skip. */
const RUNS = (process.env['ALLOT_FULL'] === '1' ? 50 : 1) * 60;

const anyNodes = twinWorlds({ jobs: 10, capacities: [1, 2, 3, 4, 5, 6] });
const exactNodes = twinWorlds({ jobs: 10, capacities: [1, 2, 4, 8] });
const stages = true;
const anyStages = twinWorlds({ jobs: 8, capacities: [1, 2, 3, 4, 5, 6], stages });
const exactStages = twinWorlds({ jobs: 8, capacities: [1, 2, 4, 8], stages });
const sumsShares: readonly TwinPlacement[] = ['best-fit', 'worst-fit'];

const orders = TWIN_ORDERS.flatMap((order) => [
  { name: `${order} strict`, order, queue: 'strict' as const, runs: RUNS },
  { name: `${order} skip`, order, queue: 'skip' as const, runs: RUNS },
]);
const shares = (['hdrf', 'sorter', 'flat'] as const).map((hierarchy) => ({
  name: `drf ${hierarchy}`,
  order: 'drf' as const,
  queue: 'strict' as const,
  hierarchy,
  runs: RUNS * 2,
}));

describe.each([...orders, ...shares])('$name', ({ name: _, runs, ...policy }) => {
  it.each(TWIN_PLACEMENTS)(
    'with %s starts and ends every task when and where the twin does, and rejects the same jobs',
    async (placement) => {
      await fc.assert(
        fc.asyncProperty(sumsShares.includes(placement) ? exactNodes : anyNodes, async (world) => {
          const whole: TwinPolicy = { ...policy, placement };
          expect(await engineSchedule(world, whole)).toEqual(new UnitStepTwin(world, whole).run());
        }),
        { numRuns: runs },
      );
    },
    3_600_000,
  );
  it.each(TWIN_PLACEMENTS)(
    'with %s does as the twin does where tasks wait for others of their job',
    async (placement) => {
      await fc.assert(
        fc.asyncProperty(sumsShares.includes(placement) ? exactStages : anyStages, async (world) => {
          const whole: TwinPolicy = { ...policy, placement };
          expect(await engineSchedule(world, whole)).toEqual(new UnitStepTwin(world, whole).run());
        }),
        { numRuns: runs },
      );
    },
    3_600_000,
  );
});
