import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { OptionReader } from '../../../../src/base/options.ts';
import type { DraftJob, DraftStage } from '../../../../src/workload/readers/draft.ts';
import { JobWriter } from '../../../../src/workload/readers/job-writer.ts';
import { openAccount } from '../../../../src/workload/workload-source.ts';
import { contextOf, swfDefaults } from './read-trace.ts';

const job: DraftJob = {
  name: 'j',
  framework: 0,
  submit: 0,
  estimate: Number.NaN,
  priority: 0,
  constraint: 0,
  line: 7,
};

const stage = (key: string, width: number, rest: Partial<DraftStage> = {}): DraftStage => ({
  key,
  parents: [],
  run: 1e6,
  width,
  demand: [1],
  ...rest,
});

function writerOf(as: 'pool' | 'tasks') {
  const account = openAccount('file', 'format');
  const options = {
    ...swfDefaults,
    as,
    origin: 'trace' as const,
    zeroRunTime: 'skip' as const,
    own: new OptionReader({}),
  };
  return { account, writer: new JobWriter(options, contextOf({ resources: [resource('cpus')] }), account) };
}

describe('a writer of jobs', () => {
  it('leaves stages out that would give a job more tasks than any machine has processors', () => {
    const { account, writer } = writerOf('tasks');
    writer.addStages(job, [stage('a', 2 ** 23), stage('b', 2 ** 23), stage('c', 1)]);
    expect(account.skipped).toEqual({ 'too many tasks': 1 });
    expect(writer.take().records[0]).toBe(2);
  });

  it('takes them where a stage is one task in a pool', () => {
    const { writer } = writerOf('pool');
    writer.addStages(job, [stage('a', 2 ** 23), stage('b', 2 ** 24)]);
    expect(writer.take().tasks).toBe(2);
  });

  it('counts the records of the job and of its tasks, whichever become of it', () => {
    const { account, writer } = writerOf('tasks');
    writer.add({ ...job, records: 2 }, { run: 1e6, width: 1, demand: [1], records: 3 });
    writer.add({ ...job, records: 2 }, { run: 0, width: 1, demand: [1], records: 4 });
    expect(writer.take().records[0]).toBe(5);
    expect(account.skipped).toEqual({ 'zero run time': 6 });

    writer.addStages({ ...job, records: 2 }, [stage('a', 1, { records: 3 }), stage('b', 1, { run: 0, records: 10 })]);
    writer.addStages({ ...job, records: 2 }, [stage('a', 0, { records: 3 })]);
    expect(writer.take().records[0]).toBe(5);
    expect(account.skipped).toEqual({ 'zero run time': 16, 'no processors': 3, 'no task left': 2 });
  });

  it('refuses a priority that is no number one can compare', () => {
    const { account, writer } = writerOf('tasks');
    writer.add({ ...job, priority: Number.POSITIVE_INFINITY }, { run: 1e6, width: 1, demand: [1] });
    expect(account.skipped).toEqual({ 'out of range': 1 });
  });
});
