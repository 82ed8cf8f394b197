import { describe, expect, it } from 'vitest';
import { type ResourceCatalog, resource } from '../../../src/base/amounts.ts';
import { sha256 } from '../../../src/platform/sha256.ts';
import { JobBatch } from '../../../src/workload/job-batch.ts';
import { jobStages } from '../../../src/workload/job-stages.ts';
import { WorkloadDigest } from '../../../src/workload/workload-digest.ts';

const cpus = [resource('cpus')];

function digestOf(
  batches: readonly JobBatch[],
  resources: ResourceCatalog = cpus,
  frameworks = ['ann', 'bob'],
): string {
  const digest = new WorkloadDigest(sha256(), {
    resources,
    frameworks: { name: (id) => frameworks[id]! },
    wishes: (row) => ({ constraint: { gpu: [`g${row}`] }, speeds: {} }),
    weight: (row) => (row === 0 ? null : row),
  });
  for (const batch of batches) digest.add(batch);
  return digest.hex();
}

/** One job of ann, three tasks of one cpu. */
function batch(
  change: (batch: JobBatch) => void = () => {},
  resources = 1,
  demand: readonly number[] = [1_000],
): JobBatch {
  const made = new JobBatch(resources);
  made.addJob(7, 0, 10);
  for (let i = 0; i < 3; i++) made.addTask(50, demand);
  change(made);
  return made;
}

describe('the digest of a workload', () => {
  const plain = digestOf([batch()]);

  it('is one for the same jobs, however they are numbered, measured or cut into batches', () => {
    expect(digestOf([batch((made) => (made.framework[0] = 1))], cpus, ['bob', 'ann'])).toBe(plain);
    expect(digestOf([batch(() => {}, 1, [1_000_000])], [resource('cpus', { scale: 1_000_000 })])).toBe(plain);
    expect(digestOf([batch(() => {}, 2, [0, 1_000])], [resource('mem'), resource('cpus')])).toBe(plain);
    expect(digestOf([batch((made) => (made.name[0] = '7'))])).toBe(plain);
    expect(digestOf([batch((made) => (made.records[0] = 3))])).toBe(plain);
    expect(digestOf([batch((made) => (made.stages[0] = jobStages([1, 2], [[], []])))])).toBe(plain);
    const two = batch((made) => {
      made.addJob('b', 1, 20);
      made.addTask(1, [1]);
    });
    const second = new JobBatch(1);
    second.copyJob(two, 1);
    expect(digestOf([two])).toBe(digestOf([batch(), second]));
  });

  it.each<[string, (made: JobBatch) => void]>([
    ['submit time', (made) => (made.submit[0] = 11)],
    ['name', (made) => (made.name[0] = 8)],
    ['framework', (made) => (made.framework[0] = 1)],
    ['estimate', (made) => (made.estimate[0] = 50)],
    ['priority', (made) => (made.priority[0] = 0.5)],
    ['weight', (made) => (made.weight[0] = 2)],
    ['marks', (made) => (made.flags[0] = 1)],
    ['constraint', (made) => (made.constraint[0] = 1)],
    ['run time', (made) => (made.run[2] = 51)],
    ['demand', (made) => (made.demand[2] = 1_001)],
    ['number of tasks', (made) => made.addTask(50, [1_000])],
    ['stages', (made) => (made.stages[0] = jobStages([1, 2], [[], [0]]))],
  ])('is another for another %s', (_, change) => {
    expect(digestOf([batch(change)])).not.toBe(plain);
  });

  it('is another for the same jobs in another order', () => {
    const other = (name: string) => batch((made) => (made.name[0] = name));
    expect(digestOf([other('a'), other('b')])).not.toBe(digestOf([other('b'), other('a')]));
  });
});
