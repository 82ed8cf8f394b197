import { describe, expect, it } from 'vitest';
import { JobSample, type SampleRules } from '../../../src/trace/job-sample.ts';
import { JobBatch } from '../../../src/workload/job-batch.ts';

const names = { name: (id: number) => `user-${id}` };

/** A job a second of one of ten users. */
function jobs(count: number): JobBatch {
  const batch = new JobBatch(1);
  for (let i = 0; i < count; i++) {
    batch.addJob(i, i % 10, i * 1_000_000);
    batch.addTask(1, [1]);
  }
  return batch;
}

function draw(rules: Partial<SampleRules>, count = 1_000): { names: (string | number)[]; batch: JobBatch } {
  const all = { seed: '1', by: 'job' as const, ...rules };
  const counting = new JobSample(all, names);
  counting.count(jobs(count));
  const batch = new JobSample(all, names, counting.candidates).take(jobs(count));
  return { names: batch.name.slice(0, batch.jobs), batch };
}

describe('a sample of jobs', () => {
  it('has as many jobs as were asked for, in their order, or all there are', () => {
    const { names: drawn } = draw({ jobs: 100 });
    expect(new Set(drawn).size).toBe(100);
    expect(drawn).toEqual([...drawn].sort((a, b) => Number(a) - Number(b)));
    expect(draw({ jobs: 5_000 }).names).toHaveLength(1_000);
  });

  it('draws each job as often as any other', () => {
    const counts = new Float64Array(10);
    for (let seed = 0; seed < 2_000; seed++) {
      for (const name of draw({ jobs: 3, seed: `${seed}` }, 10).names) counts[Number(name)]! += 1;
    }
    // 600 expected each, with a standard deviation of sqrt(2000 x 0.3 x 0.7) = 20.5.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(4 * 20.5);
  });

  it('keeps the shape of arrivals with a share of the jobs', () => {
    const { names: drawn } = draw({ share: 0.3 }, 20_000);
    const early = drawn.filter((name) => Number(name) < 10_000).length;
    // 3,000 expected in each half, with a standard deviation of sqrt(10000 x 0.3 x 0.7) = 45.8.
    expect(Math.abs(early - 3_000)).toBeLessThan(4 * 45.8);
    expect(Math.abs(drawn.length - early - 3_000)).toBeLessThan(4 * 45.8);
  });

  it('keeps whole frameworks with a share of those, whoever else there is', () => {
    const { names: drawn } = draw({ share: 0.5, by: 'framework' });
    const users = new Set(drawn.map((name) => Number(name) % 10));
    expect(users.size).toBeGreaterThan(0);
    expect(users.size).toBeLessThan(10);
    expect(drawn).toHaveLength(users.size * 100);
    const fewer = draw({ share: 0.5, by: 'framework', from: 500_000_000 }).names;
    expect(new Set(fewer.map((name) => Number(name) % 10))).toEqual(users);
  });

  it('cuts out a window, whose beginning is time 0', () => {
    const { names: drawn, batch } = draw({ from: 3_000_000, until: 6_000_000 });
    expect(drawn).toEqual([3, 4, 5]);
    expect([...batch.submit.subarray(0, 3)]).toEqual([0, 1_000_000, 2_000_000]);
  });

  it('keeps the frameworks asked for, and says which there are not', () => {
    const rules = { seed: '1', by: 'job' as const, frameworks: ['user-2', 'usr-3'] };
    const sample = new JobSample(rules, names);
    expect(sample.take(jobs(20)).jobs).toBe(2);
    expect(() => sample.checkNames()).toThrow('no job is of the framework `usr-3` (did you mean `user-3`?)');
  });
});
