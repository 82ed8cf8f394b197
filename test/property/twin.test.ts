import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resource } from '../../src/base/amounts.ts';
import { SECOND } from '../../src/base/time.ts';
import { runWorkload } from '../support/run-workload.ts';
import { twinWorlds } from '../support/twin-arbitrary.ts';
import { TWIN_ORDERS } from '../support/twin-order.ts';
import { TWIN_PLACEMENTS } from '../support/twin-placement.ts';
import type { TwinWorld } from '../support/twin-world.ts';
import { type TwinPolicy, type TwinSchedule, UnitStepTwin } from '../support/unit-step-twin.ts';

const UNEVEN = process.env['UNEVEN'] === '1';
const RUNS = Number(process.env['RUNS'] ?? 40);
const orders = [...TWIN_ORDERS, 'drf'] as const;
const worlds = twinWorlds({ jobs: 10, unevenGangs: UNEVEN });

async function engine(world: TwinWorld, policy: TwinPolicy): Promise<TwinSchedule> {
  const queue = policy.order === 'drf' ? {} : { queue: policy.queue };
  const run = await runWorkload({
    resources: ['cpus', 'mem', 'disk'].slice(0, world.nodes[0]!.length).map((name) => resource(name)),
    groups: world.nodes.map((capacity, n) => ({ name: `n${n}`, count: 1, capacity, attributes: {} })),
    jobs: world.jobs.map((job) => ({
      framework: job.framework,
      submit: job.submit * SECOND,
      ...(job.estimate !== null && { estimate: job.estimate * SECOND }),
      priority: job.priority,
      gang: job.gang,
      tasks: job.tasks.map(({ demand, run }) => ({ demand, run: run * SECOND })),
    })),
    allocator: { name: policy.order, placement: policy.placement, ...queue },
    roles: world.roles,
    roleOf: world.roleOf,
  });
  const seconds = (time: number | null) => (time === null ? null : time / SECOND);
  return {
    rejected: run.rejected,
    tasks: run.tasks.map((task) => ({ ...task, start: seconds(task.start), end: seconds(task.end) })),
  };
}

describe.each(orders)('%s', (order) => {
  for (const queue of order === 'drf' ? (['strict'] as const) : (['strict', 'skip'] as const)) {
    it.each(TWIN_PLACEMENTS)(`${queue} with %s gives the schedule of the twin`, async (placement) => {
      const policy: TwinPolicy = { order, queue, placement };
      await fc.assert(
        fc.asyncProperty(worlds, async (world) => {
          expect(await engine(world, policy)).toEqual(new UnitStepTwin(world, policy).run());
        }),
        { numRuns: order === 'drf' ? RUNS * 2 : RUNS },
      );
    }, 600_000);
  }
});
