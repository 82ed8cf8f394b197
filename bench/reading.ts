/**
 * Times the way of a trace from bytes to jobs in order, without a simulation.
 *
 * Usage: tsx bench/reading.ts swf|csv <file>; the twin is bench/native/parse.cpp. The CSV is that of
 * bench/harness/synthetic-csv.ts. Both sides read the first fifth of the file before they look at the clock.
 */

import { statSync } from 'node:fs';
import { resource } from '../src/base/amounts.ts';
import type { ByteSource } from '../src/base/byte-source.ts';
import { openBytes } from '../src/platform/files.ts';
import type { JobBatch } from '../src/workload/job-batch.ts';
import { mergeSources } from '../src/workload/merge.ts';
import { type GivenTraceOptions, openTrace } from '../src/workload/readers/registry.ts';
import { plainContext } from '../src/workload/workload-source.ts';
import { cpuSeconds, report } from './harness/cpu-clock.ts';

const LF = 10;
const [format, file] = process.argv.slice(2) as [string, string];

const options: GivenTraceOptions = {
  file,
  format,
  as: 'pool',
  frameworkBy: 'user',
  zeroRunTime: 'skip',
  pastEstimate: 'overrun',
  sort: 'streaming',
  origin: 'trace',
  ...(format === 'csv' && {
    columns: { submit: 'submit', duration: 'run', estimate: 'limit', demand: { cpus: 'cpus' } },
  }),
};

/** Reads all jobs, and works out a checksum that every one of them changes, and their order too. */
async function read(bytes: ByteSource): Promise<{ rows: number; checksum: number }> {
  const context = plainContext({ resources: [resource('cpus')] });
  let rows = 0;
  let checksum = 0;
  for await (const batch of mergeSources([openTrace(bytes, options, context)], 1)) {
    checksum = summed(checksum, batch);
    rows += batch.jobs;
    batch.release();
  }
  return { rows, checksum };
}

function summed(before: number, { jobs, name, submit, run, estimate, demand, framework }: JobBatch): number {
  let sum = before;
  for (let i = 0; i < jobs; i++) {
    const guess = estimate[i]! > 0 ? estimate[i]! : run[i]!;
    sum = sum * 0.999_999 + (name[i] as number) + submit[i]! + run[i]! * 3 + guess * 5;
    sum += demand[i]! * 7 + framework[i]! * 11;
  }
  return sum;
}

/** The same bytes up to a line end in the chunk in which `length` is reached. */
function upTo(bytes: ByteSource, length: number): ByteSource {
  return {
    name: bytes.name,
    async *chunks() {
      let given = 0;
      for await (const chunk of bytes.chunks()) {
        given += chunk.length;
        if (given < length) yield chunk;
        else return yield chunk.subarray(0, chunk.lastIndexOf(LF) + 1);
      }
    },
  };
}

const bytes = openBytes(file);
await read(upTo(bytes, statSync(file).size / 5));
const begin = cpuSeconds();
const answer = await read(bytes);
report(cpuSeconds() - begin, answer);
