import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placements } from '../../src/allocators/placement/registry.ts';
import { type LawWorld, lawWorlds } from '../support/law-world.ts';
import { runWorkload } from '../support/run-workload.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 50 : 1) * 40;

/** Nobody is more important than others. */
const equals: fc.Arbitrary<LawWorld> = lawWorlds.map((world) => ({
  ...world,
  jobs: world.jobs.map((job) => ({ ...job, priority: 0 })),
}));

const policies = [
  { name: 'rr with a quantum that nobody reaches', allocator: { name: 'rr', quantum: '1h' } },
  { name: 'priority among equals', allocator: { name: 'priority', preempt: 'restart', queue: 'strict' } },
] as const;

describe.each(policies)('$name', ({ allocator }) => {
  it.each(placements.map(({ name }) => name))(
    'starts every task when and where fifo does, with %s',
    async (placement) => {
      await fc.assert(
        fc.asyncProperty(equals, async (world) => {
          const fifo = await runWorkload({ ...world, allocator: { name: 'fifo', queue: 'strict', placement } });
          const found = await runWorkload({ ...world, allocator: { ...allocator, placement } });
          expect(found.counts.tasks.preempted).toBe(0);
          expect(found.tasks).toEqual(fifo.tasks);
        }),
        { numRuns: RUNS },
      );
    },
  );
});
