import { describe, expect, it } from 'vitest';
import { runConformance } from '../../src/conformance/run-conformance.ts';
import { caseFiles, caseTests } from '../support/conformance-suite.ts';

const files = caseFiles((base) => base === 'queueing');

describe('queues, to 5 % of each analytic value', async () => {
  await caseTests(files);
});

const { ALLOT_FULL } = process.env;

describe.runIf(ALLOT_FULL === '1')('queues, to 2 % of each analytic value', async () => {
  if (ALLOT_FULL === '1') await caseTests(files, true);
});

describe('a case of queueing theory', () => {
  /** The outcome of M/D/1, whose mean wait is 2 s at a load of 0.8, after the case was changed. */
  async function changed(change: (one: any) => void) {
    const one = {
      id: 'md1-0.8',
      params: { lam: 0.8, ES: 1, ES2: 1, dist: 'deterministic 1' },
      values: { Wq: 2 },
    };
    change(one);
    const [outcome] = await runConformance([{ name: 'queueing.json', text: JSON.stringify({ cases: [one] }) }]);
    return outcome!;
  }

  it('passes with the value of the formula', async () => {
    expect(await changed(() => {})).toMatchObject({ status: 'passed', detail: 'Wq' });
  });

  it('fails with a value that is off by a tenth', async () => {
    const outcome = await changed((one) => (one.values.Wq = 2.2));
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringMatching(/^Wq: got .* expected 2\.2$/) });
  });

  it('fails with a value whose name it does not know', async () => {
    const outcome = await changed((one) => (one.values.Wp = 2));
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining('Wp is no quantity') });
  });

  it('fails with a parameter that it does not know', async () => {
    const outcome = await changed((one) => (one.params.servers = 2));
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining('params.servers') });
  });

  it('fails with moments that are not those of the law', async () => {
    const outcome = await changed((one) => (one.params.ES2 = 1.5));
    expect(outcome).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('params.ES2: got 1, expected 1.5'),
    });
  });

  it('fails with a law or a model that it does not know', async () => {
    expect(await changed((one) => (one.params.dist = 'cauchy'))).toMatchObject({ status: 'failed' });
    expect(await changed((one) => (one.id = 'mx1-0.8'))).toMatchObject({ status: 'failed' });
  });
});
