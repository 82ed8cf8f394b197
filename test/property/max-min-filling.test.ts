import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changingWorlds, type LawWorld, lawWorlds } from '../support/law-world.ts';
import { runWorkload } from '../support/run-workload.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 20 : 1) * 60;

/** The world with the first of its nodes alone. */
function onOneNode(world: LawWorld): LawWorld {
  const { name, capacity, attributes } = world.groups[0]!;
  return { ...world, groups: [{ name, count: 1, capacity, attributes }] };
}

async function schedule(world: LawWorld, name: string): Promise<string> {
  const objective = name === 'lp-weighted' ? { objective: 'max-min' } : {};
  return (await runWorkload({ ...world, allocator: { name, ...objective } })).scheduleDigest;
}

describe('lp-weighted by max-min on one node', () => {
  it('starts what drf starts, with weights, roles in a tree, gangs, devices and constraints', async () => {
    await fc.assert(
      fc.asyncProperty(lawWorlds.map(onOneNode), async (world) => {
        expect(await schedule(world, 'lp-weighted')).toBe(await schedule(world, 'drf'));
      }),
      { numRuns: RUNS },
    );
  });

  it('starts what drf starts where the node goes down and comes back', async () => {
    const worlds = changingWorlds.map((world) => {
      const events = world.events!.map((event) => (event.what === 'node' ? { ...event, nodes: [0] } : event));
      return onOneNode({ ...world, events });
    });
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        expect(await schedule(world, 'lp-weighted')).toBe(await schedule(world, 'drf'));
      }),
      { numRuns: RUNS },
    );
  });
});
