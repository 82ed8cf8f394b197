import { describe, expect, it } from 'vitest';
import { runConformance } from '../../../src/conformance/run-conformance.ts';

const small = { types: ['v100', 'k80'], counts: [1, 1], scale_factors: [1, 1] };

async function outcomeOf(one: object) {
  const text = JSON.stringify({ unit_test_inputs_resolved: [{ id: 'one', ...small, ...one }] });
  const [outcome] = await runConformance([{ name: 'gavel-policies.json', text }]);
  return outcome!;
}

describe('cases of Gavel that the shipped file has none of', () => {
  const throughputs = [
    [4, 1],
    [3, 2],
  ];

  it('are served for the sum of throughputs: 4 on the one, 2 on the other', async () => {
    const outcome = await outcomeOf({ policy: 'max_sum_throughput_perf', throughputs, optimal_objective: 6 });
    expect(outcome).toMatchObject({ status: 'passed', detail: 'max_sum_throughput_perf' });
  });

  it('are served for throughput over cost: 4/8 or 3/8 on the one, 2/1 on the other', async () => {
    const instance_costs = { v100: 8, k80: 1 };
    const policy = 'max_sum_throughput_normalized_by_cost_perf';
    const outcome = await outcomeOf({ policy, throughputs, instance_costs, optimal_objective: 2.5 });
    expect(outcome).toMatchObject({ status: 'passed' });
  });

  it('are served with deadlines, which are all dropped where they cannot all be kept', async () => {
    const policy = 'max_sum_throughput_normalized_by_cost_perf_SLOs';
    const costs = [8, 1];
    // Job 1 must do 30 in 10 s: all of the v100, so job 0 has the k80: 1/1 + 3/8.
    const kept = { policy, throughputs, costs, SLOs: { 1: 10 }, steps_remaining: [5, 30], optimal_objective: 1.375 };
    expect(await outcomeOf(kept)).toMatchObject({ status: 'passed' });
    const dropped = { ...kept, SLOs: { 1: 9 }, optimal_objective: 2.5 };
    expect((await outcomeOf(dropped)).detail).toBe(`${policy} (SLO rows dropped: they cannot all be had)`);
  });

  it('are served for AlloX: job 0 takes 3 s on the one, job 1 takes 4 s on the other', async () => {
    const one = { policy: 'allox', throughputs, steps_remaining: [12, 8], times_since_start: [0, 0] };
    const allocation = [
      [1, 0],
      [0, 1],
    ];
    expect(await outcomeOf({ ...one, optimal_cost: 7, allocation })).toMatchObject({ status: 'passed' });
    expect(await outcomeOf({ ...one, optimal_cost: 6.9 })).toMatchObject({ status: 'failed' });
  });

  it.each([
    [{ policy: 'themis', throughputs, optimal_objective: 1 }, 'unknown policy `themis`'],
    [
      { policy: 'max_sum_throughput_perf', throughputs, optimal_objective: 6.1 },
      'optimal_objective: got 6, expected 6.1',
    ],
    [{ policy: 'max_sum_throughput_perf', throughputs, optimal_objective: 6, odd: 1 }, '`odd` was not understood'],
    [{ policy: 'min_total_duration_perf', throughputs, exact_min_makespan: 1 }, 'steps_remaining is missing'],
    [{ inner_policy: 'lottery', throughputs }, 'unknown inner policy `lottery`'],
    [{ prng: 'xorshift', throughputs }, 'the only generator known is mulberry32'],
  ])('fail where they are not understood or not met: %j', async (one, detail) => {
    expect(await outcomeOf(one)).toMatchObject({ status: 'failed', detail });
  });
});
