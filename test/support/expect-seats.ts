import { expect } from 'vitest';
import { GPUS, type LawWorld } from './law-world.ts';
import type { ScheduledTask } from './run-workload.ts';

/**
 * Replays a schedule: after each start sums, devices and constraints of the node must hold.
 *
 * Tasks that end at the instant at which they start are left out; which of them were there together is not told.
 */
export function expectSeats(world: LawWorld, tasks: readonly ScheduledTask[]): void {
  const nodes = world.groups.flatMap((group) => Array.from({ length: group.count }, () => group));
  const lasting = tasks.filter(({ start, end }) => start !== null && end! > start);
  for (const at of lasting) {
    const { capacity, attributes } = nodes[at.node!]!;
    const zones = world.jobs[at.job]!.constraint?.['zone'];
    if (zones !== undefined) expect(zones).toContain(attributes['zone']);
    const beside = lasting.filter(
      ({ node, start, end }) => node === at.node && start! <= at.start! && end! > at.start!,
    );
    const demands = beside.map(({ job, position }) => world.jobs[job]!.tasks[position]!.demand);
    for (const [r, amount] of capacity.entries()) {
      expect(demands.reduce((sum, demand) => sum + demand[r]!, 0)).toBeLessThanOrEqual(amount);
    }
    const devices = new Array<number>(capacity[GPUS]! / 1000).fill(1000);
    expect(
      seats(
        demands.map((demand) => demand[GPUS]!),
        devices,
      ),
    ).toBe(true);
  }
}

/** Says whether whole devices and shares of one device can be had together, by trying every way. */
function seats(demands: readonly number[], devices: readonly number[]): boolean {
  const [next, ...rest] = [...demands].sort((a, b) => b - a);
  if (next === undefined || next === 0) return true;
  if (next > 1000) return devices.includes(1000) && seats([next - 1000, 1000, ...rest], devices);
  return devices.some(
    (free, d) => free >= next && devices.indexOf(free) === d && seats(rest, devices.with(d, free - next)),
  );
}
