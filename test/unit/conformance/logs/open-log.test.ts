import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/byte-source.ts';
import { toSeconds } from '../../../../src/base/time.ts';
import { collectJobs, firstJobs, openLog } from '../../../../src/conformance/logs/open-log.ts';
import { realTraces, traceIndex } from '../../../support/real-traces.ts';
import { type RuleJob, readByRule } from '../../../support/swf-rule.ts';

const RULES = ['kill', 'extend'] as const;

function open(text: string, processors: number, pastEstimate: (typeof RULES)[number]) {
  const bytes = bytesInMemory('log.swf', text);
  return openLog(bytes, processors, { zeroRunTime: 'keep', pastEstimate, origin: 'zero' });
}

/** The jobs that would run, as the reader gives them. */
async function readHere(text: string, processors: number, rule: (typeof RULES)[number]): Promise<RuleJob[]> {
  const batch = await collectJobs(open(text, processors, rule));
  const jobs = Array.from({ length: batch.jobs }, (_, row) => {
    const run = toSeconds(batch.run[row]!);
    return {
      id: Number(batch.name[row]),
      submit: toSeconds(batch.submit[row]!),
      processors: batch.demand[row]!,
      run,
      estimate: Number.isNaN(batch.estimate[row]!) ? run : toSeconds(batch.estimate[row]!),
    };
  });
  return jobs.filter((job) => job.processors <= processors);
}

const ODD = [
  '; MaxProcs: 8',
  '  ; a comment behind blanks',
  '1 50 -1 10 9 -1 -1 -1 10 wider than the machine, and the first',
  '2 50 -1 -1 1 -1 -1 1 10',
  '3 -5 -1 10 1 -1 -1 1 10',
  '4 70\t-1 10 2 1.5 -1 0 10\r',
  '5 60 -1 10 2 -1 -1 8 -1 1 2 3 4 5 6 7 8 9 10 11 12',
  '6 60 -1 0 -1 -1 -1 3 0',
  '7 60 -1 20 -1 -1 -1 3 15 x',
  '8 61 -1 20 -1 -1 -1 -1 15',
  '9 61 -1 20 1 -1 -1 1',
  '10 61 -1 twenty 1 -1 -1 1 5',
  '',
  ' ',
  '11 55 -1 1 1 -1 -1 12 5',
  '12 58 7 1 1 -1 -1 -1 5',
].join('\n');

describe('a log opened for a case', () => {
  it.each(RULES)('has the jobs that the rule of the case gives, row by row (%s)', async (rule) => {
    const jobs = await readHere(ODD, 8, rule);
    expect(jobs).toEqual(readByRule(ODD, 8, rule));
    expect(jobs.map(({ id, submit }) => [id, submit])).toEqual([
      [12, 0],
      [5, 2],
      [6, 2],
      [7, 2],
      [4, 12],
    ]);
  });

  it('ends after its first jobs that fit', async () => {
    const batch = await collectJobs(firstJobs(open(ODD, 8, 'kill'), 3));
    expect(batch.name).toEqual([12, 5, 6]);
  });
});

describe.skipIf(realTraces === null)(
  'a real log opened for a case has the jobs that the rule gives, row by row',
  () => {
    const logs = traceIndex().filter(({ file }) => file.endsWith('.swf.gz'));
    it.each(logs)('$file', async ({ file }) => {
      const text = gunzipSync(readFileSync(join(realTraces!, file))).toString();
      for (const machine of [64, 1_000_000]) {
        expect(await readHere(text, machine, 'kill')).toEqual(readByRule(text, machine, 'kill'));
      }
    });
  },
);
