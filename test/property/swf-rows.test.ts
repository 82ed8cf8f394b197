import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSeconds } from '../../src/base/time.ts';
import { JobFlag } from '../../src/workload/job-batch.ts';
import type { TraceOptions } from '../../src/workload/readers/reader.ts';
import { openTrace } from '../../src/workload/readers/registry.ts';
import type { TraceBatch } from '../../src/workload/trace-batch.ts';
import { splitSwf } from '../support/split-swf.ts';
import { contextOf, cutAt, readTrace, swfDefaults } from '../unit/workload/readers/read-trace.ts';

type Rules = Pick<TraceOptions, 'as' | 'frameworkBy' | 'zeroRunTime' | 'pastEstimate'>;

const usual: Rules = { as: 'pool', frameworkBy: 'user', zeroRunTime: 'skip', pastEstimate: 'overrun' };

/** Reads bytes with the reader, and the same text with its twin, and compares job by job and count by count. */
async function compare(text: string, cuts: readonly number[], rules: Rules): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const { jobs, account } = await readTrace(cutAt(bytes, cuts), { ...rules, sort: 'whole' });
  const twin = splitSwf(text, rules);
  const lines: number[] = [];
  const again = openTrace(cutAt(bytes, cuts), { ...swfDefaults, ...rules, as: 'pool', sort: 'whole' }, contextOf());
  for await (const batch of again.batches()) lines.push(...(batch as TraceBatch).line.subarray(0, batch.jobs));
  if (rules.as === 'pool') expect(lines).toEqual(twin.jobs.map((job) => job.line));
  expect(
    jobs.map((job) => ({
      name: typeof job.name === 'number' ? job.name + 0 : job.name,
      framework: job.framework,
      submit: fromSeconds(job.submit),
      estimate: job.estimate === null ? null : fromSeconds(job.estimate),
      killed: (job.flags & JobFlag.killed) !== 0,
      run: fromSeconds(job.run[0]!),
      tasks: job.run.length,
      demand: job.demand[0]![0],
    })),
  ).toEqual(
    twin.jobs.map(({ line: _, ...job }) => ({ ...job, name: typeof job.name === 'number' ? job.name + 0 : job.name })),
  );
  const { 'out of order': _, ...notes } = account.notes;
  expect({ read: account.read, skipped: account.skipped, notes }).toEqual({
    read: twin.read,
    skipped: twin.skipped,
    notes: twin.notes,
  });
}

/** What most fields of most logs hold. */
const plain = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 300 }).map(String) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 999_999_999 }).map(String) },
  { weight: 1, arbitrary: fc.constant('-1') },
);
const odd = fc.oneof(
  fc.constantFrom(
    'nan',
    '-',
    '+',
    '.',
    '+5',
    '-0',
    '00012',
    '1e3',
    '1e300',
    '2.5',
    '.5',
    '7.',
    '-1.5',
    '3:00',
    ';',
    'é',
  ),
  fc.constantFrom('999999999', '1000000000', '4294967297', '123456789012345', '1234567890123456', '9007199254740993'),
  fc.double({ noNaN: true, min: -10, max: 1e6 }).map(String),
);
const token = fc.oneof({ weight: 60, arbitrary: plain }, { weight: 1, arbitrary: odd });
const blank = fc.oneof(
  { weight: 12, arbitrary: fc.constant(' ') },
  fc.constantFrom('  ', '\t', ' \t ', '\v', '      '),
);
const row = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.constant(18) }, fc.integer({ min: 0, max: 20 })),
    fc.array(token, { minLength: 20, maxLength: 20 }),
    fc.array(blank, { minLength: 21, maxLength: 21 }),
    fc.boolean(),
    fc.constantFrom('', '', '', ' ', '\r', ' \r', '\t'),
  )
  .map(([length, tokens, blanks, indented, end]) => {
    const parts = tokens.slice(0, length).map((each, i) => (i > 0 || indented ? blanks[i]! + each : each));
    return parts.join('') + end;
  });
const line = fc.oneof(
  { weight: 12, arbitrary: row },
  fc.constantFrom('', ' ', '\r', '; comment', '  ;', `1 0 -1 9${' '.repeat(5_000)}1 -1 -1 1 9 -1 1 4 -1 -1 1 -1 -1 -1`),
);
const text = fc
  .tuple(fc.constantFrom('', '\ufeff'), fc.array(line, { maxLength: 40 }), fc.constantFrom('', '\n'))
  .map(([mark, lines, end]) => `${mark}1 0 -1 100 4 -1 -1 4 200 -1 1 17 3 -1 2 -1 -1 -1\n${lines.join('\n')}${end}`);
const rules: fc.Arbitrary<Rules> = fc.record({
  as: fc.constantFrom('pool', 'gang'),
  frameworkBy: fc.constantFrom('user', 'group', 'queue', 'none'),
  zeroRunTime: fc.constantFrom('skip', 'keep'),
  pastEstimate: fc.constantFrom('overrun', 'kill', 'extend'),
});

describe('rows of SWF read from bytes', () => {
  it('are those that splitting the text gives, whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 6 }), rules, async (file, cuts, given) => {
        // A gang of a million tasks is as right as one of a thousand, and takes a thousand times as long.
        fc.pre(given.as === 'pool' || !/\d{5}/.test(file));
        await compare(file, cuts, given);
      }),
      { numRuns: 1_000 },
    );
  });

  it('do not depend on where a chunk ends, at any place of a file', async () => {
    const file = [
      '; MaxProcs: 8',
      '1 0 -1 100 4 -1 -1 4 200 -1 1 17 3 -1 2 -1 -1 -1',
      '  22   10   -1  55  -1 -1 -1   2  60  -1 1 170000 3\t-1 2 -1 -1 -1\r',
      '3 11.5 -1 1e2 4 -1 -1 +4 200 -1 1 ann 3 -1 2 -1 -1 -1',
      '',
      '4 12 -1 0 4 -1 -1 4 200 -1 1 17 3 -1 2 -1 -1 -1 ; not a comment',
      '5 13 -1 100 4 -1 -1 4 200',
      '6 14 -1 100 4 -1 -1',
      '1234567890 15 -1 1234567890 4 -1 -1 123456789 -1 -1 1 5000 3 -1 2 -1 -1 -1',
    ].join('\n');
    for (let cut = 0; cut <= file.length; cut++) await compare(file, [cut], usual);
  });
});
