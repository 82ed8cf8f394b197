import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resource } from '../../src/base/amounts.ts';
import { exact, minus, toNumber } from '../support/exact.ts';
import { exactFluid, type FluidJob } from '../support/exact-fluid.ts';
import { runWorkload } from '../support/run-workload.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 50 : 1) * 200;

/** Weights of three roles. */
const WEIGHTS: readonly number[] = [1, 2, 5];

function fluidJobs(submit: fc.Arbitrary<number>, run: fc.Arbitrary<number>): fc.Arbitrary<FluidJob[]> {
  return fc
    .array(fc.record({ submit, run, weight: fc.constantFrom(...WEIGHTS) }), {
      minLength: 1,
      maxLength: 12,
      size: 'max',
    })
    .map((jobs) => [...jobs].sort((a, b) => a.submit - b.submit));
}

/** Few distinct values, so that ties are common. */
function inSteps(step: number): fc.Arbitrary<FluidJob[]> {
  const steps = (max: number) => fc.integer({ min: 0, max }).map((n) => n * step);
  return fluidJobs(steps(12), steps(7));
}

const anywhere = fluidJobs(
  fc.noBias(fc.integer({ min: 0, max: 12_000_000 })),
  fc.noBias(fc.integer({ min: 0, max: 7_000_000 })),
);

/** Ends between microseconds are rounded up: after 7 us already, and where the sums of shares have many digits. */
const rounded = fc.oneof(anywhere, inSteps(1_000_000), inSteps(7), inSteps(3_600_000_011));

/**
 * For las, where it decides who runs next whether an end or an arrival comes first: of one instant in the exact fluid
 * they must not lie between microseconds. 13! / 12 is a multiple of whatever halves and thirds come up.
 */
const unrounded = fc.oneof(anywhere, inSteps(518_918_400));

const policies = [
  { name: 'ps', allocator: { name: 'ps' }, policy: 'ps', workloads: rounded },
  {
    name: 'ps by the weights of roles',
    allocator: { name: 'ps', weights: 'roles' },
    policy: 'weighted',
    workloads: rounded,
  },
  { name: 'las without a quantum', allocator: { name: 'las' }, policy: 'las', workloads: unrounded },
] as const;

describe.each(policies)('$name', ({ allocator, policy, workloads }) => {
  it('ends every job when the exact fluid does, give or take a microsecond an event', async () => {
    await fc.assert(
      fc.asyncProperty(workloads, fc.integer({ min: 1, max: 3 }), async (jobs, servers) => {
        const { tasks } = await runWorkload({
          resources: [resource('cpus')],
          groups: [{ name: 'pool', count: 1, capacity: [servers * 1000], attributes: {} }],
          jobs: jobs.map(({ submit, run, weight }) => ({
            framework: `of ${weight}`,
            submit,
            tasks: [{ demand: [1000], run }],
          })),
          roles: WEIGHTS.map((weight) => ({ path: `of ${weight}`, weight })),
          allocator,
        });
        // Each event after the first may come up to a microsecond later than it would.
        const { ends, events } = exactFluid(jobs, servers, policy);
        for (const [j, task] of tasks.entries()) {
          const late = toNumber(minus(exact(task.end!), ends[j]!));
          expect(task.start).toBe(jobs[j]!.submit);
          expect([j, Math.abs(late) <= events]).toEqual([j, true]);
        }
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});
