import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/byte-source.ts';
import { detectFormat, traceReaders } from '../../../../src/workload/readers/registry.ts';
import { total } from '../../../../src/workload/workload-source.ts';
import { traceSamples } from '../../../support/trace-samples.ts';
import { readTrace } from './read-trace.ts';

describe.each(traceReaders.map((reader) => [reader.name]))('the sample of %s', (format) => {
  const { file, content, resources, options, others = {}, read, skipped } = traceSamples[format]!;

  it('is known by its look', async () => {
    expect((await detectFormat(bytesInMemory(file, content))).name).toBe(format);
  });

  it('is read to the last record', async () => {
    const openFile = (name: string) => bytesInMemory(name, others[name]!);
    const constraint = () => 1;
    const weight = () => 1;
    const given = { file, format, as: undefined, zeroRunTime: undefined, sort: 'whole' as const, ...options };
    const { jobs, account } = await readTrace(bytesInMemory(file, content), given, {
      resources,
      openFile,
      constraint,
      weight,
    });
    const records = jobs.reduce((sum, job) => sum + (job.records ?? 1), 0);
    expect([account.read, total(account.skipped)]).toEqual([read, skipped]);
    expect(records).toBe(read - skipped);
  });
});
