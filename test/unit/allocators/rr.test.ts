import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { runWorkload, type TestJob } from '../../support/run-workload.ts';

const SECOND = 1_000_000;

/** Where and when each job of one task ran on nodes of so many cpus, in seconds, with a quantum of 1 s. */
async function turns(cpus: readonly number[], jobs: readonly TestJob[], options: Record<string, string> = {}) {
  const { segments } = await runWorkload({
    resources: [resource('cpus')],
    groups: cpus.map((each, n) => ({ name: `n${n}`, count: 1, capacity: [each * 1000], attributes: {} })),
    jobs,
    allocator: { name: 'rr', quantum: '1s', ...options },
  });
  return segments
    .map(({ job, node, start, end }) => [job, node, start / SECOND, end / SECOND])
    .sort((a, b) => a[0]! - b[0]! || a[2]! - b[2]!);
}

function job(submit: number, cpus: number, run: number): TestJob {
  return { framework: 'a', submit: submit * SECOND, tasks: [{ demand: [cpus * 1000], run: run * SECOND }] };
}

describe('round robin', () => {
  it('takes turns of whom stood ahead in the queue first, though both began at one instant', async () => {
    expect(await turns([1, 1], [job(0, 1, 3), job(0, 1, 2), job(0, 1, 2)])).toEqual([
      [0, 0, 0, 2],
      [0, 0, 3, 4],
      [1, 1, 0, 1],
      [1, 0, 2, 3],
      [2, 1, 1, 3],
    ]);
  });

  it('takes nobody’s place while another node is free', async () => {
    expect(await turns([1, 1], [job(0, 1, 3), job(1, 1, 1)])).toEqual([
      [0, 0, 0, 3],
      [1, 1, 1, 2],
    ]);
  });

  it('lets those wait who stand behind one that has lost its place and finds no other', async () => {
    // The third needs the large node; the first, next in the queue, needs it too.
    expect(await turns([2, 1], [job(0, 2, 2), job(0, 1, 2), job(1, 2, 1)])).toEqual([
      [0, 0, 0, 1],
      [0, 0, 2, 3],
      [1, 1, 0, 1],
      [1, 1, 2, 3],
      [2, 0, 1, 2],
    ]);
  });

  it.each([0.5, 1])('gives who has lost its place another one at once: to a job of %d s', async (submit) => {
    expect(await turns([2, 1], [job(0, 1, 3), job(submit, 2, 1)])).toEqual([
      [0, 0, 0, 1],
      [0, 1, 1, 3],
      [1, 0, 1, 2],
    ]);
  });

  it('goes round nodes with the placement that does', async () => {
    const found = await turns([2, 2, 2], [job(0, 1, 1), job(0, 1, 1), job(0, 1, 1)], { placement: 'round-robin' });
    expect(found.map(([, node]) => node)).toEqual([0, 1, 2]);
  });

  it('refuses rules under which a long task would begin again for ever', async () => {
    await expect(turns([1], [], { preempt: 'restart' })).rejects.toThrow();
    const short = { preempt: 'checkpoint', 'checkpoint-interval': '900ms', 'checkpoint-cost': '200ms' };
    await expect(turns([1], [], short)).rejects.toThrow('long enough for one checkpoint');
    const just = { preempt: 'checkpoint', 'checkpoint-interval': '900ms', 'checkpoint-cost': '100ms' };
    expect((await turns([1], [job(0, 1, 2), job(0, 1, 2)], just)).length).toBeGreaterThan(2);
  });
});
