import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { toSeconds } from '../../../../src/base/time.ts';
import { openBytes } from '../../../../src/platform/files.ts';
import { openTrace } from '../../../../src/workload/readers/registry.ts';
import { total } from '../../../../src/workload/workload-source.ts';
import { realTraces, traceIndex } from '../../../support/real-traces.ts';
import { traceSamples } from '../../../support/trace-samples.ts';
import { contextOf, readTrace, swfDefaults } from './read-trace.ts';

const resources = [resource('cpus'), resource('mem')];
const MIB = 1_048_576;
const read = (rows: string, own = {}) =>
  readTrace(rows, { file: 'fb.tsv', format: 'swim', as: undefined, own }, { resources });

describe('a MapReduce job of SWIM', () => {
  it('has a map task for each block it reads, and reduce tasks that wait for all of them', async () => {
    // 300 MiB in blocks of 100: 3 maps of 100 MiB read and 50 written, at 50 MiB/s: 3 s each, and 2 s to start.
    // 150 MiB shuffled at 100 a reducer: 2 reduces of 75 MiB read and 25 written, at 10 MiB/s: 10 s and 2 s.
    const own = {
      block: 100 * MIB,
      'reducer-bytes': 100 * MIB,
      'map-rate': 50,
      'reduce-rate': 10,
      startup: '2s',
      mem: 512,
    };
    const { jobs } = await read(`job7\t12\t0\t${300 * MIB}\t${150 * MIB}\t${50 * MIB}\n`, own);
    expect(jobs).toMatchObject([{ name: 'job7', submit: 12, run: [5, 5, 5, 12, 12] }]);
    expect(jobs[0]!.stages).toEqual([
      { tasks: 3, parents: [] },
      { tasks: 2, parents: [0] },
    ]);
    expect(jobs[0]!.demand[4]).toEqual([1000, 512_000]);
    expect(jobs[0]!.records).toBeUndefined();
  });

  it('that shuffles nothing is maps alone, which write the output', async () => {
    const { jobs } = await read(`job0\t0\t0\t0\t0\t${100 * MIB}\n`, { 'map-rate': 50, startup: '0s' });
    expect(jobs).toMatchObject([{ run: [2] }]);
    expect(jobs[0]!.stages).toBeUndefined();
  });

  it('has no more reduce tasks than the limit', async () => {
    const { jobs } = await read(`job0\t0\t0\t1\t${1000 * MIB}\t0\n`, { 'reducer-bytes': MIB, 'max-reducers': 4 });
    expect(jobs[0]!.stages!.map((stage) => stage.tasks)).toEqual([1, 4]);
  });

  it('is left out where it has no bytes or none that make sense', async () => {
    const { account } = await read(traceSamples['swim']!.content as string);
    expect(account.skipped).toEqual({ 'no bytes': 1, 'negative: shuffle': 1, 'not a number: map_input': 1 });
    expect(account.rules).toMatchObject({ block: 134_217_728, startup: '1 s' });
  });
});

describe.skipIf(realTraces === null)('the real jobs of Facebook', () => {
  it.each(traceIndex().filter(({ file }) => file.startsWith('swim/')))('$file', async ({ file, stats }) => {
    const options = { ...swfDefaults, file, format: 'swim', as: undefined };
    const source = openTrace(openBytes(join(realTraces!, file)), options, contextOf());
    const found = { jobs: 0, first: Number.POSITIVE_INFINITY, last: 0, maps: 0, widest: 0, mapOnly: 0 };
    for await (const { jobs, submit, stages, taskStart } of source.batches()) {
      for (let job = 0; job < jobs; job++) {
        const graph = stages[job];
        const maps = graph === undefined ? taskStart[job + 1]! - taskStart[job]! : graph.firstTask[1]!;
        found.jobs++;
        found.first = Math.min(found.first, toSeconds(submit[job]!));
        found.last = Math.max(found.last, toSeconds(submit[job]!));
        found.maps += maps;
        found.widest = Math.max(found.widest, maps);
        if (graph === undefined) found.mapOnly++;
      }
    }
    const wanted = stats as Readonly<Record<string, unknown>>;
    const quirks = wanted['quirk_counts'] as Readonly<Record<string, number>>;
    expect(found).toEqual({
      jobs: wanted['jobs_valid'],
      first: wanted['first_submit_s'],
      last: wanted['last_submit_s'],
      maps: wanted['map_tasks_at_128MiB'],
      widest: wanted['max_map_tasks_at_128MiB'],
      mapOnly: quirks['shuffle_bytes_zero (map-only job)']! - quirks['all_bytes_zero']!,
    });
    expect(source.account.read).toBe(wanted['rows']);
    expect(total(source.account.skipped)).toBe(quirks['all_bytes_zero']);
  });
});
