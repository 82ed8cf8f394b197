import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { readTrace } from './read-trace.ts';

const HEADER = 'timestamp,duration,num_gpus,gpu_time,cluster\n';

function philly(rows: string, options = {}) {
  return readTrace(
    HEADER + rows,
    { file: 'philly.csv', format: 'philly', as: undefined, sort: 'whole', ...options },
    { resources: [resource('gpus')] },
  );
}

describe('a record of Philly', () => {
  it('is a job with its GPUs, its duration and the virtual cluster as its framework', async () => {
    const { jobs } = await philly('2017-10-03 07:01:07,120.5,4,482,vc1\n', { as: 'gang' });
    expect(jobs).toMatchObject([
      { name: 1, framework: 'vc1', submit: 1_507_014_067, run: [120.5, 120.5, 120.5, 120.5] },
    ]);
  });

  it('is left out where a field is none', async () => {
    const { account } = await philly(
      [
        'soon,1,1,1,a',
        '2017-02-29 00:00:00,1,1,1,a',
        '2017-10-03 24:00:00,1,1,1,a',
        '2017-10-03 07:01:07,x,1,1,a',
      ].join('\n'),
    );
    expect(account.skipped).toEqual({ 'not a date and time: timestamp': 3, 'not a number: duration': 1 });
  });

  it('has the time that a calendar gives, in any year', async () => {
    const date = fc.date({
      min: new Date('1970-01-01T00:00:00Z'),
      max: new Date('2105-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(date, async (when) => {
        const text = when.toISOString().slice(0, 19).replace('T', ' ');
        const { jobs } = await philly(`${text},1,1,1,a\n`);
        expect(jobs[0]!.submit).toBe(Math.floor(when.getTime() / 1_000));
      }),
      { numRuns: 200 },
    );
  });
});
