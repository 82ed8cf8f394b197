import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/byte-source.ts';
import { openBytes } from '../../../../src/platform/files.ts';
import { detectFormat } from '../../../../src/workload/readers/registry.ts';
import { SwfFile } from '../../../../src/workload/writers/swf-file.ts';
import { tidyCsv } from '../../../../src/workload/writers/tidy-csv.ts';
import { TidyParquet } from '../../../../src/workload/writers/tidy-parquet.ts';
import { digestTidy, digestTrace } from '../../../support/converted.ts';
import { realTraces } from '../../../support/real-traces.ts';
import { traceSamples } from '../../../support/trace-samples.ts';
import { indexedTraces } from '../readers/indexed-traces.ts';

describe.each(Object.entries(traceSamples))('the sample of %s', (format, { file, content, options, others = {} }) => {
  const openFile = (name: string) => bytesInMemory(name, others[name]!);
  const given = { file, ...options, format };

  it.each([
    ['tidy.csv', tidyCsv],
    ['tidy.parquet', (tables: ConstructorParameters<typeof TidyParquet>[0]) => new TidyParquet(tables)],
  ])('comes back from %s as the same jobs', async (name, open) => {
    const { digest, jobs, written } = await digestTrace(bytesInMemory(file, content), given, { openFile }, open);
    expect((await detectFormat(bytesInMemory(name, written))).name).toBe('tidy');
    const again = await digestTidy(name, written);
    expect([again.jobs, again.digest]).toEqual([jobs, digest]);
    expect(again.account.skipped).toEqual({});
  });
});

describe.skipIf(realTraces === null)('a real trace comes back from both tidy forms as the same jobs', () => {
  const some = indexedTraces.filter(({ file }) => /KTH|philly|surf.*parquet|bitbrains.*csv|alibaba2017/.test(file));
  it.each(some)('$file', { timeout: 120_000 }, async ({ file, options }) => {
    const bytes = openBytes(join(realTraces!, file));
    const given = { ...options, format: options?.format ?? (await detectFormat(bytes)).name };
    const csv = await digestTrace(bytes, given, {}, tidyCsv);
    const parquet = await digestTrace(bytes, given, {}, (tables) => new TidyParquet(tables));
    expect(parquet.digest).toBe(csv.digest);
    expect((await digestTidy('t.csv', csv.written)).digest).toBe(csv.digest);
    expect((await digestTidy('t.parquet', parquet.written)).digest).toBe(csv.digest);
  });
});

describe('SWF', () => {
  it('keeps what it can hold', async () => {
    const log =
      '3 0 -1 100 4 -1 -1 4 200 -1 1 7 -1 -1 -1 -1 -1 -1\n9 10 -1 50 8 -1 -1 8 -1 -1 1 -1 -1 -1 -1 -1 -1 -1\n';
    const first = await digestTrace(
      bytesInMemory('log.swf', log),
      { format: 'swf' },
      {},
      (tables) => new SwfFile(tables),
    );
    expect(first.lost).toEqual({});
    expect(new TextDecoder().decode(first.written)).toContain(log);
    const again = await digestTrace(bytesInMemory('log.swf', first.written), { format: 'swf' });
    expect(again.digest).toBe(first.digest);
  });

  it('says what it cannot hold', async () => {
    const { file, content } = traceSamples['tidy']!;
    const { lost, written } = await digestTrace(
      bytesInMemory(file, content),
      { format: 'tidy' },
      {},
      (tables) => new SwfFile(tables),
    );
    expect(lost).toEqual({
      'names of jobs': 2,
      'names of frameworks': 3,
      'the demand of mem': 1,
      'parts of seconds': 2,
      'parts of processors': 1,
      'constraints and speeds': 1,
      'that it was killed, but for its status': 1,
      'that its tasks start on their own': 1,
      'run times of several tasks': 1,
      priority: 1,
      weight: 1,
      stages: 1,
    });
    expect(new TextDecoder().decode(written).split('\n').slice(2, 5)).toEqual([
      '1 0 -1 10 1 -1 -1 1 -1 -1 1 1000001 -1 -1 -1 -1 -1 -1',
      '7 1 -1 15 8 -1 -1 8 20 -1 5 1000002 -1 -1 -1 -1 -1 -1',
      '3 1 -1 6 7 -1 -1 7 -1 -1 1 1000003 -1 -1 -1 -1 -1 -1',
    ]);
  });
});
