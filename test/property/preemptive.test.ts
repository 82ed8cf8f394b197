import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resource } from '../../src/base/amounts.ts';
import { SECOND } from '../../src/base/time.ts';
import { runWorkload } from '../support/run-workload.ts';
import {
  type PreemptivePolicy,
  type SerialJob,
  unitStepPreemptive,
  type WorkRule,
} from '../support/unit-step-preemptive.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 50 : 1) * 300;

/** Few distinct values, so that ties are common; run times of zero among them. */
const serialJobs: fc.Arbitrary<SerialJob[]> = fc
  .array(
    fc.record({
      submit: fc.integer({ min: 0, max: 12 }),
      run: fc.integer({ min: 0, max: 7 }),
      priority: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 12, size: 'max' },
  )
  .map((jobs) => [...jobs].sort((a, b) => a.submit - b.submit));

const rules: readonly WorkRule[] = [
  { kind: 'resume' },
  { kind: 'restart' },
  { kind: 'checkpoint', interval: 2, cost: 0 },
  { kind: 'checkpoint', interval: 2, cost: 1 },
  { kind: 'checkpoint', interval: 3, cost: 2 },
];

const policies: readonly PreemptivePolicy[] = [
  ...rules.flatMap((rule) => [
    { kind: 'srtf' as const, rule },
    { kind: 'priority' as const, rule },
    { kind: 'lcfs' as const, rule },
  ]),
  ...[1, 2, 3].map((quantum) => ({ kind: 'rr' as const, quantum, rule: { kind: 'resume' as const } })),
  { kind: 'rr', quantum: 3, rule: { kind: 'checkpoint', interval: 2, cost: 0 } },
  { kind: 'rr', quantum: 4, rule: { kind: 'checkpoint', interval: 2, cost: 1 } },
  { kind: 'las' },
];

/** The allocator that the twin's policy is. */
function allocatorOf(policy: PreemptivePolicy): { name: string; [option: string]: string } {
  if (policy.kind === 'las') return { name: 'las', quantum: '1s' };
  const { kind: name, rule } = policy;
  const checkpoints =
    rule.kind === 'checkpoint'
      ? { 'checkpoint-interval': `${rule.interval}s`, 'checkpoint-cost': `${rule.cost}s` }
      : {};
  const quantum: Record<string, string> = policy.kind === 'rr' ? { quantum: `${policy.quantum}s` } : {};
  return { name, preempt: rule.kind, ...checkpoints, ...quantum };
}

function asTest(jobs: readonly SerialJob[]) {
  return jobs.map(({ submit, run, priority }) => ({
    framework: 'all',
    submit: submit * SECOND,
    priority,
    tasks: [{ demand: [1000], run: run * SECOND }],
  }));
}

describe.each(policies.map((policy) => ({ name: JSON.stringify(policy), policy })))('$name', ({ policy }) => {
  it('runs every job in the stretches of the definition, on one pool or as many nodes, and loses as much work', async () => {
    await fc.assert(
      fc.asyncProperty(serialJobs, fc.integer({ min: 1, max: 3 }), fc.boolean(), async (jobs, servers, nodes) => {
        const group = {
          name: 'n',
          count: nodes ? servers : 1,
          capacity: [nodes ? 1000 : servers * 1000],
          attributes: {},
        };
        const run = await runWorkload({
          resources: [resource('cpus')],
          groups: [group],
          jobs: asTest(jobs),
          allocator: allocatorOf(policy),
        });
        const stretches = jobs.map((_, job) =>
          run.segments.filter((each) => each.job === job).map(({ start, end }) => [start / SECOND, end / SECOND]),
        );
        const lost = run.segments.reduce((sum, segment) => sum + (segment.lost ?? 0), 0) / SECOND;
        expect({ stretches, lost, preemptions: run.counts.tasks.preempted }).toEqual(
          unitStepPreemptive(jobs, servers, policy),
        );
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});
