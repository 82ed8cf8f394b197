import { describe, expect, it } from 'vitest';
import { runShipped } from '../support/run-in-process.ts';

const policy = (name: string) => ({ allocator: `{name: gavel, policy: ${name}}` });

describe('gavel-heterogeneous', () => {
  it('ends jobs in less than two thirds of the time where the policy knows of throughputs', async () => {
    const response = async (settings: Readonly<Record<string, string>>) =>
      (await runShipped('gavel-heterogeneous', settings)).metrics['response.mean']!;
    const aware = await response({});
    const agnostic = await response(policy('max-min-agnostic'));
    expect(aware / agnostic).toBeGreaterThan(0.6);
    expect(aware / agnostic).toBeLessThan(2 / 3);
    expect(await response(policy('throughput'))).toBeLessThan(0.9 * aware);
    expect(await response({ allocator: 'fifo' })).toBeGreaterThan(2 * aware);
  });
});

describe('gavel-makespan', () => {
  it.each([
    ['makespan', policy('makespan'), 3_600],
    ['max-min', policy('max-min'), 3_840],
    ['fifo', { allocator: 'fifo' }, 7_200],
  ])('takes what its comment says under %s', async (_name, settings, makespan) => {
    expect((await runShipped('gavel-makespan', settings)).metrics['makespan']).toBe(makespan);
  });
});
